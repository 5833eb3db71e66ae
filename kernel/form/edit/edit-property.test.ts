import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkForm } from '../check-form.ts';
import { comparisonsIn } from '../condition.ts';
import { sampleForm } from '../form.fixture.ts';
import { type Form, type ItemKind, itemsOf } from '../form.ts';
import { firstComparison } from './edit-condition.ts';
import * as edit from './edit-form.ts';
import { renameKey } from './rename.ts';

const kinds: readonly ItemKind[] = ['text', 'number', 'choice', 'yesno', 'date', 'photo', 'place', 'signature'];
type Step = {
  do: 'add' | 'addSection' | 'remove' | 'removeSection' | 'copy' | 'move' | 'moveSection' | 'rename' | 'condition';
  a: number;
  b: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('add', 'addSection', 'remove', 'removeSection', 'copy', 'move', 'moveSection', 'rename', 'condition'),
  a: fc.nat(40),
  b: fc.nat(40),
});

const pickOf = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

function run(form: Form, { do: what, a, b }: Step): Form {
  const item = pickOf(itemsOf(form), a);
  const section = pickOf(form.sections, a)?.key ?? '';
  const by = b % 2 === 0 ? 1 : -1;
  const key = item?.key ?? '';
  switch (what) {
    case 'add':
      return edit.addItem(form, section, pickOf(kinds, b) ?? 'text');
    case 'addSection':
      return edit.addSection(form);
    case 'remove':
      return edit.removeItem(form, key);
    case 'removeSection':
      return edit.removeSection(form, section);
    case 'copy':
      return edit.duplicateItem(form, key);
    case 'move':
      return edit.moveItem(form, key, by);
    case 'moveSection':
      return edit.moveSection(form, section, by);
    case 'rename':
      return renameKey(form, b % 3 === 0 ? section : key, `yesno_${b % 5}`);
    case 'condition': {
      const seen = pickOf(itemsOf(form), b);
      return seen ? edit.changeItem(form, key, (one) => ({ ...one, when: firstComparison(seen) })) : form;
    }
  }
}

/** Every condition with where it stands and the items asked before it. */
function conditions(form: Form): { at: string; item: string; before: string[] }[] {
  const before: string[] = [];
  return form.sections.flatMap((section) => {
    const own = section.when ? comparisonsIn(section.when).map(({ item }) => ({ at: section.key, item, before: [...before] })) : [];
    const theirs = section.items.flatMap(({ key, when }) => {
      const found = when ? comparisonsIn(when).map(({ item }) => ({ at: key, item, before: [...before] })) : [];
      before.push(key);
      return found;
    });
    return [...own, ...theirs];
  });
}

it('any sequence of edits keeps keys unique, and every condition looks at an earlier item or is flagged', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const form = steps.reduce(run, sampleForm);
      const keys = form.sections.flatMap((section) => [section.key, ...section.items.map((item) => item.key)]);
      expect(new Set(keys).size).toBe(keys.length);
      expect(form.sections.length).toBeGreaterThan(0);
      const flagged = new Set(
        checkForm(form)
          .filter(({ code }) => code === 'form.condition_unknown' || code === 'form.condition_later')
          .map(({ at, details }) => `${at} ${String(details.item)}`),
      );
      for (const { at, item, before } of conditions(form)) {
        expect(before.includes(item) || flagged.has(`${at} ${item}`)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

it('renaming never loses or adds a fault but by the name it says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), fc.nat(40), (steps, n) => {
      const form = steps.reduce(run, sampleForm);
      const key = pickOf(itemsOf(form), n)?.key;
      fc.pre(key !== undefined);
      const codes = (one: Form) =>
        checkForm(one)
          .map(({ code }) => code)
          .sort();
      expect(codes(renameKey(form, key ?? '', 'renamed_item'))).toEqual(codes(form));
    }),
    { numRuns: 150 },
  );
});
