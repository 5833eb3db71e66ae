import { addDays, formatDate, formatDuration, startOfDay } from '../../calendar.ts';
import type { OutputOf } from '../../contract.ts';
import type { stats } from '../../matter-contract.ts';
import { getLang, t } from '../words/words.ts';

export type Stats = OutputOf<typeof stats>;

const hourMs = 3_600_000;
export const hoursText = (hours: number): string => formatDuration(hours * hourMs, getLang());

/** Heights of the charts in px; at most twenty areas are drawn, the table has them all. */
export const areaHeight = (areas: number): number => Math.max(150, 90 + Math.min(20, areas) * 30);
export const trendHeight = 280;

export const percent = (part: number, whole: number): string => `${Math.round((part / whole) * 100)}%`;

/** Nothing came, nothing went, nothing is there. */
export const isEmpty = (data: Stats): boolean => data.found + data.closed + data.open === 0;

/** What the figures say, in sentences a leader can read aloud. `from` and `to` are China dates. */
export function findingOf(data: Stats, from: string, to: string, now: Date): string {
  const range = { from: formatDate(startOfDay(from), now, getLang()), to: formatDate(startOfDay(to), now, getLang()) };
  if (isEmpty(data)) return t('stats.finding_none', range);
  const { found, closed, open, overdue } = data;
  const sentences = [t('stats.finding', { ...range, found, closed, open, overdue })];
  if (data.hoursMedian !== null && data.hoursP90 !== null) {
    sentences.push(t('stats.finding_median', { median: hoursText(data.hoursMedian), p90: hoursText(data.hoursP90) }));
  }
  if (closed > 0) sentences.push(t('stats.finding_on_time', { rate: percent(data.onTime, closed) }));
  sentences.push(overdueWords(data));
  return sentences.join(getLang() === 'zh' ? '' : ' ');
}

function overdueWords(data: Stats): string {
  const worst = [...data.byOrg].sort((a, b) => b.overdue - a.overdue)[0];
  if (data.overdue === 0 || !worst || worst.overdue === 0) return data.overdue === 0 ? t('stats.finding_no_overdue') : '';
  return t('stats.finding_worst', { area: worst.name, n: worst.overdue, share: percent(worst.overdue, data.overdue) });
}

/** Every day of the range, the empty ones too: a line over missing days would show a calm that nobody knows of. */
export function everyDay(data: Stats, from: string, to: string): Stats['byDay'] {
  const known = new Map(data.byDay.map((row) => [row.day, row]));
  const days: Stats['byDay'] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(known.get(day) ?? { day, found: 0, closed: 0 });
  return days;
}

/** Sums of so many days in a row, each under its first day; the last one may be shorter. */
export function bucketed(days: Stats['byDay'], size: number): Stats['byDay'] {
  const buckets: Stats['byDay'] = [];
  for (let i = 0; i < days.length; i += size) {
    const part = days.slice(i, i + size);
    const sum = (name: 'found' | 'closed') => part.reduce((total, row) => total + row[name], 0);
    buckets.push({ day: part[0]?.day ?? '', found: sum('found'), closed: sum('closed') });
  }
  return buckets;
}
