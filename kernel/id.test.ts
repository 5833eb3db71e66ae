import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { idTime, isId, newId } from './id.ts';

test('ids are unique and sort in the order they were made', () => {
  const ids = Array.from({ length: 20000 }, () => newId());
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.every(isId)).toBe(true);
});

test('an id made for a given time carries it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (ms) => {
      expect(idTime(newId(ms)).getTime()).toBe(ms);
    }),
  );
});

test('ids of one given millisecond sort in order, past the end of the counter too', () => {
  const ids = Array.from({ length: 9000 }, () => newId(1_700_000_000_000));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  const spread = idTime(ids.at(-1) ?? '').getTime() - 1_700_000_000_000;
  expect(spread).toBeLessThanOrEqual(4);
});

test('own ids do not go back after an id for a given time', () => {
  const before = newId();
  newId(0);
  expect(newId() > before).toBe(true);
});

test('a clock set back does not turn the order round', () => {
  const before = newId();
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
  try {
    const after = newId();
    expect(after > before).toBe(true);
    expect(newId() > after).toBe(true);
  } finally {
    clock.mockRestore();
  }
});

test('what is no id', () => {
  const id = newId();
  for (const bad of [id.toUpperCase().replace(/^\d/, 'A'), id.slice(1), `${id} `, '', 7, null, '5f0c2f3e-1111-4222-8333-444455556666'])
    expect(isId(bad)).toBe(false);
  expect(() => idTime('x')).toThrow(RangeError);
  expect(() => newId(-1)).toThrow(RangeError);
  expect(() => newId(1.5)).toThrow(RangeError);
});
