import type { Condition, comparisonsIn, Scalar } from '../condition.ts';
import type { Form, Item } from '../form.ts';
import { changeItem } from './edit-form.ts';
import { isKey, keysOf } from './keys.ts';

type Comparison = ReturnType<typeof comparisonsIn>[number];

/** The condition with each of its comparisons put through `change`. */
function mapCondition(condition: Condition, change: (one: Comparison) => Comparison): Condition {
  if ('not' in condition) return { not: mapCondition(condition.not, change) };
  if ('all' in condition) return { all: condition.all.map((one) => mapCondition(one, change)) };
  if ('any' in condition) return { any: condition.any.map((one) => mapCondition(one, change)) };
  return change(condition);
}

function mapConditions(form: Form, change: (one: Comparison) => Comparison): Form {
  const within = <T extends { when?: Condition | undefined }>(one: T): T =>
    one.when === undefined ? one : { ...one, when: mapCondition(one.when, change) };
  return {
    ...form,
    sections: form.sections.map((section) => ({ ...within(section), items: section.items.map(within) })),
  };
}

/** Gives an item or a section another key; conditions follow. A key that is taken, or is none, changes nothing. */
export function renameKey(form: Form, from: string, to: string): Form {
  const keys = keysOf(form);
  if (!keys.has(from) || keys.has(to) || !isKey(to)) return form;
  const named = <T extends { key: string }>(one: T): T => (one.key === from ? { ...one, key: to } : one);
  const renamed = { ...form, sections: form.sections.map((section) => ({ ...named(section), items: section.items.map(named) })) };
  return mapConditions(renamed, (one) => (one.item === from ? { ...one, item: to } : one));
}

/** Gives an option of a choice another value; points, rules and conditions follow. A value that is taken or empty changes nothing. */
export function renameOption(form: Form, item: string, from: string, to: string): Form {
  const choice = form.sections.flatMap((section) => section.items).find((one) => one.key === item);
  if (choice?.kind !== 'choice' || to === '' || to.length > 60) return form;
  const values = choice.options.map((option) => option.value);
  if (!values.includes(from) || values.includes(to)) return form;
  const renamed = changeItem(form, item, (one) => renameInItem(one, from, to));
  const swap = (value: Scalar): Scalar => (value === from ? to : value);
  return mapConditions(renamed, (one) => {
    if (one.item !== item) return one;
    if ('is' in one) return { ...one, is: swap(one.is) };
    return 'in' in one ? { ...one, in: one.in.map(swap) } : one;
  });
}

function renameInItem(item: Item, from: string, to: string): Item {
  if (item.kind !== 'choice') return item;
  const swap = (value: string): string => (value === from ? to : value);
  const { score, mustPhoto, finding } = item;
  const points = score?.points && Object.fromEntries(Object.entries(score.points).map(([value, worth]) => [swap(value), worth]));
  return {
    ...item,
    options: item.options.map((option) => ({ ...option, value: swap(option.value) })),
    ...(score && { score: { ...score, ...(points && { points }), ...(score.veto && { veto: score.veto.map(swap) }) } }),
    ...(mustPhoto && { mustPhoto: { ...mustPhoto, when: mustPhoto.when.map(swap) } }),
    ...(finding && { finding: { ...finding, when: finding.when.map(swap) } }),
  };
}
