import { addDays, chinaDate, startOfDay } from '#kernel/calendar.ts';
import { dayNumber } from '#kernel/calendar-days.ts';
import type { ShiftLine } from '../schema.ts';

/** Two weeks: what a desk plans ahead and what fits a sheet on the wall. */
export const shownDays = 14;

/** Days are China dates, `YYYY-MM-DD`. */
export const mondayOf = (day: string): string => addDays(day, -((dayNumber(day) + 3) % 7));

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => (dayNumber(day) + 4) % 7;

export const daysFrom = (first: string, n: number): string[] => Array.from({ length: n }, (_, i) => addDays(first, i));

type Span = Pick<ShiftLine, 'startsAt' | 'endsAt'>;

export const dayOf = ({ startsAt }: Pick<ShiftLine, 'startsAt'>): string => chinaDate(new Date(startsAt));

/** `08:00` of a China clock. */
function clockOf(at: Date): string {
  const minutes = Math.floor((at.getTime() - startOfDay(chinaDate(at)).getTime()) / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** When a shift begins and ends, and how many days later it ends. Midnight is the 24:00 of the day that ends. */
export function hoursOf({ startsAt, endsAt }: Span): { from: string; to: string; later: number } {
  const start = new Date(startsAt);
  const end = new Date(endsAt);
  const to = clockOf(end);
  const later = dayNumber(chinaDate(end)) - dayNumber(chinaDate(start));
  return to === '00:00' && later > 0 ? { from: clockOf(start), to: '24:00', later: later - 1 } : { from: clockOf(start), to, later };
}

const hourMs = 3_600_000;
const between = (now: Date, from: string, to: string, early = 0, late = 0): boolean =>
  now.getTime() >= new Date(from).getTime() - early && now.getTime() < new Date(to).getTime() + late;

export const isOn = (shift: Span, now: Date): boolean => between(now, shift.startsAt, shift.endsAt);

type Own = Span & Pick<ShiftLine, 'takenAt'>;

/** What the holder of a shift may do with it at this moment; the server decides by the same hours. */
export function movesOf(shift: Own, now: Date): { take: boolean; hand: boolean; swap: boolean } {
  return {
    take: shift.takenAt === null && between(now, shift.startsAt, shift.endsAt, hourMs),
    hand: between(now, shift.startsAt, shift.endsAt, 0, 24 * hourMs),
    swap: now.getTime() < new Date(shift.startsAt).getTime(),
  };
}

type Planned = { startsAt: string; endsAt: string; person: string; role: ShiftLine['role'] };

const moved = (at: string, days: number): string => new Date(new Date(at).getTime() + days * 24 * hourMs).toISOString();

/** The shifts as a plan states them, `days` later; those that would already have begun are left out. */
export function planOf(shifts: readonly ShiftLine[], now: Date, days = 0): Planned[] {
  return shifts
    .map(({ startsAt, endsAt, person, role }) => ({ startsAt: moved(startsAt, days), endsAt: moved(endsAt, days), person, role }))
    .filter((shift) => new Date(shift.startsAt) > now);
}
