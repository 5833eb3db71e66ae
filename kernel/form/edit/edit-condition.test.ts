import { describe, expect, it } from 'vitest';
import type { Condition } from '../condition.ts';
import { addPart, conditionOf, firstComparison, groupOf, plainOf, putPart, withOperator } from './edit-condition.ts';

const a: Condition = { item: 'a', is: 'fail' };
const b: Condition = { item: 'b', gt: 3 };

describe('a condition as it is edited', () => {
  it('reads and writes every shape', () => {
    for (const one of [a, { not: a }, { all: [a, b] }, { not: { any: [a, { not: b }] } }] satisfies Condition[]) {
      expect(conditionOf(plainOf(one))).toEqual(one);
    }
    expect(conditionOf(plainOf({ not: { not: a } }))).toEqual(a);
  });

  it('grows from nothing to a group, and shrinks back', () => {
    expect(addPart(undefined, a)).toBe(a);
    expect(addPart(a, b)).toEqual({ all: [a, b] });
    expect(addPart({ any: [a] }, b)).toEqual({ any: [a, b] });
    expect(addPart({ not: { any: [a, b] } }, a)).toEqual({ all: [{ not: { any: [a, b] } }, a] });
    const group = { negated: true, join: 'any', parts: [a, b] } as const;
    expect(groupOf({ ...group, parts: [a, b] }, putPart([a, b], 0, undefined))).toEqual({ not: b });
    expect(groupOf({ ...group, parts: [a] }, [])).toBeUndefined();
  });

  it('keeps the value where another operator still means it', () => {
    expect(withOperator({ item: 'a', is: 'fail' }, 'in')).toEqual({ item: 'a', in: ['fail'] });
    expect(withOperator({ item: 'b', gt: 3 }, 'lt')).toEqual({ item: 'b', lt: 3 });
    expect(withOperator({ item: 'a', is: 'fail' }, 'gt')).toEqual({ item: 'a', gt: 0 });
    expect(firstComparison({ key: 'a', kind: 'yesno', label: { zh: 'a', en: '' } })).toEqual({ item: 'a', is: 'fail' });
  });
});
