import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/calendar.ts';
import { dateOfDay } from '#kernel/calendar-days.ts';
import { hoursOf, mondayOf, movesOf, planOf, weekdayOf } from './rota-days.ts';

const shift = { startsAt: '2026-11-23T12:00:00Z', endsAt: '2026-11-24T00:00:00Z', takenAt: null };

test('a week begins on Monday and holds its day', () => {
  expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  fc.assert(
    fc.property(fc.integer({ min: 18_000, max: 30_000 }).map(dateOfDay), (day) => {
      const monday = mondayOf(day);
      expect(weekdayOf(monday)).toBe(1);
      expect(monday <= day && day < addDays(monday, 7)).toBe(true);
    }),
  );
});

test('hours are hours in China, whatever the device says', () => {
  expect(hoursOf(shift)).toEqual({ from: '20:00', to: '08:00', later: 1 });
  expect(hoursOf({ startsAt: '2026-11-23T00:00:00Z', endsAt: '2026-11-23T12:00:00Z' })).toEqual({ from: '08:00', to: '20:00', later: 0 });
  expect(hoursOf({ startsAt: '2026-11-23T08:00:00Z', endsAt: '2026-11-23T16:00:00Z' })).toEqual({ from: '16:00', to: '24:00', later: 0 });
});

test('a shift is taken over from an hour before, handed over until a day after, exchanged only before', () => {
  const at = (time: string) => movesOf(shift, new Date(time));
  expect(at('2026-11-23T10:59:59Z')).toEqual({ take: false, hand: false, swap: true });
  expect(at('2026-11-23T11:00:00Z')).toEqual({ take: true, hand: false, swap: true });
  expect(at('2026-11-23T12:00:00Z')).toEqual({ take: true, hand: true, swap: false });
  expect(at('2026-11-24T00:00:00Z')).toEqual({ take: false, hand: true, swap: false });
  expect(at('2026-11-25T00:00:00Z')).toEqual({ take: false, hand: false, swap: false });
  expect(movesOf({ ...shift, takenAt: shift.startsAt }, new Date('2026-11-23T13:00:00Z')).take).toBe(false);
});

test('last week stands again a week later, without what has begun', () => {
  const line = {
    ...shift,
    id: '0190b000-0000-7000-8000-0000000000aa',
    desk: 2,
    person: '0190b000-0000-7000-8000-000000000015',
    name: '宁守夜',
    title: '',
    role: 'main' as const,
    handover: null,
    handoverAt: null,
    takenWithout: null,
    mine: true,
  };
  const next = planOf([line], new Date('2026-11-30T11:59:00Z'), 7);
  expect(next).toEqual([{ startsAt: '2026-11-30T12:00:00.000Z', endsAt: '2026-12-01T00:00:00.000Z', person: line.person, role: 'main' }]);
  expect(planOf([line], new Date('2026-11-30T12:00:00Z'), 7)).toEqual([]);
});
