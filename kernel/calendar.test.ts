import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addHours,
  addWorkdays,
  chinaDate,
  coveredUntil,
  deadline,
  deadlineFrom,
  endOfDay,
  formatDate,
  formatDeadline,
  formatDuration,
  formatInstant,
  holidaysWith,
  isCovered,
  isWorkday,
  penaltyActDays,
  startOfDay,
} from './calendar.ts';

const at = (local: string): Date => new Date(`${local}+08:00`);
const due = (rule: Parameters<typeof deadlineFrom>[0], from: string): string => chinaDate(deadlineFrom(rule, at(from)));

describe('working days', () => {
  test.each([
    ['2026-02-14', true, 'Saturday worked before the Spring Festival'],
    ['2026-02-16', false, 'Spring Festival, a Monday'],
    ['2026-02-23', false, 'last day of the festival'],
    ['2026-02-24', true, 'first day after'],
    ['2026-10-10', true, 'Saturday worked for the National Day'],
    ['2026-10-11', false, 'an ordinary Sunday'],
    ['2026-11-23', true, 'an ordinary Monday'],
    ['2022-12-31', false, 'New Year leave that begins in the old year'],
  ])('%s: %s (%s)', (date, expected) => {
    expect(isWorkday(date)).toBe(expected);
  });

  test('a shipped year has about 250 working days', () => {
    for (let year = 2010; year <= 2026; year++) {
      let n = 0;
      for (let day = startOfDay(`${year}-01-01`).getTime(); chinaDate(new Date(day)).startsWith(`${year}`); day += 86_400_000)
        n += isWorkday(chinaDate(new Date(day))) ? 1 : 0;
      expect(n).toBeGreaterThanOrEqual(246);
      expect(n).toBeLessThanOrEqual(252);
    }
  });

  test('beyond the known notices: weekdays less the holidays fixed by law, and it says so', () => {
    expect(coveredUntil()).toBe('2026-12-31');
    expect(isCovered('2027-02-08')).toBe(false);
    expect(isWorkday('2027-10-01')).toBe(false);
    expect(isWorkday('2027-02-08')).toBe(true);
    expect(deadline({ workdays: 30 }, at('2026-12-20T09:00')).covered).toBe(false);
    expect(deadline({ workdays: 3 }, at('2026-12-20T09:00')).covered).toBe(true);
    expect(deadline({ hours: 24 }, at('2027-12-20T09:00')).covered).toBe(true);
  });

  test('a year added by data counts, and its parts add up', () => {
    const more = holidaysWith([
      { year: 2027, off: '02-05~02-11', work: '' },
      { year: 2027, off: '', work: '02-13' },
    ]);
    expect(coveredUntil(more)).toBe('2027-12-31');
    expect(isWorkday('2027-02-08', more)).toBe(false);
    expect(isWorkday('2027-02-13', more)).toBe(true);
    expect(chinaDate(addWorkdays(at('2027-02-04T10:00'), 1, { holidays: more }))).toBe('2027-02-12');
    expect(() => holidaysWith([{ year: 2027, off: '02-30', work: '' }])).toThrow(RangeError);
    expect(() => holidaysWith([{ year: 2027, off: '02-11~02-05', work: '' }])).toThrow(RangeError);
  });
});

