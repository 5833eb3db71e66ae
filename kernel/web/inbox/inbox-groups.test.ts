import { describe, expect, it } from 'vitest';
import { grouped, groupOf } from './inbox-groups.ts';

// Monday 23 November 2026, 14:00 in China.
const now = new Date('2026-11-23T14:00:00+08:00');

describe('groupOf', () => {
  it.each([
    ['2026-11-23T13:59:59+08:00', 'overdue'],
    ['2026-11-23T14:00:00+08:00', 'overdue'],
    ['2026-11-23T23:59:59+08:00', 'today'],
    ['2026-11-24T00:00:00+08:00', 'week'],
    ['2026-11-29T23:59:59+08:00', 'week'],
    ['2026-11-30T00:00:00+08:00', 'later'],
    [null, 'none'],
  ])('%s is %s', (due, group) => expect(groupOf(due, now)).toBe(group));

  it('counts days as China does, wherever the device is', () => {
    // Shortly before midnight in China it is still the afternoon in Europe.
    expect(groupOf('2026-11-23T16:30:00Z', new Date('2026-11-23T15:50:00Z'))).toBe('week');
  });

  it('knows no rest of the week on a Sunday', () => {
    expect(groupOf('2026-11-30T08:00:00+08:00', new Date('2026-11-29T08:00:00+08:00'))).toBe('later');
  });
});

describe('grouped', () => {
  it('keeps the order of the rows and leaves empty groups out', () => {
    const rows = ['2026-12-09', '2026-11-20', '2026-11-21'].map((due) => ({ due: `${due}T00:00:00Z` }));
    expect(grouped(rows, now).map((group) => [group.name, group.rows.map((row) => row.due.slice(8, 10))])).toEqual([
      ['overdue', ['20', '21']],
      ['later', ['09']],
    ]);
  });
});
