import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubleArea, type GridPoint, type Loop, onSide, repairRing, sidesOf, withoutStraightCorners } from './rings.ts';

const corners = (parts: Loop[][]) => parts.map((part) => part.map((loop) => loop.length));
const area = (parts: Loop[][]) =>
  parts.reduce((sum, part) => sum + part.reduce((own, loop, i) => own + (i === 0 ? 1 : -1) * Math.abs(doubleArea(loop)), 0), 0) / 2;

const square: GridPoint[] = [
  [0, 0],
  [8, 0],
  [8, 8],
  [0, 8],
];

describe('repair', () => {
  test('a sound ring stays as it is, closed or open, whatever its repetitions', () => {
    expect(repairRing(square)).toEqual([[square]]);
    expect(repairRing([...square.flatMap((p) => [p, p]), [0, 0]])).toEqual([[square]]);
  });
  test('a spike falls away', () => {
    const spiked: GridPoint[] = [
      [0, 0],
      [8, 0],
      [12, 0],
      [8, 0],
      [8, 8],
      [4, 8],
      [4, 11],
      [4, 8],
      [0, 8],
    ];
    const [part] = repairRing(spiked);
    expect(area([part ?? []])).toBe(64);
    expect(part?.[0]?.some(([x, y]) => x > 8 || y > 8)).toBe(false);
  });
  test('a ring that meets itself in a point becomes two parts', () => {
    const bow: GridPoint[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [8, 4],
      [8, 8],
      [4, 8],
      [4, 4],
      [0, 4],
    ];
    expect(corners(repairRing(bow))).toEqual([[4], [4]]);
    expect(area(repairRing(bow))).toBe(32);
  });
  test('a loop inside, hanging on a corner or on a side, becomes a hole', () => {
    const onCorner: GridPoint[] = [
      [0, 0],
      [3, 4],
      [5, 4],
      [5, 2],
      [0, 0],
      [8, 0],
      [8, 8],
      [0, 8],
    ];
    expect(corners(repairRing(onCorner))).toEqual([[4, 4]]);
    const touching: GridPoint[] = [
      [0, 0],
      [8, 0],
      [8, 8],
      [0, 8],
      [0, 6],
      [4, 0],
      [0, 2],
    ];
    expect(
      repairRing(touching)
        .flat()
        .every((loop) => loop.every((p) => sidesOf(loop).every(([a, b]) => !onSide(p, a, b)))),
    ).toBe(true);
  });
  test('any walk without proper crossings on a comb keeps its area', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 }), (teeth) => {
        // A comb upwards: a tooth of height 0 is a repeated point, one of width 0 a spike.
        const top = teeth.flatMap((height, i): GridPoint[] => {
          const x = 2 * (teeth.length - i);
          return [
            [x, 10],
            [x, 10 + height],
            [x - (height % 2), 10 + height],
            [x - (height % 2), 10],
          ];
        });
        const walk: GridPoint[] = [[0, 0], [2 * teeth.length, 0], ...top, [0, 10]];
        const expected = 20 * teeth.length + teeth.reduce((sum, height) => sum + (height % 2) * height, 0);
        const parts = repairRing(walk);
        expect(area(parts)).toBe(expected);
        for (const loop of parts.flat()) expect(new Set(loop.map(String)).size).toBe(loop.length);
      }),
    );
  });
});

test('a straight corner goes only where it is straight for everybody', () => {
  const left: Loop = [
    [0, 0],
    [4, 0],
    [4, 2],
    [4, 4],
    [4, 8],
    [0, 8],
  ];
  const right: Loop = [
    [4, 0],
    [8, 0],
    [8, 2],
    [4, 2],
  ];
  const rest: Loop = [
    [4, 2],
    [8, 2],
    [8, 8],
    [4, 8],
    [4, 4],
  ];
  const lean = withoutStraightCorners([left, right, rest]);
  expect(lean[0]).toContainEqual([4, 2]);
  expect(lean.flat()).not.toContainEqual([4, 4]);
  expect(lean.map(doubleArea)).toEqual([left, right, rest].map(doubleArea));
});
