import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alike, alikeFrom, likeness, sameFrom } from './likeness.ts';

it('finds the same hazard in other words, and not another one', () => {
  const blocked = '消防通道被货物堵塞';
  expect(likeness(blocked, '消防通道，被货物堵塞！')).toBe(1);
  expect(likeness(blocked, '一层消防通道被货架堵塞')).toBeGreaterThan(sameFrom);
  expect(likeness(blocked, '灭火器压力不足、过期')).toBeLessThan(alikeFrom);
});

it('puts the likest first and leaves the unlike out', () => {
  const found = ['灭火器过期', '配电室堆放纸箱', '配电室内堆放纸箱等可燃物'].map((description) => ({ description }));
  expect(alike('配电室内堆放纸箱', found).map((one) => one.description)).toEqual(['配电室内堆放纸箱等可燃物', '配电室堆放纸箱']);
});

it('is symmetric, within 0 and 1, and 1 for the same text', () => {
  const text = fc.string({ unit: fc.constantFrom(...'消防通道配电箱堵塞，。 ab1'), maxLength: 20 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const share = likeness(a, b);
      expect(share).toBe(likeness(b, a));
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      expect([0, 1]).toContain(likeness(a, a));
    }),
    { numRuns: 60 },
  );
});
