import { addDays, chinaDate, type Holidays, isWorkday, knownHolidays, startOfDay } from '#kernel/calendar.ts';

/** checkCycleUnit of the national exchange model (T_YHPCRW): 小时, 天, 月, 年. */
export type CycleUnit = 'hour' | 'day' | 'month' | 'year';
/** workDayType: 0 每天, 1 法定工作日, 2 非法定工作日. */
export type CycleDays = 'every' | 'work' | 'rest';

export type Cycle = {
  every: number;
  unit: CycleUnit;
  days: CycleDays;
  /** The first day, China date. */
  from: string;
  /** Of cycles in hours: working time `HH:MM`, the end not before the start. */
  workFrom?: string | undefined;
  workTo?: string | undefined;
};

/** One round of checking: to be done from `opens` on, and before `closes`. */
export type Round = { opens: Date; closes: Date };

/**
 * The rounds that open in [since, until). Rounds never overlap; a round lasts until the next one opens, in hours at most until
 * the end of the working time. Months and years keep the day of the month, or take the month's last.
 * A cycle of n days counts only the days it applies to: every second working day is Monday, Wednesday, Friday, Tuesday …
 */
export function rounds(cycle: Cycle, since: Date, until: Date, holidays: Holidays = knownHolidays): Round[] {
  const found = cycle.unit === 'hour' ? hourly(cycle, since, until, holidays) : daily(cycle, since, until, holidays);
  return found.filter((round) => round.opens >= since && round.opens < until);
}

function applies(date: string, days: CycleDays, holidays: Holidays): boolean {
  return days === 'every' || (days === 'work') === isWorkday(date, holidays);
}

const hourMs = 3_600_000;
const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

function hourly(cycle: Cycle, since: Date, until: Date, holidays: Holidays): Round[] {
  const start = minutesOf(cycle.workFrom ?? '00:00');
  const end = minutesOf(cycle.workTo ?? '24:00');
  const found: Round[] = [];
  for (let date = later(cycle.from, chinaDate(since)); startOfDay(date) < until; date = addDays(date, 1)) {
    if (!applies(date, cycle.days, holidays)) continue;
    const midnight = startOfDay(date).getTime();
    const last = midnight + end * 60_000;
    for (let at = midnight + start * 60_000; at < last; at += cycle.every * hourMs) {
      found.push({ opens: new Date(at), closes: new Date(Math.min(at + cycle.every * hourMs, last)) });
    }
  }
  return found;
}

function daily(cycle: Cycle, since: Date, until: Date, holidays: Holidays): Round[] {
  const found: Round[] = [];
  let opens = firstDay(cycle, 0, holidays);
  for (let n = 1; startOfDay(opens) < until; n++) {
    const next = nextDay(cycle, opens, n, holidays);
    if (startOfDay(next) > since) found.push({ opens: startOfDay(opens), closes: startOfDay(next) });
    opens = next;
  }
  return found;
}

/** The nth opening of a cycle in months or years, moved on to a day it applies to. */
function firstDay(cycle: Cycle, n: number, holidays: Holidays): string {
  let day = cycle.unit === 'day' ? cycle.from : addMonths(cycle.from, n * cycle.every * (cycle.unit === 'year' ? 12 : 1));
  while (!applies(day, cycle.days, holidays)) day = addDays(day, 1);
  return day;
}

function nextDay(cycle: Cycle, day: string, n: number, holidays: Holidays): string {
  if (cycle.unit !== 'day') return firstDay(cycle, n, holidays);
  let next = day;
  for (let left = cycle.every; left > 0; ) {
    next = addDays(next, 1);
    if (applies(next, cycle.days, holidays)) left -= 1;
  }
  return next;
}

function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const total = year * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(total / 12), (total % 12) + 1];
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
  return `${y}-${String(m).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`;
}

const later = (a: string, b: string) => (a > b ? a : b);
