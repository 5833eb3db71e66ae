import { expect, it } from 'vitest';
import { quantile, tookBounds } from './took.ts';

it('leaves no gap between its classes', () => {
  for (let took = 0; took < 200; took++) expect(tookBounds(took).to).toBe(tookBounds(took + 1).from);
  expect([tookBounds(47), tookBounds(48), tookBounds(105), tookBounds(106)].map((one) => one.from)).toEqual([47, 48, 1416, 1440]);
});

it('reads the median and the ninth decile from the classes', () => {
  expect(quantile(new Map(), 0.5)).toBeNull();
  expect(quantile(new Map([[10, 4]]), 0.5)).toBe(10.5);
  expect(
    quantile(
      new Map([
        [1, 5],
        [50, 5],
      ]),
      0.9,
    ),
  ).toBeCloseTo(96 + 24 * 0.8);
});
