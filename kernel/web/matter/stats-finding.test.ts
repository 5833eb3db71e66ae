import { describe, expect, it } from 'vitest';
import { bucketed, everyDay, findingOf, type Stats } from './stats-finding.ts';

const now = new Date('2026-11-23T14:00:00+08:00');
const none: Stats = {
  found: 0,
  closed: 0,
  onTime: 0,
  open: 0,
  overdue: 0,
  hoursMedian: null,
  hoursP90: null,
  byState: [],
  byOrg: [],
  byDay: [],
  byLine: [],
  byFacet: [],
};

describe('findingOf', () => {
  it('says so when there is nothing', () => {
    expect(findingOf(none, '2026-10-24', '2026-11-23', now)).toBe('10月24日至11月23日没有上报、办结的记录，目前也没有在办事项。');
  });

  it('says totals, times, the rate and where most is overdue', () => {
    const byOrg = [
      { org: 1, name: '泉城路街道', own: false, found: 9, closed: 4, onTime: 3, open: 5, overdue: 3 },
      { org: 2, name: '大明湖街道', own: false, found: 11, closed: 6, onTime: 6, open: 5, overdue: 1 },
    ];
    const data = { ...none, found: 20, open: 10, overdue: 4, closed: 10, onTime: 9, hoursMedian: 30, hoursP90: 200, byOrg };
    expect(findingOf(data, '2025-12-01', '2026-11-23', now)).toBe(
      '2025年12月1日至11月23日共上报 20 项，办结 10 项；目前在办 10 项，其中超期 4 项。办结用时中位数 1 天 6 小时，九成在 8 天内办结。按期办结率 90%。超期最多的是泉城路街道（3 项，占全部超期的 75%）。',
    );
  });

  it('does not name a worst area when nothing is overdue', () => {
    expect(findingOf({ ...none, found: 1, open: 1 }, '2026-11-01', '2026-11-23', now)).toMatch(/目前没有超期。$/);
  });
});

describe('everyDay', () => {
  it('fills the days on which nothing happened, over the end of a month', () => {
    const data = { ...none, byDay: [{ day: '2026-11-30', found: 2, closed: 1 }] };
    expect(everyDay(data, '2026-11-29', '2026-12-01')).toEqual([
      { day: '2026-11-29', found: 0, closed: 0 },
      { day: '2026-11-30', found: 2, closed: 1 },
      { day: '2026-12-01', found: 0, closed: 0 },
    ]);
  });
});

describe('bucketed', () => {
  it('sums by week and keeps the shorter rest', () => {
    const days = Array.from({ length: 9 }, (_, i) => ({ day: `2026-11-0${i + 1}`, found: i, closed: 1 }));
    expect(bucketed(days, 7)).toEqual([
      { day: '2026-11-01', found: 21, closed: 7 },
      { day: '2026-11-08', found: 15, closed: 2 },
    ]);
  });
});
