import { describe, expect, test } from 'vitest';
import { checkAnswers } from './check-answers.ts';
import { checkForm } from './check-form.ts';
import { findingsOf } from './findings.ts';
import { sampleForm as form, zh as t } from './form.fixture.ts';
import { type Answers, type Form, formSchema } from './form.ts';
import { scoreAnswers } from './score.ts';
import { canPublish, diffForms, formHash, publishFaults } from './version.ts';
import { visibleAnswers, visibleItems } from './visible.ts';

const given = (values: Record<string, Answers[string]['value']>): Answers =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
const codes = (answers: Answers) => checkAnswers(form, answers).map((one) => `${one.item} ${one.code}`);
const edit = (change: (copy: Form) => void): Form => {
  const copy = structuredClone(form);
  change(copy);
  return copy;
};

test('the sample passes its own schema and lint', () => {
  expect(formSchema.parse(form)).toEqual(form);
  expect(checkForm(form)).toEqual([]);
});

describe('what is asked', () => {
  test('follows the answers, section by section', () => {
    const keys = (answers: Answers) => visibleItems(form, answers).map((item) => item.key);
    expect(keys({})).toEqual(['fuel', 'alarm', 'hose', 'drills', 'trained', 'day', 'sign']);
    expect(keys(given({ fuel: 'bottle', bottles: 3 }))).toContain('room');
    expect(keys(given({ fuel: 'none' }))).toEqual(['fuel', 'drills', 'trained', 'day', 'sign']);
  });
  test('an answer that is hidden again counts no longer', () => {
    const answers = given({ fuel: 'pipe', bottles: 3, room: 'fail' });
    expect(visibleItems(form, answers).map((item) => item.key)).not.toContain('room');
    expect(Object.keys(visibleAnswers(form, answers))).toEqual(['fuel']);
    expect(codes(answers)).toContain('bottles form.answer_hidden');
  });
});

describe('checking answers', () => {
  const good = given({
    fuel: 'bottle',
    bottles: 3,
    alarm: 'pass',
    hose: 'na',
    room: 'pass',
    drills: 1,
    trained: ['leak'],
    day: '2026-03-01',
    sign: 'file-1',
  });
  test('good answers have no fault', () => {
    expect(codes(good)).toEqual([]);
  });
  test.each([
    [{ fuel: '' }, 'fuel form.answer_missing'],
    [{ fuel: 'coal' }, 'fuel form.answer_option'],
    [{ bottles: '3' }, 'bottles form.answer_type'],
    [{ bottles: -1 }, 'bottles form.answer_low'],
    [{ bottles: 201 }, 'bottles form.answer_high'],
    [{ bottles: 1.5 }, 'bottles form.answer_decimals'],
    [{ alarm: 'fail' }, 'alarm form.photos_missing'],
    [{ alarm: 'maybe' }, 'alarm form.answer_option'],
    [{ trained: 'leak' }, 'trained form.answer_type'],
    [{ trained: ['leak', 'swim'] }, 'trained form.answer_option'],
    [{ day: '2026-02-30' }, 'day form.answer_type'],
    [{ day: '2027-01-01' }, 'day form.answer_high'],
    [{ sign: undefined }, 'sign form.answer_missing'],
    [{ other: 'x' }, 'other form.answer_unknown'],
  ])('%j: %s', (values, expected) => {
    const found = codes({ ...good, ...given(values) });
    expect(found[0]).toBe(expected);
    // What hangs on the spoilt answer is hidden; nothing else is complained of.
    expect(found.slice(1).every((one) => one.endsWith('form.answer_hidden'))).toBe(true);
  });
  test('the photo rule is met by enough photos; a draft is not asked for what is missing', () => {
    const bad = { ...good, alarm: { value: 'fail', photos: ['a'] } };
    expect(checkAnswers(form, bad)).toEqual([{ item: 'alarm', code: 'form.photos_missing', details: { need: 2 } }]);
    expect(codes({ ...good, alarm: { value: 'fail', photos: ['a', 'b'] } })).toEqual([]);
    expect(checkAnswers(form, {}, { partial: true })).toEqual([]);
    expect(checkAnswers(form, given({ bottles: 1.5, fuel: 'bottle' }), { partial: true }).map((one) => one.code)).toEqual([
      'form.answer_decimals',
    ]);
  });
  test('decimals are judged as written', () => {
    const kilo = edit((copy) => Object.assign(copy.sections[0]?.items[1] ?? {}, { decimals: 1 }));
    expect(checkAnswers(kilo, { fuel: { value: 'bottle' }, bottles: { value: 0.1 + 0.2 } }, { partial: true })).toEqual([]);
  });
});

