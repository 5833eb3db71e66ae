import { type HolidayYear, shippedHolidays } from './calendar-holidays.ts';

/** Dates are China dates, `YYYY-MM-DD`. `years` are those whose notice is known. */
export type Holidays = { off: ReadonlySet<string>; work: ReadonlySet<string>; years: ReadonlySet<number> };

type Filling = { off: Set<string>; work: Set<string>; years: Set<number> };

const dayMs = 86_400_000;
/** China has had one fixed offset and no summer time since 1992; the machine's own zone plays no part. */
const chinaMs = 8 * 3_600_000;

/** The China date of an instant: `2026-11-23T16:00:00Z` → `2026-11-24`. */
export function chinaDate(at: Date): string {
  return new Date(at.getTime() + chinaMs).toISOString().slice(0, 10);
}

/** Days since 1970-01-01. Throws RangeError for anything that is not a real date written `YYYY-MM-DD`. */
export function dayNumber(date: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // Date.parse rolls 2026-02-30 over to March in some engines and refuses it in others.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) throw new RangeError(`not a date: ${date}`);
  return ms / dayMs;
}

export function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

export function addDays(date: string, n: number): string {
  return dateOfDay(dayNumber(date) + n);
}

/** 00:00 of a China date as an instant. */
export function startOfDay(date: string): Date {
  return new Date(dayNumber(date) * dayMs - chinaMs);
}

/**
 * 24:00 of a China date (民法典 §203: the last day ends at 24:00), given as its last millisecond, so that whoever shows only
 * the date of a deadline shows the right day.
 */
export function endOfDay(date: string): Date {
  return new Date((dayNumber(date) + 1) * dayMs - chinaMs - 1);
}

function expand(year: number, ranges: string): string[] {
  return ranges
    .split(' ')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [first = '', last = first] = range.split('~');
      const from = dayNumber(`${year}-${first}`);
      const to = dayNumber(`${year}-${last}`);
      if (to < from) throw new RangeError(`range runs backwards: ${year} ${range}`);
      return Array.from({ length: to - from + 1 }, (_, i) => dateOfDay(from + i));
    });
}

/** The shipped years and those added by the administrator. A later entry for a day wins over an earlier one. */
export function holidaysWith(added: readonly HolidayYear[]): Holidays {
  const holidays: Filling = { off: new Set(), work: new Set(), years: new Set() };
  addNotices(holidays, [...shippedHolidays, ...added]);
  return holidays;
}

function addNotices({ off, work, years }: Filling, notices: readonly HolidayYear[]): void {
  for (const notice of notices) {
    years.add(notice.year);
    for (const date of expand(notice.year, notice.off)) {
      off.add(date);
      work.delete(date);
    }
    for (const date of expand(notice.year, notice.work)) {
      work.add(date);
      off.delete(date);
    }
  }
}

const known: Filling = { off: new Set(), work: new Set(), years: new Set() };
addNotices(known, shippedHolidays);

/** What every count goes by that names no other holidays. */
export const knownHolidays: Holidays = known;

/** Once, at the start of a process: the notices that came out after this version. @throws RangeError for what is no date */
export function learnHolidays(added: readonly HolidayYear[]): void {
  holidaysWith(added);
  addNotices(known, added);
}

/** The last day up to which every year's notice is known, for example `2026-12-31`. */
export function coveredUntil(holidays: Holidays = knownHolidays): string {
  let year = Math.min(...holidays.years);
  while (holidays.years.has(year + 1)) year += 1;
  return `${year}-12-31`;
}

export function isCovered(date: string, holidays: Holidays = knownHolidays): boolean {
  return holidays.years.has(Number(date.slice(0, 4)));
}

/** 全国年节及纪念日放假办法 §2 (in force from 2025): the holidays that have a fixed day in the solar calendar. */
export const fixedHolidays: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/**
 * Is this China date a working day? Where the year's notice is unknown (`isCovered` says so) it is Monday to Friday except the
 * holidays fixed by law; the traditional festivals and the exchanged days are missing, so what is counted with it is provisional.
 */
export function isWorkday(date: string, holidays: Holidays = knownHolidays): boolean {
  const weekday = (dayNumber(date) + 4) % 7;
  if (holidays.work.has(date)) return true;
  if (holidays.off.has(date)) return false;
  if (!isCovered(date, holidays) && fixedHolidays.has(date.slice(5))) return false;
  return weekday !== 0 && weekday !== 6;
}

/** The date itself when it is a working day, otherwise the next one that is. */
export function workdayFrom(date: string, holidays: Holidays = knownHolidays): string {
  let day = date;
  while (!isWorkday(day, holidays)) day = addDays(day, 1);
  return day;
}

/** The nth working day after (before, when negative) a date, which itself does not count. */
export function nthWorkday(date: string, n: number, holidays: Holidays = knownHolidays): string {
  if (n === 0) return workdayFrom(date, holidays);
  const step = Math.sign(n);
  let day = date;
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step);
    if (isWorkday(day, holidays)) left -= 1;
  }
  return day;
}
