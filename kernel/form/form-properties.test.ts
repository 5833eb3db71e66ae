import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256Hex } from '../hash.ts';
import { checkAnswers } from './check-answers.ts';
import { checkForm } from './check-form.ts';
import type { Condition } from './condition.ts';
import { holdsFor } from './condition.ts';
import { type Answers, answersSchema, type Form, formSchema, type Item, itemsOf } from './form.ts';
import { scoreAnswers } from './score.ts';
import { diffForms } from './version.ts';
import { visibleAnswers, visibleItems } from './visible.ts';

const keys = Array.from({ length: 8 }, (_, i) => `q${i}`);
const words = { zh: '题', en: 'q' };
const yesno = fc.constantFrom('pass', 'fail', 'na');

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ item: fc.constantFrom(...keys), is: yesno }),
  fc.record({ item: fc.constantFrom(...keys), in: fc.array(yesno, { minLength: 1, maxLength: 2 }) }),
  fc.record({ item: fc.constantFrom(...keys), gt: fc.integer({ min: -5, max: 5 }) }),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: leaf.map((one) => ({ not: one })) },
  { weight: 1, arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }).map((all) => ({ all })) },
  { weight: 1, arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }).map((any) => ({ any })) },
);

const item = (key: string): fc.Arbitrary<Item> =>
  fc
    .record({
      number: fc.boolean(),
      required: fc.boolean(),
      when: fc.option(condition, { nil: undefined }),
      full: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    })
    .map(({ number, required, when, full }) => {
      const common = { key, label: words, required, ...(when === undefined ? {} : { when }) };
      if (number)
        return {
          ...common,
          kind: 'number' as const,
          ...(full === undefined ? {} : { score: { full, bands: [{ min: 0, points: full }] } }),
        };
      return { ...common, kind: 'yesno' as const, ...(full === undefined ? {} : { score: { full, veto: ['fail'] } }) };
    });

const form: fc.Arbitrary<Form> = fc
  .tuple(fc.tuple(...keys.map(item)), fc.integer({ min: 1, max: 7 }), fc.boolean())
  .map(([items, cut, weighted]) => ({
    id: 'f',
    version: 1,
    title: words,
    sections: [items.slice(0, cut), items.slice(cut)].map((part, i) => ({
      key: `s${i}`,
      title: words,
      items: part,
      ...(weighted ? { weight: i + 1 } : {}),
    })),
  }));

const answers: fc.Arbitrary<Answers> = fc.dictionary(
  fc.constantFrom(...keys, 'stray'),
  fc.record({ value: fc.oneof(yesno, fc.integer({ min: -9, max: 9 }), fc.constant('')) }),
);

describe('any form, any answers', () => {
  test('generated forms pass the schema, and a sound form has conditions on earlier items only', () => {
    fc.assert(
      fc.property(form, (one) => {
        expect(formSchema.parse(one)).toEqual(one);
        const order = itemsOf(one).map((each) => each.key);
        const late = itemsOf(one).some(
          ({ key, when }) => when !== undefined && 'item' in when && order.indexOf(when.item) >= order.indexOf(key),
        );
        if (late) expect(checkForm(one).map((fault) => fault.code)).toContain('form.condition_later');
      }),
    );
  });
  test('what is kept is what is asked, keeping it changes nothing, and nothing stray is left', () => {
    fc.assert(
      fc.property(form, answers, (one, given) => {
        const kept = visibleAnswers(one, given);
        expect(visibleItems(one, kept)).toEqual(visibleItems(one, given));
        expect(scoreAnswers(one, kept)).toEqual(scoreAnswers(one, given));
        expect(visibleAnswers(one, kept)).toEqual(kept);
        expect(checkAnswers(one, kept).filter((fault) => /hidden|unknown/.test(fault.code))).toEqual([]);
      }),
    );
  });
  test('a score lies between nothing and full, and sections add up', () => {
    fc.assert(
      fc.property(form, answers, (one, given) => {
        const { score, max, percent, bySection } = scoreAnswers(one, given);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(max);
        expect(percent === null).toBe(max === 0);
        if (percent !== null) expect(percent >= 0 && percent <= 100).toBe(true);
        expect(bySection.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 6);
      }),
    );
  });
  test('a draft has no fault that the finished form would not have', () => {
    fc.assert(
      fc.property(form, answers, (one, given) => {
        const all = checkAnswers(one, given).map((fault) => canonicalJson(fault));
        for (const fault of checkAnswers(one, given, { partial: true })) expect(all).toContain(canonicalJson(fault));
      }),
    );
  });
  test('a difference is empty only for equal forms, and runs both ways', () => {
    fc.assert(
      fc.property(form, form, (a, b) => {
        const there = diffForms(a, b);
        const back = diffForms(b, a);
        expect([there.added, there.removed]).toEqual([back.removed, back.added]);
        expect(there.changed.map((one) => one.key).sort()).toEqual(back.changed.map((one) => one.key).sort());
        const empty = there.changed.length + there.moved.length + there.sections.length === 0;
        expect(empty).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });
  test('not turns every condition round', () => {
    fc.assert(
      fc.property(condition, answers, (one, given) => {
        const see = (key: string) => given[key]?.value;
        expect(holdsFor({ not: one }, see)).toBe(!holdsFor(one, see));
        expect(holdsFor({ all: [one, one] }, see)).toBe(holdsFor({ any: [one] }, see));
      }),
    );
  });
  test('answers survive their schema', () => {
    fc.assert(
      fc.property(answers, (given) => {
        expect(answersSchema.parse(given)).toEqual({ ...given });
      }),
    );
  });
});

describe('canonical JSON', () => {
  test('reads back as the same value, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const written = canonicalJson(value);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(written))).toBe(written);
      }),
    );
  });
  test('absent values are left out, what JSON cannot hold is refused', () => {
    expect(canonicalJson({ b: 1, a: undefined, c: [undefined, '中'] })).toBe('{"b":1,"c":[null,"中"]}');
    for (const bad of [Number.NaN, 1n, () => 1, undefined]) expect(() => canonicalJson(bad)).toThrow(TypeError);
  });
  test('SHA-256 as in FIPS 180-4', async () => {
    expect(await sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
