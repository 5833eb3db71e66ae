import { type Comparison, type Condition, comparisonsIn, type Scalar } from './condition.ts';
import { type Form, type Item, itemsOf } from './form.ts';
import type { FormFault } from './form-faults.ts';

/** A condition with what it governs and the number of items that are asked before it. */
type Placed = { at: string; condition: Condition; before: number };

/** Conditions may look at earlier items only, and only for answers those items can have. */
export function checkConditions(form: Form): FormFault[] {
  const items = itemsOf(form);
  return [
    ...placed(form).flatMap((one) => comparisonsIn(one.condition).flatMap((comparison) => checkComparison(one, comparison, items))),
    ...cycles(form),
  ];
}

function placed(form: Form): Placed[] {
  const found: Placed[] = [];
  let before = 0;
  for (const section of form.sections) {
    if (section.when !== undefined) found.push({ at: section.key, condition: section.when, before });
    for (const item of section.items) {
      if (item.when !== undefined) found.push({ at: item.key, condition: item.when, before });
      before += 1;
    }
  }
  return found;
}

function checkComparison({ at, before }: Placed, comparison: Comparison, items: readonly Item[]): FormFault[] {
  const index = items.findIndex((item) => item.key === comparison.item);
  const target = items[index];
  if (target === undefined) return [{ at, code: 'form.condition_unknown', details: { item: comparison.item } }];
  if (index >= before) return [{ at, code: 'form.condition_later', details: { item: comparison.item } }];
  return impossible(target, comparison).map((value) => ({ at, code: 'form.condition_value', details: { item: comparison.item, value } }));
}

/** The values in a comparison that the item can never have. */
function impossible(item: Item, comparison: Comparison): Scalar[] {
  if ('gt' in comparison) return item.kind === 'number' && (item.max === undefined || item.max > comparison.gt) ? [] : [comparison.gt];
  if ('lt' in comparison) return item.kind === 'number' && (item.min === undefined || item.min < comparison.lt) ? [] : [comparison.lt];
  const values = 'in' in comparison ? comparison.in : [comparison.is];
  return values.filter((value) => !canBe(item, value));
}

function canBe(item: Item, value: Scalar): boolean {
  switch (item.kind) {
    case 'yesno':
      return value === 'pass' || value === 'fail' || (value === 'na' && item.na !== false);
    case 'choice':
      return item.options.some((option) => option.value === value);
    case 'number':
      return typeof value === 'number' && !(item.min !== undefined && value < item.min) && !(item.max !== undefined && value > item.max);
    case 'text':
    case 'date':
      return typeof value === 'string';
    default:
      return false;
  }
}

/** Items that wait for one another, each ring once. Such a ring always holds a `condition_later` too; this says why it cannot be cured by moving. */
function cycles(form: Form): FormFault[] {
  const needs = new Map<string, string[]>();
  for (const section of form.sections) {
    const shared = section.when === undefined ? [] : comparisonsIn(section.when);
    for (const item of section.items) {
      const own = item.when === undefined ? [] : comparisonsIn(item.when);
      needs.set(item.key, [...new Set([...shared, ...own].map((one) => one.item))]);
    }
  }
  const done = new Set<string>();
  const faults: FormFault[] = [];
  const walk = (key: string, path: readonly string[]): void => {
    const start = path.indexOf(key);
    if (start >= 0) {
      const ring = path.slice(start);
      faults.push({ at: key, code: 'form.condition_cycle', details: { items: [...ring, key].join(' → ') } });
    } else if (!done.has(key)) {
      for (const next of needs.get(key) ?? []) walk(next, [...path, key]);
      done.add(key);
    }
  };
  for (const key of needs.keys()) walk(key, []);
  return faults;
}
