import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DoneCheck, suspects, suspicion } from './pretend.ts';

const check = (n: number, part: Partial<DoneCheck> = {}): DoneCheck => ({
  id: `c${n}`,
  by: 'a',
  at: n * 600_000,
  result: 'normal',
  note: null,
  photos: [],
  place: null,
  ...part,
});
const many = (count: number, part: (n: number) => Partial<DoneCheck>) => Array.from({ length: count }, (_, n) => check(n, part(n)));
const found = (checks: readonly DoneCheck[]) => suspects(checks).map((one) => [one.what, one.checks.length]);

describe('what looks pretended', () => {
  it('many within seconds, by one person; several people at once are none', () => {
    expect(found(many(6, (n) => ({ at: n * 2000 })))).toEqual([['burst', 6]]);
    expect(found(many(6, (n) => ({ at: n * 2000, by: `p${n}` })))).toEqual([]);
    expect(found(many(suspicion.burst - 1, (n) => ({ at: n })))).toEqual([]);
  });

  it('nothing but normal for long; one find ends it', () => {
    expect(found(many(suspicion.streak, () => ({})))).toEqual([['streak', suspicion.streak]]);
    expect(found(many(suspicion.streak, (n) => (n === 100 ? { result: 'hazard' } : {})))).toEqual([]);
  });

  it('a photo used again, words said again', () => {
    expect(suspects([check(1, { photos: ['x'] }), check(2, { photos: ['y'] }), check(3, { photos: ['x', 'x'] })])).toEqual([
      { what: 'reused', checks: ['c1', 'c3'] },
    ]);
    expect(found(many(5, () => ({ note: '设备运行 正常，无异常' })))).toEqual([['copied', 5]]);
    expect(found(many(50, () => ({ note: '正常' })))).toEqual([]);
  });

  it('two places too far apart for the time; the error of two positions is none', () => {
    const spring = { lng: 117.0129, lat: 36.6604 };
    const airport = { lng: 117.2153, lat: 36.857 };
    expect(suspects([check(0, { place: spring }), check(1, { place: airport, at: 60_000 })])).toEqual([
      { what: 'travel', checks: ['c0', 'c1'] },
    ]);
    expect(found([check(0, { place: spring }), check(1, { place: airport, at: 3_600_000 })])).toEqual([]);
    expect(found([check(0, { place: spring, at: 0 }), check(1, { place: { lng: 117.0145, lat: 36.6604 }, at: 1 })])).toEqual([]);
  });

  it('names only checks it was given', () => {
    const one = fc.record({
      by: fc.constantFrom('a', 'b'),
      at: fc.nat(60_000),
      result: fc.constantFrom('normal', 'hazard', 'other'),
      note: fc.constantFrom(null, '一切正常，没有发现问题', '好'),
      photos: fc.subarray(['x', 'y']),
      place: fc.constantFrom(null, { lng: 117, lat: 36 }, { lng: 118, lat: 37 }),
    }) satisfies fc.Arbitrary<Omit<DoneCheck, 'id'>>;
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (some) => {
        const checks = some.map((each, i) => ({ ...each, id: `c${i}` })).sort((a, b) => a.at - b.at);
        for (const suspect of suspects(checks)) {
          expect(suspect.checks.length).toBeGreaterThan(1);
          expect(suspect.checks.every((id) => checks.some((each) => each.id === id))).toBe(true);
        }
      }),
    );
  });
});
