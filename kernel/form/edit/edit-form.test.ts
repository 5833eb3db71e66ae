import { describe, expect, it } from 'vitest';
import { checkForm } from '../check-form.ts';
import { sampleForm } from '../form.fixture.ts';
import { type Form, formSchema, itemsOf } from '../form.ts';
import { blankForm } from './blank.ts';
import { draftFaults } from './draft-faults.ts';
import * as edit from './edit-form.ts';
import { renameKey, renameOption } from './rename.ts';

const order = (form: Form) => form.sections.map((section) => [section.key, ...section.items.map((item) => item.key)].join(' '));

describe('drawing up a form', () => {
  it('begins with one section, and proposes keys by kind', () => {
    const form = edit.addItem(edit.addItem(edit.addItem(blankForm('f'), 'section_1', 'yesno'), 'section_1', 'yesno'), 'section_1', 'photo');
    expect(order(form)).toEqual(['section_1 yesno_1 yesno_2 photo_1']);
    expect(order(edit.addSection(edit.removeItem(form, 'yesno_1')))).toEqual(['section_1 yesno_2 photo_1', 'section_2']);
  });

  it('moves items inside a section and over its edge, and sections past one another', () => {
    expect(order(edit.moveItem(sampleForm, 'hose', -1))[1]).toBe('gas hose alarm room');
    expect(order(edit.moveItem(sampleForm, 'alarm', -1)).slice(0, 2)).toEqual(['basic fuel bottles alarm', 'gas hose room']);
    expect(order(edit.moveItem(sampleForm, 'room', 1))[2]).toMatch(/^people room drills/);
    expect(edit.moveItem(sampleForm, 'fuel', -1)).toBe(sampleForm);
    expect(edit.moveItem(sampleForm, 'sign', 1)).toBe(sampleForm);
    expect(order(edit.moveSection(sampleForm, 'gas', 1)).map((one) => one.split(' ')[0])).toEqual(['basic', 'people', 'gas']);
    expect(edit.moveSection(sampleForm, 'basic', -1)).toBe(sampleForm);
  });

  it('copies an item behind itself with its rules under a new key', () => {
    const form = edit.duplicateItem(sampleForm, 'alarm');
    expect(order(form)[1]).toBe('gas alarm yesno_1 hose room');
    const [alarm, copy] = form.sections[1]?.items ?? [];
    expect(copy).toEqual({ ...alarm, key: 'yesno_1' });
  });

  it('says what a removed item leaves behind, and keeps the last section', () => {
    const form = edit.removeItem(sampleForm, 'fuel');
    expect(checkForm(form).map(({ at, code }) => `${at} ${code}`)).toEqual([
      'bottles form.condition_unknown',
      'gas form.condition_unknown',
    ]);
    const single = blankForm('f');
    expect(edit.removeSection(single, 'section_1')).toBe(single);
  });
});

describe('renaming', () => {
  it('takes conditions of items and sections along', () => {
    const form = renameKey(sampleForm, 'fuel', 'gas_kind');
    expect(form.sections[0]?.items[1]?.when).toEqual({ item: 'gas_kind', is: 'bottle' });
    expect(form.sections[1]?.when).toEqual({ not: { item: 'gas_kind', is: 'none' } });
    expect(checkForm(form)).toEqual([]);
  });

  it('refuses a key that is taken by an item or a section, or is none', () => {
    for (const to of ['bottles', 'gas', 'Fuel', '', '1fuel']) expect(renameKey(sampleForm, 'fuel', to)).toBe(sampleForm);
  });

  it('takes points and conditions along with the value of an option', () => {
    const form = renameOption(renameOption(sampleForm, 'fuel', 'bottle', 'lpg'), 'trained', 'leak', 'gas_leak');
    expect(form.sections[0]?.items[1]?.when).toEqual({ item: 'fuel', is: 'lpg' });
    expect(itemsOf(form).find((item) => item.key === 'trained')?.score?.points).toEqual({ fire: 1, gas_leak: 2 });
    expect(checkForm(form)).toEqual([]);
    expect(renameOption(sampleForm, 'fuel', 'bottle', 'pipe')).toBe(sampleForm);
  });
});

describe('draftFaults', () => {
  it('says nothing of a finished form', () => {
    expect(formSchema.safeParse(sampleForm).success).toBe(true);
    expect(draftFaults(sampleForm)).toEqual([]);
  });

  it('says what is still to be said beside the item it concerns', () => {
    const form = edit.addItem(edit.addSection(blankForm('f')), 'section_1', 'choice');
    expect(draftFaults(form).map(({ at, words }) => `${at} ${words.zh}`)).toEqual([
      'f 请填写标题',
      'section_1 请填写标题',
      'choice_1 请填写题目',
      'choice_1 请填写选项的名称',
      'section_2 请填写标题',
      'section_2 章节中至少要有一道题',
    ]);
    expect(draftFaults(form).every((fault) => fault.saving)).toBe(true);
  });

  it('lets a draft be saved whose rules do not hold yet', () => {
    expect(draftFaults(edit.removeItem(sampleForm, 'fuel')).map(({ at, saving }) => [at, saving])).toEqual([
      ['bottles', false],
      ['gas', false],
    ]);
  });
});