describe('scoring', () => {
  test('points, weights, not applicable, several choices, bands', () => {
    const answers = given({ fuel: 'pipe', alarm: 'pass', hose: 'na', drills: 1, trained: ['leak', 'leak'] });
    expect(scoreAnswers(form, answers)).toEqual({
      score: 14,
      max: 17,
      // (3 × 10/10 + 1 × 4/7) / 4
      percent: 89.29,
      vetoed: [],
      bySection: [
        { key: 'basic', weight: null, score: 0, max: 0, percent: null },
        { key: 'gas', weight: 3, score: 10, max: 10, percent: 100 },
        { key: 'people', weight: 1, score: 4, max: 7, percent: 57.14 },
      ],
    });
  });
  test('several choices never add up to more than the full points', () => {
    const capped = edit((copy) => Object.assign(copy.sections[2]?.items[1]?.score ?? {}, { full: 2 }));
    const people = scoreAnswers(capped, given({ fuel: 'none', trained: ['fire', 'leak'] })).bySection.at(-1);
    expect(people).toMatchObject({ score: 2, max: 6 });
  });
  test('a veto is named; what is not answered is worth nothing', () => {
    const score = scoreAnswers(form, given({ fuel: 'pipe', alarm: 'fail' }));
    expect(score).toMatchObject({ score: 0, max: 22, percent: 0, vetoed: ['alarm'] });
  });
  test('nothing to score gives no percentage', () => {
    const bare = edit((copy) => {
      copy.sections = copy.sections.slice(0, 1);
    });
    expect(scoreAnswers(bare, {}).percent).toBeNull();
  });
});

test('a bad answer proposes a hidden danger with the clause of its item', () => {
  const answers: Answers = { fuel: { value: 'pipe' }, alarm: { value: 'fail', photos: ['p1', 'p2'], note: '后厨未装' } };
  expect(findingsOf(form, answers)).toMatchObject([
    {
      item: 'alarm',
      finding: { grade: 'general', clause: '《中华人民共和国安全生产法》第三十六条第四款' },
      photos: ['p1', 'p2'],
      note: '后厨未装',
    },
  ]);
  expect(findingsOf(form, given({ alarm: 'pass' }))).toEqual([]);
});

