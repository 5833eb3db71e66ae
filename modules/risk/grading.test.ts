import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlledBy, factorFaults, findTable, grade, worst } from './grading.ts';
import { directMajor, type GradingTable, gradingTables } from './grading-tables.ts';

const table = (version: string): GradingTable => {
  const found = findTable(version);
  if (!found) throw new Error(version);
  return found;
};
const lec = table('lec-2016');
const ls = table('ls-2016');
const mes = table('mes-2016');

describe('LEC', () => {
  it.each([
    [6, 6, 3, 108, 3],
    [6, 6, 7, 252, 2],
    [3, 6, 15, 270, 2],
    [0.1, 0.5, 1, 0.05, 4],
    [3, 3, 7, 63, 4],
    [1, 10, 15, 150, 3],
    // The lower bound belongs to the band: 0.2 × 10 × 100 = 200; 1 × 2 × … = 70 exactly; 320 by 0.8 does not exist, 3 × 3 × 40 = 360.
    [1, 10, 7, 70, 3],
    [0.5, 0.5, 100, 25, 4],
    [3, 3, 40, 360, 1],
  ])('L %d E %d C %d: D %d, level %d', (l, e, c, score, level) => {
    expect(grade(lec, { l, e, c })).toMatchObject({ score, level });
  });
});

describe('LS and MES', () => {
  it.each([
    [5, 5, 'A', 1],
    [5, 4, 'A', 1],
    [4, 4, 'B', 2],
    [3, 5, 'B', 2],
    [3, 4, 'C', 3],
    [3, 3, 'C', 3],
    [2, 4, 'D', 4],
    [1, 3, 'E', 4],
  ])('L %d S %d: %s', (l, s, letter, level) => {
    expect(grade(ls, { l, s })).toMatchObject({ grade: letter, level });
  });

  it.each([
    [3, 6, 10, 180, 1],
    [3, 3, 10, 90, 2],
    [5, 10, 1, 50, 3],
    [1, 10, 4, 40, 4],
  ])('M %d E %d S %d: R %d, level %d', (m, e, s, score, level) => {
    expect(grade(mes, { m, e, s })).toMatchObject({ score, level });
  });
});

describe('every table', () => {
  it('has bands from high to low down to nothing, with levels that never fall', () => {
    for (const { bands, version } of gradingTables) {
      expect(bands.at(-1)?.from, version).toBe(0);
      for (const [i, band] of bands.entries()) {
        const above = bands[i - 1];
        if (above) expect(above.from > band.from && above.level <= band.level, version).toBe(true);
      }
    }
  });

  it('never grades a worse factor better', () => {
    const cases = gradingTables.flatMap((one) => one.factors.map((factor) => ({ one, factor })));
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.infiniteStream(fc.nat()), ({ one, factor }, draws) => {
        const pick = (values: readonly { value: number }[]) => values[(draws.next().value ?? 0) % values.length]?.value ?? 0;
        const base = Object.fromEntries(one.factors.map((each) => [each.key, pick(each.values)]));
        const other = { ...base, [factor.key]: pick(factor.values) };
        const [low, high] = (base[factor.key] ?? 0) <= (other[factor.key] ?? 0) ? [base, other] : [other, base];
        expect(grade(one, high).level).toBeLessThanOrEqual(grade(one, low).level);
      }),
    );
  });

  it('refuses what is not in it, and says what is', () => {
    expect(factorFaults(ls, { l: 6, x: 1 })).toEqual([
      { factor: 'l', given: 6, allowed: [5, 4, 3, 2, 1] },
      { factor: 's', given: null, allowed: [5, 4, 3, 2, 1] },
      { factor: 'x', given: 1, allowed: [] },
    ]);
    expect(() => grade(ls, { l: 6, s: 1 })).toThrow(RangeError);
  });
});

it('is major whatever the score when a direct rule holds', () => {
  for (const rule of Object.keys(directMajor) as (keyof typeof directMajor)[]) {
    expect(grade(lec, { l: 0.1, e: 0.5, c: 1 }, [rule])).toMatchObject({ level: 1, grade: 'A', control: 'company', direct: [rule] });
  }
});

it('takes the worst of what it holds; the levels below carry it out too', () => {
  expect([worst([3, null, 2, 4]), worst([null]), worst([])]).toEqual([2, null, null]);
  expect(controlledBy('department')).toEqual(['department', 'team', 'post']);
});

const vectors = fileURLToPath(new URL('../../../shared/vectors/risk_lec_ls.json', import.meta.url));

describe.skipIf(!existsSync(vectors))('published vectors (skipped where they are absent)', () => {
  type Vector = {
    method: 'LEC' | 'LS';
    L: number;
    E?: number;
    C?: number;
    S?: number;
    expect: { D?: number; R?: number; fourLevelColour?: string; level?: string };
  };
  const names = ['', '重大/红', '较大/橙', '一般/黄', '低/蓝'];
  const read = () => (JSON.parse(readFileSync(vectors, 'utf8')) as { vectors: Vector[] }).vectors;

  it('are all met', () => {
    for (const one of read()) {
      const got = one.method === 'LEC' ? grade(lec, { l: one.L, e: one.E ?? 0, c: one.C ?? 0 }) : grade(ls, { l: one.L, s: one.S ?? 0 });
      expect(got.score).toBe(one.expect.D ?? one.expect.R);
      expect(one.expect.fourLevelColour ?? one.expect.level).toContain(names[got.level]);
    }
  });
});
