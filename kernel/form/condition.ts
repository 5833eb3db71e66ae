import { z } from 'zod';

export type Scalar = string | number | boolean;

/**
 * When an item or a section is asked, as plain data. `is` and `in` mean "has this among the answers" for an item with several
 * choices. An item not answered, or not asked, satisfies none of them, so `not` of it is true.
 */
export type Condition =
  | { item: string; is: Scalar }
  | { item: string; in: Scalar[] }
  | { item: string; gt: number }
  | { item: string; lt: number }
  | { not: Condition }
  | { all: Condition[] }
  | { any: Condition[] };

const scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
const itemKey = z.string().max(60);

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ item: itemKey, is: scalar }),
    z.strictObject({ item: itemKey, in: z.array(scalar).min(1).max(50) }),
    z.strictObject({ item: itemKey, gt: z.number() }),
    z.strictObject({ item: itemKey, lt: z.number() }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ all: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(20) }),
  ]),
);

/** Does the condition hold? `answerTo` gives the answer to an item, undefined where there is none. */
export function holdsFor(condition: Condition, answerTo: (item: string) => unknown): boolean {
  if ('not' in condition) return !holdsFor(condition.not, answerTo);
  if ('all' in condition) return condition.all.every((one) => holdsFor(one, answerTo));
  if ('any' in condition) return condition.any.some((one) => holdsFor(one, answerTo));
  const value = answerTo(condition.item);
  if ('gt' in condition) return typeof value === 'number' && value > condition.gt;
  if ('lt' in condition) return typeof value === 'number' && value < condition.lt;
  const wanted = 'in' in condition ? condition.in : [condition.is];
  return (Array.isArray(value) ? value : [value]).some((one) => wanted.includes(one));
}

/** One comparison of an item with values, as it stands in a condition. */
export type Comparison = Extract<Condition, { item: string }>;

/** Every comparison inside a condition, depth first. */
export function comparisonsIn(condition: Condition): Comparison[] {
  if ('not' in condition) return comparisonsIn(condition.not);
  if ('all' in condition) return condition.all.flatMap(comparisonsIn);
  if ('any' in condition) return condition.any.flatMap(comparisonsIn);
  return [condition];
}
