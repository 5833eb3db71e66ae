import { addDays, chinaDate, endOfDay } from '../../calendar.ts';

export const groupNames = ['overdue', 'today', 'week', 'later', 'none'] as const;
export type GroupName = (typeof groupNames)[number];

/** Where a deadline belongs: China days, weeks that end on Sunday. */
export function groupOf(due: string | null, now: Date): GroupName {
  if (due === null) return 'none';
  const at = Date.parse(due);
  if (at <= now.getTime()) return 'overdue';
  const today = chinaDate(now);
  if (at <= endOfDay(today).getTime()) return 'today';
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return at <= endOfDay(addDays(today, (7 - weekday) % 7)).getTime() ? 'week' : 'later';
}

/** The rows by group, groups in the order of urgency, rows in the order they came; empty groups are left out. */
export function grouped<R extends { due: string | null }>(rows: readonly R[], now: Date): { name: GroupName; rows: R[] }[] {
  return groupNames
    .map((name) => ({ name, rows: rows.filter((row) => groupOf(row.due, now) === name) }))
    .filter((group) => group.rows.length > 0);
}
