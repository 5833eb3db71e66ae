import { type Text, text } from '../text.ts';
import { type Answers, type AnswerValue, answeredWith, answerTo, type Form, type Item, itemsOf } from './form.ts';
import type { AnswerFault } from './form-faults.ts';
import { visibleItems } from './visible.ts';

type Found = Omit<AnswerFault, 'item'>;

const wanted = {
  text: text('文字', 'text'),
  number: text('数字', 'a number'),
  choice: text('一个选项', 'one option'),
  choices: text('若干选项', 'a list of options'),
  yesno: text('合格、不合格或不适用', 'pass, fail or not applicable'),
  date: text('日期（如 2026-11-23）', 'a date such as 2026-11-23'),
  photo: text('照片', 'photos'),
  place: text('位置', 'a place'),
  signature: text('签名', 'a signature'),
} as const;

/**
 * Everything wrong with the answers, in the order of the items; empty when they may be handed in. With `partial` what is still
 * missing is left out: a draft, or a form being filled in.
 */
export function checkAnswers(form: Form, answers: Answers, opts: { partial?: boolean } = {}): AnswerFault[] {
  const asked = visibleItems(form, answers);
  const faults = asked.flatMap((item) => checkItem(item, answers, opts.partial === true).map((found) => ({ item: item.key, ...found })));
  return [...faults, ...strayAnswers(form, asked, answers)];
}

function strayAnswers(form: Form, asked: readonly Item[], answers: Answers): AnswerFault[] {
  const visible = new Set(asked.map((item) => item.key));
  const known = new Set(itemsOf(form).map((item) => item.key));
  return Object.keys(answers)
    .filter((key) => !visible.has(key))
    .map((key) => ({ item: key, code: known.has(key) ? 'form.answer_hidden' : 'form.answer_unknown', details: {} }));
}

function checkItem(item: Item, answers: Answers, partial: boolean): Found[] {
  const value = answerTo(answers, item.key);
  if (value === undefined) return item.required === true && !partial ? [{ code: 'form.answer_missing', details: {} }] : [];
  const faults = checkValue(item, value);
  return partial ? faults : [...faults, ...checkPhotos(item, value, answers[item.key]?.photos?.length ?? 0)];
}

function checkPhotos(item: Item, value: AnswerValue, taken: number): Found[] {
  const need = item.mustPhoto !== undefined && answeredWith(value, item.mustPhoto.when) ? (item.mustPhoto.min ?? 1) : 0;
  if (taken < need) return [{ code: 'form.photos_missing', details: { need } }];
  const least = item.kind === 'photo' && Array.isArray(value) ? (item.min ?? 1) : 0;
  return Array.isArray(value) && value.length < least ? [{ code: 'form.photos_missing', details: { need: least } }] : [];
}

const wrong = (want: Text): Found[] => [{ code: 'form.answer_type', details: { want } }];

function checkValue(item: Item, value: AnswerValue): Found[] {
  switch (item.kind) {
    case 'text':
      return typeof value === 'string' ? tooLong(value, item.maxLength ?? 2000) : wrong(wanted.text);
    case 'number':
      return checkNumber(item, value);
    case 'choice':
      return checkChoice(item, value);
    case 'yesno':
      return typeof value === 'string'
        ? notAmong([value], item.na === false ? ['pass', 'fail'] : ['pass', 'fail', 'na'])
        : wrong(wanted.yesno);
    case 'date':
      return typeof value === 'string' && isDate(value) ? outOfRange(value, item.min, item.max) : wrong(wanted.date);
    case 'photo':
      if (!Array.isArray(value)) return wrong(wanted.photo);
      return item.max !== undefined && value.length > item.max ? [{ code: 'form.photos_many', details: { max: item.max } }] : [];
    case 'place':
      return typeof value === 'object' && !Array.isArray(value) ? [] : wrong(wanted.place);
    case 'signature':
      return typeof value === 'string' ? [] : wrong(wanted.signature);
  }
}

function checkNumber(item: Extract<Item, { kind: 'number' }>, value: AnswerValue): Found[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong(wanted.number);
  const faults = outOfRange(value, item.min, item.max);
  // 0.1 + 0.2 is a number with one decimal to whoever typed it: compare what is shown, not the binary fraction.
  const tooFine =
    item.decimals !== undefined && Math.abs(value - Number(value.toFixed(item.decimals))) > 1e-9 * Math.max(1, Math.abs(value));
  return tooFine ? [...faults, { code: 'form.answer_decimals', details: { decimals: item.decimals } }] : faults;
}

function checkChoice(item: Extract<Item, { kind: 'choice' }>, value: AnswerValue): Found[] {
  const values = item.options.map((option) => option.value);
  if (item.multiple === true) return Array.isArray(value) ? notAmong(value, values) : wrong(wanted.choices);
  return typeof value === 'string' ? notAmong([value], values) : wrong(wanted.choice);
}

function notAmong(given: readonly string[], values: readonly string[]): Found[] {
  return given.filter((one) => !values.includes(one)).map((value) => ({ code: 'form.answer_option', details: { value } }));
}

function tooLong(value: string, max: number): Found[] {
  return [...value].length > max ? [{ code: 'form.answer_long', details: { max } }] : [];
}

function outOfRange<T extends number | string>(value: T, min: T | undefined, max: T | undefined): Found[] {
  if (min !== undefined && value < min) return [{ code: 'form.answer_low', details: { min } }];
  return max !== undefined && value > max ? [{ code: 'form.answer_high', details: { max } }] : [];
}

function isDate(value: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
