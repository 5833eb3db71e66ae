import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSubstance, heldFaults, identify } from './major-hazard.ts';
import { categories, substances, toxicBeta } from './major-hazard-tables.ts';

describe('identification', () => {
  it('shows every step', () => {
    expect(identify([{ name: '液氯', cas: '7782-50-5', amount: 40 }], 100)).toEqual({
      standard: 'GB 18218-2018',
      steps: [{ name: '液氯', amount: 40, limit: 5, limitFrom: 'table1', beta: 4, betaFrom: 'table3', share: 8, weighted: 32 }],
      sum: 8,
      major: true,
      people: 100,
      alpha: 2,
      r: 64,
      grade: 2,
    });
  });

  it.each([
    ['LPG, nobody near', [{ name: '液化石油气', amount: 500, categories: ['W2'] }], 0, 10, 7.5, 4],
    ['R of exactly 10 is third grade', [{ name: '甲醇', amount: 5000, categories: ['W5.3'] }], 1, 10, 10, 3],
    ['R of exactly 100 is first grade', [{ name: '甲醇', amount: 50000, categories: ['W5.3'] }], 1, 100, 100, 1],
    ['R of exactly 50 is second grade', [{ name: '甲醇', amount: 25000, categories: ['W5.3'] }], 1, 50, 50, 2],
    [
      'two halves are one',
      [
        { name: '氨', amount: 5 },
        { name: '汽油', amount: 100, categories: ['W5.3'] },
      ],
      29,
      1,
      1.5,
      4,
    ],
    [
      'a third, a third, a third',
      [
        { name: '氯酸钾', amount: 100 / 3 },
        { name: '氯酸钠', amount: 100 / 3 },
        { name: '碳化钙', amount: 100 / 3 },
      ],
      1,
      1,
      1,
      4,
    ],
    ['unnamed, two dangers: smaller amount, larger factor', [{ name: '某中间体', amount: 20, categories: ['W5.1', 'J2'] }], 1, 2, 3, 4],
  ])('%s', (_, held, people, sum, r, grade) => {
    expect(identify(held, people)).toMatchObject({ sum, major: true, r, grade });
  });

  it('just below is none, and has no grade', () => {
    expect(identify([{ name: '氨', amount: 9.99 }], 500)).toMatchObject({ sum: 0.999, major: false, r: null, grade: null });
  });

  it.each([
    [0, 0.5],
    [1, 1],
    [29, 1],
    [30, 1.2],
    [49, 1.2],
    [50, 1.5],
    [99, 1.5],
    [100, 2],
  ])('%d people: α %d', (people, alpha) => {
    expect(identify([{ name: '氢', amount: 5 }], people).alpha).toBe(alpha);
  });

  it('never falls when more is held or more people live near', () => {
    const held = fc.record({
      name: fc.constantFrom(...substances.map((one) => one.name)),
      amount: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      categories: fc.subarray(categories.map((one) => one.symbol)),
    });
    fc.assert(
      fc.property(fc.array(held, { minLength: 1, maxLength: 8 }), held, fc.nat(300), fc.nat(300), (some, more, people, added) => {
        const [less, all] = [identify(some, people), identify([...some, more], people + added)];
        expect(all.sum).toBeGreaterThanOrEqual(less.sum);
        expect(all.grade ?? 5).toBeLessThanOrEqual(less.grade ?? 5);
      }),
    );
  });
});

describe('substances', () => {
  it.each([
    ['氨', 10],
    ['氯', 5],
    ['光气', 0.3],
    ['环氧氯丙烷', 20],
    ['汽油', 200],
    ['天然气', 50],
    ['甲烷', 50],
    ['液化石油气', 50],
    ['硝酸铵肥料', 200],
  ])('%s', (name, limit) => expect(findSubstance({ name })?.limit).toBe(limit));

  it('one name for several decides nothing; the content does', () => {
    expect(findSubstance({ name: '硝酸铵', cas: '6484-52-2' })).toBeUndefined();
    expect(findSubstance({ name: '硝酸铵（含可燃物≤0.2%）', cas: '6484-52-2' })?.limit).toBe(50);
  });

  it('toxic gases have the factor of table 3 by a CAS number that table 1 knows', () => {
    const unknown = Object.keys(toxicBeta).filter((cas) => !substances.some((one) => one.cas === cas));
    // Carbon monoxide is in table 1 only as a part of 煤气.
    expect(unknown).toEqual(['630-08-0']);
    expect(Object.keys(toxicBeta)).toHaveLength(14);
  });

  it('refuses what cannot be computed, each place named', () => {
    const held = [
      { name: '氨', amount: 0 },
      { name: '某物', amount: 1 },
      { name: '某物', amount: 1, categories: ['W99'] },
    ];
    expect(heldFaults(held)).toEqual([
      { index: 0, name: '氨', what: 'amount' },
      { index: 1, name: '某物', what: 'unknown' },
      { index: 2, name: '某物', what: 'category' },
    ]);
    expect(() => identify(held, 1)).toThrow(RangeError);
    expect(() => identify([{ name: '氨', amount: 1 }], 1.5)).toThrow(RangeError);
  });
});

const vectors = fileURLToPath(new URL('../../../shared/vectors/gb18218.json', import.meta.url));

describe.skipIf(!existsSync(vectors))('published tables and vectors (skipped where they are absent)', () => {
  type Item = { n: string; q: number; Q: number; b: number };
  type Vector = {
    exposedPopulation500m: number;
    items: Item[];
    expect: { S: number; isMajorHazard: boolean; alpha: number; R: number; grade: number };
  };
  type Published = { table1: { name: string; Qt: number }[]; table2: { symbol: string; Qt: number; beta: number }[]; vectors: Vector[] };
  const read = () => JSON.parse(readFileSync(vectors, 'utf8')) as Published;

  it('the tables are the published ones', () => {
    expect(substances.map((one) => [one.name, one.limit])).toEqual(read().table1.map((one) => [one.name, one.Qt]));
    expect(categories.map((one) => [one.symbol, one.limit, one.beta])).toEqual(read().table2.map((one) => [one.symbol, one.Qt, one.beta]));
  });

  it('every vector whose substances are real is met', () => {
    const known = read().vectors.filter((one) => one.items.every((item) => findSubstance({ name: item.n })));
    expect(known.length).toBeGreaterThan(3);
    for (const one of known) {
      // β of a vector that is not of table 3 stands for a category with that β.
      const held = one.items.map((item) => {
        const symbol = categories.find((each) => each.beta === item.b)?.symbol;
        return { name: item.n, amount: item.q, ...(symbol ? { categories: [symbol] } : {}) };
      });
      const got = identify(held, one.exposedPopulation500m);
      expect([got.sum, got.major, got.alpha, got.r, got.grade]).toEqual([
        one.expect.S,
        one.expect.isMajorHazard,
        one.expect.alpha,
        one.expect.R,
        one.expect.grade,
      ]);
    }
  });
});
