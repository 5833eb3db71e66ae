import { type Text, text } from '../text.ts';
import { checkConditions } from './check-conditions.ts';
import { type Form, type Item, itemsOf } from './form.ts';
import type { FormFault } from './form-faults.ts';

type Found = Omit<FormFault, 'at'>;

/** The answers an item may get when they are a fixed list, null when they are not. */
export function possibleAnswers(item: Item): string[] | null {
  if (item.kind === 'yesno') return item.na === false ? ['pass', 'fail'] : ['pass', 'fail', 'na'];
  return item.kind === 'choice' ? item.options.map((option) => option.value) : null;
}

/** Everything wrong with a form as its author left it; empty when it could be used. The Zod schema has been passed before. */
export function checkForm(form: Form): FormFault[] {
  return [
    ...twice(form.sections.map((section) => section.key)),
    ...twice(itemsOf(form).map((item) => item.key)),
    ...itemsOf(form).flatMap((item) => checkItem(item).map((found) => ({ at: item.key, ...found }))),
    ...checkConditions(form),
    ...checkWeights(form),
  ];
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];
}

function twice(keys: readonly string[]): FormFault[] {
  return repeated(keys).map((key) => ({ at: key, code: 'form.key_twice', details: { key } }));
}

function checkItem(item: Item): Found[] {
  const options = item.kind === 'choice' ? repeated(item.options.map((option) => option.value)) : [];
  return [
    ...options.map((value): Found => ({ code: 'form.option_twice', details: { value } })),
    ...checkRange(item),
    ...checkRule(item, text('必拍照片', 'A photo rule'), item.mustPhoto?.when),
    ...checkRule(item, text('隐患建议', 'A finding'), item.finding?.when),
    ...checkRule(item, text('一票否决', 'A veto'), item.score?.veto),
    ...checkRule(item, text('分值', 'Points'), item.score?.points === undefined ? undefined : Object.keys(item.score.points)),
    ...checkScore(item),
  ];
}

function checkRange(item: Item): Found[] {
  if (!('min' in item) || item.min === undefined || item.max === undefined || item.min <= item.max) return [];
  return [{ code: 'form.range_empty', details: { min: item.min, max: item.max } }];
}

/** A rule that waits for certain answers needs an item with a list of answers, and answers from that list. */
function checkRule(item: Item, rule: Text, answers: readonly string[] | undefined): Found[] {
  if (answers === undefined) return [];
  const possible = possibleAnswers(item);
  if (possible === null) return [{ code: 'form.rule_kind', details: { rule } }];
  return answers.filter((value) => !possible.includes(value)).map((value) => ({ code: 'form.rule_answer', details: { rule, value } }));
}

function checkScore(item: Item): Found[] {
  const { score } = item;
  if (score === undefined) return [];
  const { full, bands = [], points } = score;
  const fits =
    item.kind === 'number'
      ? score.bands !== undefined
      : score.bands === undefined && (item.kind === 'yesno' || (item.kind === 'choice' && points !== undefined));
  if (!fits) return [{ code: 'form.rule_kind', details: { rule: text('评分', 'This score') } }];
  const worth = item.kind === 'number' ? bands.map((band) => band.points) : Object.values(points ?? { pass: full });
  const best = item.kind === 'choice' && item.multiple === true ? worth.reduce((sum, one) => sum + one, 0) : Math.max(0, ...worth);
  return [
    ...worth.filter((one) => one > full).map((one): Found => ({ code: 'form.points_high', details: { points: one, full } })),
    ...(best < full ? [{ code: 'form.points_never_full' as const, details: { full } }] : []),
    ...bands.flatMap(({ min, max }): Found[] =>
      min !== undefined && max !== undefined && min > max ? [{ code: 'form.range_empty', details: { min, max } }] : [],
    ),
  ];
}

function checkWeights(form: Form): FormFault[] {
  const scored = form.sections.filter((section) => section.items.some((item) => item.score !== undefined));
  const bare = scored.filter((section) => section.weight === undefined);
  return bare.length === scored.length ? [] : bare.map(({ key }) => ({ at: key, code: 'form.weight_partial', details: {} }));
}
