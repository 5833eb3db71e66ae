import { z } from 'zod';
import { conditionSchema } from './condition.ts';

/**
 * Forms as data: checklists of inspections, reports of accidents, self-examinations of enterprises. A form is drawn up by an
 * officer, published as an immutable version, and answered by people in the field; answers keep the version they were given to.
 */
const words = (max: number) => z.strictObject({ zh: z.string().trim().min(1).max(max), en: z.string().trim().max(max) });

const key = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/);
const points = z.number().min(0).max(1000);
const answer = z.string().min(1).max(60);

/**
 * What an answer is worth. `full` is the best there is to get. `points` gives the worth of an answer (a choice's value, or
 * `pass`/`fail`; several choices add up, never above `full`); `bands` the worth of a number, the first band that holds it.
 * Without either, `pass` is worth `full` and everything else nothing. `veto` names the answers that fail the whole form (一票否决).
 */
export const scoreSchema = z.strictObject({
  full: points,
  points: z.record(z.string().max(60), points).optional(),
  bands: z
    .array(z.strictObject({ min: z.number().optional(), max: z.number().optional(), points }))
    .max(20)
    .optional(),
  veto: z.array(answer).max(20).optional(),
});

/** What a bad answer proposes to report as a hidden danger (隐患): its wording, its grade and the clause it offends. */
export const findingSchema = z.strictObject({
  when: z.array(answer).min(1).max(20),
  text: words(500),
  grade: z.enum(['general', 'major']),
  clause: z.string().max(300).optional(),
});

const common = {
  key,
  label: words(300),
  help: words(1000).optional(),
  clause: z.string().max(300).optional(),
  required: z.boolean().optional(),
  when: conditionSchema.optional(),
  score: scoreSchema.optional(),
  mustPhoto: z.strictObject({ when: z.array(answer).min(1).max(20), min: z.int().min(1).max(20).optional() }).optional(),
  finding: findingSchema.optional(),
};

const item = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('text'),
    maxLength: z.int().min(1).max(20_000).optional(),
    lines: z.int().min(1).max(30).optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('number'),
    unit: words(20).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    decimals: z.int().min(0).max(6).optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('choice'),
    multiple: z.boolean().optional(),
    options: z
      .array(z.strictObject({ value: answer, label: words(100) }))
      .min(1)
      .max(100),
  }),
  /** 合格 `pass`, 不合格 `fail`, 不适用 `na` (not offered when `na` is false). */
  z.strictObject({ ...common, kind: z.literal('yesno'), na: z.boolean().optional() }),
  z.strictObject({ ...common, kind: z.literal('date'), min: z.iso.date().optional(), max: z.iso.date().optional() }),
  z.strictObject({ ...common, kind: z.literal('photo'), min: z.int().min(1).max(20).optional(), max: z.int().min(1).max(20).optional() }),
  z.strictObject({ ...common, kind: z.literal('place') }),
  z.strictObject({ ...common, kind: z.literal('signature') }),
]);

const section = z.strictObject({
  key,
  title: words(100),
  /** Share of the section in the percentage. Either every scored section has one or none has: then points count as they are. */
  weight: z.number().positive().max(1000).optional(),
  when: conditionSchema.optional(),
  items: z.array(item).min(1).max(200),
});

export const formSchema = z.strictObject({
  id: z.string().min(1).max(60),
  version: z.int().min(1),
  title: words(100),
  sections: z.array(section).min(1).max(50),
});

export type Form = z.infer<typeof formSchema>;
export type Section = Form['sections'][number];
export type Item = Section['items'][number];
export type ItemKind = Item['kind'];
export type Finding = z.infer<typeof findingSchema>;
export type ScoreRule = z.infer<typeof scoreSchema>;

/**
 * One answer. `value` by kind: text, signature (a file id) a string; number a number; choice its value or a list of values;
 * yesno `pass`, `fail` or `na`; date `YYYY-MM-DD`; photo a list of file ids; place `{lng, lat, accuracy?}`.
 * `photos` and `note` may stand beside any answer.
 */
export const answerSchema = z.strictObject({
  value: z
    .union([
      z.string().max(20_000),
      z.number(),
      z.array(z.string().max(200)).max(100),
      z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90), accuracy: z.number().min(0).optional() }),
    ])
    .optional(),
  photos: z.array(z.string().max(200)).max(50).optional(),
  note: z.string().max(2000).optional(),
});

export const answersSchema = z.record(z.string().max(60), answerSchema);

export type Answer = z.infer<typeof answerSchema>;
export type AnswerValue = NonNullable<Answer['value']>;
export type Answers = z.infer<typeof answersSchema>;

/** All items of a form in the order they are asked. */
export function itemsOf(form: Form): Item[] {
  return form.sections.flatMap((one) => one.items);
}

/** The value given to an item; empty texts and empty lists are no answers. */
export function answerTo(answers: Answers, item: string): AnswerValue | undefined {
  const value = Object.hasOwn(answers, item) ? answers[item]?.value : undefined;
  const empty = value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
  return empty ? undefined : value;
}

/** Does the answer have one of these values? For lists: any of them. */
export function answeredWith(value: AnswerValue | undefined, wanted: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((one) => wanted.includes(one));
  return typeof value === 'string' && wanted.includes(value);
}