describe('deadlines', () => {
  test('working days leave out the holiday and end at 24:00', () => {
    // 行政处罚法 §64(1): a hearing is asked for within five days of the notice, which §85 makes working days.
    // 30 September, 8, 9 and 10 (a worked Saturday) and 12 October.
    expect(due(penaltyActDays(5), '2026-09-29T10:00')).toBe('2026-10-12');
    expect(deadlineFrom({ workdays: 1 }, at('2026-11-20T09:00')).toISOString()).toBe('2026-11-23T15:59:59.999Z');
    expect(penaltyActDays(15)).toEqual({ days: 15 });
  });
  test('calendar days: the first does not count, a last day off moves on', () => {
    expect(due({ days: 3 }, '2026-11-23T23:59')).toBe('2026-11-26');
    expect(due({ days: 7 }, '2026-09-26T08:00')).toBe('2026-10-08');
    expect(due({ days: 7, roll: false }, '2026-09-26T08:00')).toBe('2026-10-03');
    expect(due({ days: 0 }, '2026-11-23T08:00')).toBe('2026-11-23');
  });
  test('a last day on an exchanged working Saturday does not move', () => {
    expect(due({ days: 10 }, '2026-09-30T08:00')).toBe('2026-10-10');
  });
  test('months end on the same day of the month, or on its last', () => {
    expect(due({ months: 3 }, '2026-01-31T08:00')).toBe('2026-04-30');
    expect(due({ months: 1, roll: false }, '2026-01-31T08:00')).toBe('2026-02-28');
    expect(due({ months: 1 }, '2026-01-31T08:00')).toBe('2026-02-28');
    expect(due({ months: 13, roll: false }, '2027-01-29T08:00')).toBe('2028-02-29');
    expect(due({ months: 1, day: 15 }, '2026-09-30T08:00')).toBe('2026-10-15');
    expect(due({ months: 4, day: 31, roll: false }, '2026-10-30T08:00')).toBe('2027-02-28');
  });
  test('hours and minutes run from the moment, through nights and holidays', () => {
    expect(deadlineFrom({ hours: 2 }, at('2026-10-01T23:30')).getTime()).toBe(at('2026-10-02T01:30').getTime());
    expect(deadlineFrom({ minutes: 30 }, at('2026-10-01T23:45')).getTime()).toBe(at('2026-10-02T00:15').getTime());
    expect(addHours(at('2026-10-01T12:00'), 24).getTime()).toBe(at('2026-10-02T12:00').getTime());
  });
  test('the day is the China day, not that of UTC', () => {
    expect(due({ days: 1, roll: false }, '2026-11-24T00:30')).toBe('2026-11-25');
  });
  test('working days back, and with the time of day kept', () => {
    // 10, 9, 8 October, 30, 29, 28 and 24 September: both holidays are skipped.
    expect(chinaDate(addWorkdays(at('2026-10-12T09:00'), -7))).toBe('2026-09-24');
    expect(addWorkdays(at('2026-11-20T09:30'), 2, { keepTime: true }).getTime()).toBe(at('2026-11-24T09:30').getTime());
    expect(chinaDate(addWorkdays(at('2026-11-21T09:30'), 0))).toBe('2026-11-23');
  });
  test('nonsense is refused', () => {
    for (const rule of [{ days: -1 }, { workdays: 1.5 }, { hours: Number.NaN }, { months: 1, day: 0 }]) {
      expect(() => deadlineFrom(rule, at('2026-11-23T08:00'))).toThrow(RangeError);
    }
  });

  const instants = fc.integer({ min: Date.UTC(2004, 0, 1), max: Date.UTC(2026, 5, 1) }).map((ms) => new Date(ms));

  test('n working days: exactly n of them lie between, the last included; more days never end earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const end = deadlineFrom({ workdays: n }, from);
        let counted = 0;
        for (let ms = endOfDay(chinaDate(from)).getTime() + 1; ms <= end.getTime(); ms += 86_400_000)
          counted += isWorkday(chinaDate(new Date(ms))) ? 1 : 0;
        expect(counted).toBe(n);
        expect(isWorkday(chinaDate(end))).toBe(true);
        expect(deadlineFrom({ workdays: n + 1 }, from).getTime()).toBeGreaterThan(end.getTime());
      }),
    );
  });

  test('calendar days end on a working day, never before the n days are over', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 90 }), (from, n) => {
        const end = deadlineFrom({ days: n }, from);
        expect(isWorkday(chinaDate(end))).toBe(true);
        expect(end.getTime()).toBeGreaterThanOrEqual(from.getTime() + n * 86_400_000);
      }),
    );
  });
});

describe('words', () => {
  const now = at('2026-11-23T16:05');
  test.each([
    ['2026-11-23T19:25', '剩 3 小时 20 分', '3 h 20 min left'],
    ['2026-11-23T16:05:30', '剩不足 1 分钟', 'under a minute left'],
    ['2026-11-23T16:45', '剩 40 分钟', '40 min left'],
    ['2026-11-25T21:10', '剩 2 天 5 小时', '2 days 5 h left'],
    ['2026-12-05T16:05', '剩 12 天', '12 days left'],
    ['2026-11-23T16:04:50', '已超期', 'just overdue'],
    ['2026-11-23T13:00', '已超期 3 小时', 'overdue by 3 hours'],
    ['2026-11-22T12:00', '已超期 1 天', 'overdue by 1 day'],
  ])('deadline %s', (when, zh, en) => {
    expect(formatDeadline(at(when), now, 'zh')).toBe(zh);
    expect(formatDeadline(at(when), now, 'en')).toBe(en);
  });
  test.each([
    ['2026-11-23T14:05', '11月23日 14:05（2 小时前）', '23 Nov 14:05 (2 hours ago)'],
    ['2026-11-23T16:04:40', '11月23日 16:04（刚刚）', '23 Nov 16:04 (just now)'],
    ['2025-03-01T00:30', '2025年3月1日 00:30（20 个月前）', '1 Mar 2025 00:30 (20 months ago)'],
    ['2026-11-26T16:05', '11月26日 16:05（3 天后）', '26 Nov 16:05 (in 3 days)'],
    ['2021-01-02T08:00', '2021年1月2日 08:00（5 年前）', '2 Jan 2021 08:00 (5 years ago)'],
  ])('instant %s', (when, zh, en) => {
    expect(formatInstant(at(when), now, 'zh')).toBe(zh);
    expect(formatInstant(at(when), now, 'en')).toBe(en);
  });
  test('a deadline at 24:00 shows the day it belongs to', () => {
    expect(formatDate(deadlineFrom({ days: 3 }, now), now, 'zh')).toBe('11月26日');
  });
  test('a length of time never rounds up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (ms) => {
        expect(formatDuration(ms, 'zh')).not.toMatch(/ 0 |^0|60 分|24 小时/);
      }),
    );
    expect(formatDuration(59_999, 'zh')).toBe('不足 1 分钟');
    expect(formatDuration(3_600_000, 'en')).toBe('1 hour');
  });
});
