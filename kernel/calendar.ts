import {
  chinaDate,
  dateOfDay,
  dayNumber,
  endOfDay,
  type Holidays,
  isCovered,
  knownHolidays,
  nthWorkday,
  startOfDay,
  workdayFrom,
} from './calendar-days.ts';

export {
  addDays,
  chinaDate,
  coveredUntil,
  endOfDay,
  fixedHolidays,
  type Holidays,
  holidaysWith,
  isCovered,
  isWorkday,
  knownHolidays,
  learnHolidays,
  startOfDay,
} from './calendar-days.ts';
export type { HolidayYear } from './calendar-holidays.ts';
export { formatDate, formatDeadline, formatDuration, formatInstant } from './calendar-words.ts';

/**
 * How a law or a rule sets a deadline.
 * - `minutes`, `hours`: from the very moment, around the clock (民法典 §201 II).
 * - `days`: calendar days; the first day does not count (民法典 §201 I).
 * - `workdays`: working days, statutory holidays left out (行政处罚法 §85).
 * - `months`: to the same day of the month n months on, or its last day (民法典 §202); with `day`, to that day of that month
 *   (`{ months: 1, day: 15 }`: the 15th of next month).
 * Days, working days and months end at 24:00. A last day that is no working day moves to the next one (民法典 §203), unless
 * `roll` is false: clocks of an emergency do not wait for Monday.
 */
export type DeadlineRule =
  | { minutes: number }
  | { hours: number }
  | { days: number; roll?: boolean }
  | { workdays: number }
  | { months: number; day?: number; roll?: boolean };

/** `covered` is false when the count ran into a year whose holiday notice is not known yet: show it, and compute again later. */
export type Deadline = { due: Date; covered: boolean };

/** 行政处罚法 §85: two, three, five and seven days in that act mean working days; every other number means calendar days. */
export function penaltyActDays(n: number): DeadlineRule {
  return [2, 3, 5, 7].includes(n) ? { workdays: n } : { days: n };
}

export function addHours(at: Date, n: number): Date {
  return new Date(at.getTime() + amount(n) * 3_600_000);
}

/**
 * The nth working day after an instant (before it when n is negative; 0 is the day itself or the next working day): its end at
 * 24:00 China time, or with `keepTime` the same time of day.
 */
export function addWorkdays(at: Date, n: number, opts: { holidays?: Holidays; keepTime?: boolean } = {}): Date {
  if (!Number.isInteger(n)) throw new RangeError(`not a number of days: ${n}`);
  const date = chinaDate(at);
  const last = nthWorkday(date, n, opts.holidays);
  if (opts.keepTime !== true) return endOfDay(last);
  return new Date(startOfDay(last).getTime() + at.getTime() - startOfDay(date).getTime());
}

/** The last moment by which something set at `from` must be done. Throws RangeError for a negative or fractional number of days. */
export function deadlineFrom(rule: DeadlineRule, from: Date, holidays: Holidays = knownHolidays): Date {
  return deadline(rule, from, holidays).due;
}

export function deadline(rule: DeadlineRule, from: Date, holidays: Holidays = knownHolidays): Deadline {
  if ('minutes' in rule) return { due: new Date(from.getTime() + amount(rule.minutes) * 60_000), covered: true };
  if ('hours' in rule) return { due: addHours(from, rule.hours), covered: true };
  const first = chinaDate(from);
  if ('workdays' in rule) return ending(nthWorkday(first, whole(rule.workdays), holidays), holidays);
  const last = 'days' in rule ? dateOfDay(dayNumber(first) + whole(rule.days)) : monthsOn(first, whole(rule.months), rule.day);
  if (rule.roll === false) return { due: endOfDay(last), covered: true };
  return ending(workdayFrom(last, holidays), holidays);
}

function ending(last: string, holidays: Holidays): Deadline {
  return { due: endOfDay(last), covered: isCovered(last, holidays) };
}

function monthsOn(date: string, n: number, day: number = Number(date.slice(8))): string {
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new RangeError(`not a day of the month: ${day}`);
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1 + n;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, length))).toISOString().slice(0, 10);
}

function amount(n: number): number {
  if (!Number.isFinite(n)) throw new RangeError(`not an amount of time: ${n}`);
  return n;
}

function whole(n: number): number {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of days: ${n}`);
  return n;
}
