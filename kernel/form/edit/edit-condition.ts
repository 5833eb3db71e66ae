import type { Comparison, Condition } from '../condition.ts';
import type { Item } from '../form.ts';

/** A condition as it is edited: negated or not, and either one comparison or several parts that hold all, or any of them. */
export type Plain = { negated: boolean } & ({ one: Comparison } | { join: 'all' | 'any'; parts: Condition[] });

export function plainOf(condition: Condition): Plain {
  if ('not' in condition) {
    const inner = plainOf(condition.not);
    return { ...inner, negated: !inner.negated };
  }
  if ('all' in condition) return { negated: false, join: 'all', parts: condition.all };
  if ('any' in condition) return { negated: false, join: 'any', parts: condition.any };
  return { negated: false, one: condition };
}

export function conditionOf(plain: Plain): Condition {
  const body: Condition = 'one' in plain ? plain.one : plain.join === 'all' ? { all: plain.parts } : { any: plain.parts };
  return plain.negated ? { not: body } : body;
}

export type Operator = 'is' | 'in' | 'gt' | 'lt';

export function operatorOf(one: Comparison): Operator {
  return 'gt' in one ? 'gt' : 'lt' in one ? 'lt' : 'in' in one ? 'in' : 'is';
}

/** How an item's answer can be compared; none for photos, places and signatures. */
export function operatorsFor(item: Item): Operator[] {
  if (item.kind === 'number') return ['is', 'gt', 'lt'];
  if (item.kind === 'yesno' || item.kind === 'choice') return ['is', 'in'];
  return item.kind === 'text' || item.kind === 'date' ? ['is'] : [];
}

/** The comparison a new row begins with: one the item can satisfy where its answers are a list. */
export function firstComparison(item: Item): Comparison {
  if (item.kind === 'yesno') return { item: item.key, is: 'fail' };
  if (item.kind === 'choice') return { item: item.key, is: item.options[0]?.value ?? '' };
  return item.kind === 'number' ? { item: item.key, gt: item.min ?? 0 } : { item: item.key, is: '' };
}

/** The same comparison by another operator, its value kept where it still means something. */
export function withOperator(one: Comparison, operator: Operator): Comparison {
  const value = 'gt' in one ? one.gt : 'lt' in one ? one.lt : 'in' in one ? (one.in[0] ?? '') : one.is;
  const number = typeof value === 'number' ? value : 0;
  if (operator === 'gt') return { item: one.item, gt: number };
  if (operator === 'lt') return { item: one.item, lt: number };
  return operator === 'in' ? { item: one.item, in: [value] } : { item: one.item, is: value };
}

/** Adds a part: the first makes the condition, the second a group of both. */
export function addPart(condition: Condition | undefined, part: Condition): Condition {
  if (condition === undefined) return part;
  const plain = plainOf(condition);
  if ('join' in plain && !plain.negated) return conditionOf({ ...plain, parts: [...plain.parts, part] });
  return { all: [condition, part] };
}

/** Puts another part in the place of one, or takes it away; a group of one is that one, an empty group is no condition. */
export function putPart(parts: readonly Condition[], at: number, part: Condition | undefined): Condition[] {
  return parts.flatMap((one, i) => (i !== at ? [one] : part === undefined ? [] : [part]));
}

export function groupOf(plain: Plain & { join: 'all' | 'any' }, parts: Condition[]): Condition | undefined {
  const [only] = parts;
  if (only === undefined) return undefined;
  if (parts.length > 1) return conditionOf({ ...plain, parts });
  return plain.negated ? { not: only } : only;
}