describe('lint', () => {
  const lint = (change: (copy: Form) => void) => checkForm(edit(change)).map((one) => `${one.at} ${one.code}`);
  const item = (copy: Form, section: number, index: number, fields: object) =>
    Object.assign(copy.sections[section]?.items[index] ?? {}, fields);
  test.each<[string, (copy: Form) => void, string]>([
    ['key used twice', (copy) => item(copy, 2, 0, { key: 'hose' }), 'hose form.key_twice'],
    ['unknown item', (copy) => item(copy, 1, 1, { when: { item: 'ghost', is: 'pass' } }), 'hose form.condition_unknown'],
    ['later item', (copy) => item(copy, 1, 0, { when: { any: [{ not: { item: 'hose', is: 'pass' } }] } }), 'alarm form.condition_later'],
    [
      'itself, by its section',
      (copy) => Object.assign(copy.sections[2] ?? {}, { when: { item: 'drills', gt: 0 } }),
      'people form.condition_later',
    ],
    ['impossible value', (copy) => item(copy, 0, 1, { when: { item: 'fuel', in: ['bottle', 'coal'] } }), 'bottles form.condition_value'],
    ['number out of range', (copy) => item(copy, 1, 2, { when: { item: 'bottles', gt: 200 } }), 'room form.condition_value'],
    ['rule answer', (copy) => item(copy, 1, 0, { mustPhoto: { when: ['no'] } }), 'alarm form.rule_answer'],
    ['rule on a text', (copy) => item(copy, 2, 3, { finding: { when: ['x'], text: t('x'), grade: 'major' } }), 'sign form.rule_kind'],
    ['score on a date', (copy) => item(copy, 2, 2, { score: { full: 1 } }), 'day form.rule_kind'],
    ['points above full', (copy) => item(copy, 2, 0, { score: { full: 1, bands: [{ points: 2 }] } }), 'drills form.points_high'],
    ['never full', (copy) => item(copy, 2, 1, { score: { full: 9, points: { fire: 1, leak: 2 } } }), 'trained form.points_never_full'],
    ['empty range', (copy) => item(copy, 0, 1, { min: 5, max: 4 }), 'bottles form.range_empty'],
    ['some weights only', (copy) => delete copy.sections[2]?.weight, 'people form.weight_partial'],
    [
      'option twice',
      (copy) =>
        item(copy, 2, 1, {
          options: [
            { value: 'fire', label: t('a') },
            { value: 'fire', label: t('b') },
          ],
          score: undefined,
        }),
      'trained form.option_twice',
    ],
  ])('%s', (_, change, expected) => {
    expect(lint(change)).toContain(expected);
  });
  test('items that wait for one another are named as a ring', () => {
    const faults = checkForm(
      edit((copy) => {
        item(copy, 1, 0, { when: { item: 'hose', is: 'pass' } });
        item(copy, 1, 1, { when: { item: 'alarm', is: 'pass' } });
      }),
    );
    expect(faults.filter((one) => one.code === 'form.condition_cycle')).toEqual([
      { at: 'alarm', code: 'form.condition_cycle', details: { items: 'alarm → hose → alarm' } },
    ]);
  });
  test('the schema refuses what is no form', () => {
    for (const bad of [
      null,
      {},
      { ...form, version: 0 },
      { ...form, sections: [] },
      { ...form, extra: 1 },
      edit((copy) => item(copy, 0, 0, { key: 'A-b' })),
    ]) {
      expect(formSchema.safeParse(bad).success).toBe(false);
    }
  });
});

describe('versions', () => {
  test('the next version may be published when it is sound and keeps the kinds', () => {
    expect(canPublish(form, null)).toBe(true);
    const next = edit((copy) => Object.assign(copy, { version: 2 }));
    expect(canPublish(next, form)).toBe(true);
    expect(publishFaults(form, form).map((one) => one.code)).toEqual(['form.version_order']);
    const changed = edit((copy) => {
      Object.assign(copy, { version: 2, id: 'other' });
      const hose = copy.sections[1]?.items[1];
      if (hose !== undefined) Object.assign(hose, { kind: 'text', score: undefined });
    });
    expect(publishFaults(changed, form).map((one) => one.code)).toEqual(['form.id_changed', 'form.key_reused']);
  });
  test('the hash does not depend on the order of keys, and notices every change', async () => {
    const turned: Form = JSON.parse(
      JSON.stringify(form, (_, value) =>
        value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
      ),
    );
    expect(await formHash(turned)).toBe(await formHash(form));
    expect(await formHash(form)).toMatch(/^[0-9a-f]{64}$/);
    expect(await formHash({ ...form, version: 2 })).not.toBe(await formHash(form));
  });
  test('the difference names what was added, removed, moved and changed', () => {
    expect(diffForms(form, form)).toEqual({ added: [], removed: [], moved: [], changed: [], sections: [], title: false });
    const next = edit((copy) => {
      copy.title.zh = '餐饮场所燃气安全检查表';
      const [basic, gas, people] = copy.sections;
      if (basic === undefined || gas === undefined || people === undefined) return;
      gas.weight = 2;
      gas.items = gas.items.filter((one) => one.key !== 'room');
      Object.assign(gas.items[0] ?? {}, { required: false, label: t('安装报警装置') });
      gas.items.push({ key: 'valve', kind: 'yesno', label: t('紧急切断阀') });
      people.items.unshift(...people.items.splice(2, 1));
    });
    expect(diffForms(form, next)).toEqual({
      added: ['valve'],
      removed: ['room'],
      moved: ['day'],
      changed: [{ key: 'alarm', fields: ['label', 'required'] }],
      sections: ['gas'],
      title: true,
    });
  });
});
