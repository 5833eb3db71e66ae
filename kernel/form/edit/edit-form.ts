import type { Form, Item, ItemKind, Section } from '../form.ts';
import { blankItem, blankSection } from './blank.ts';
import { freeKey, keysOf } from './keys.ts';

/** Pure steps of drawing up a form. Each answers a new form; what cannot be done leaves the form as it is. */
type Sections = Form['sections'];

const withSections = (form: Form, sections: Sections): Form => ({ ...form, sections });

export function changeSection(form: Form, key: string, change: (section: Section) => Section): Form {
  return withSections(
    form,
    form.sections.map((section) => (section.key === key ? change(section) : section)),
  );
}

export function changeItem(form: Form, key: string, change: (item: Item) => Item): Form {
  return withSections(
    form,
    form.sections.map((section) =>
      section.items.some((item) => item.key === key)
        ? { ...section, items: section.items.map((item) => (item.key === key ? change(item) : item)) }
        : section,
    ),
  );
}

export function addSection(form: Form): Form {
  return withSections(form, [...form.sections, blankSection(form)]);
}

/** Adds an empty item at the end of a section. */
export function addItem(form: Form, section: string, kind: ItemKind): Form {
  return changeSection(form, section, (one) => ({ ...one, items: [...one.items, blankItem(form, kind)] }));
}

/** Conditions that looked at it are left as they are: the check names them, their author decides. */
export function removeItem(form: Form, key: string): Form {
  return withSections(
    form,
    form.sections.map((section) => ({ ...section, items: section.items.filter((item) => item.key !== key) })),
  );
}

/** A form keeps at least one section. */
export function removeSection(form: Form, key: string): Form {
  const left = form.sections.filter((section) => section.key !== key);
  return left.length === 0 ? form : withSections(form, left);
}

/** The copy stands right behind, under a key of its own. */
export function duplicateItem(form: Form, key: string): Form {
  const taken = keysOf(form);
  return withSections(
    form,
    form.sections.map((section) => ({
      ...section,
      items: section.items.flatMap((item) => (item.key === key ? [item, { ...item, key: freeKey(taken, item.kind) }] : [item])),
    })),
  );
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  return list.map((one, i) => (i === a ? (list[b] ?? one) : i === b ? (list[a] ?? one) : one));
}

export function moveSection(form: Form, key: string, by: 1 | -1): Form {
  const at = form.sections.findIndex((section) => section.key === key);
  const to = at + by;
  return at < 0 || to < 0 || to >= form.sections.length ? form : withSections(form, swapped(form.sections, at, to));
}

/** One place up or down; past the edge of its section it goes into the next one. */
export function moveItem(form: Form, key: string, by: 1 | -1): Form {
  const where = form.sections.findIndex((section) => section.items.some((item) => item.key === key));
  const section = form.sections[where];
  if (!section) return form;
  const at = section.items.findIndex((item) => item.key === key);
  if (at + by >= 0 && at + by < section.items.length) {
    return changeSection(form, section.key, (one) => ({ ...one, items: swapped(one.items, at, at + by) }));
  }
  const next = form.sections[where + by];
  const item = section.items[at];
  if (!next || !item) return form;
  return withSections(
    form,
    form.sections.map((one) => {
      if (one.key === section.key) return { ...one, items: one.items.filter((other) => other.key !== key) };
      if (one.key !== next.key) return one;
      return { ...one, items: by === 1 ? [item, ...one.items] : [...one.items, item] };
    }),
  );
}
