import type { Form, Item, ItemKind, Section } from '../form.ts';
import { freeKey, keysOf } from './keys.ts';

const unsaid = { zh: '', en: '' };

/** A form with one empty section; its author has yet to say everything. */
export function blankForm(id: string): Form {
  return { id, version: 1, title: unsaid, sections: [{ key: 'section_1', title: unsaid, items: [] }] };
}

export function blankSection(form: Form): Section {
  return { key: freeKey(keysOf(form), 'section'), title: unsaid, items: [] };
}

/** An item without words, of the kind's usual settings. */
export function blankItem(form: Form, kind: ItemKind): Item {
  const common = { key: freeKey(keysOf(form), kind), label: unsaid };
  switch (kind) {
    case 'choice':
      return { ...common, kind, options: [{ value: 'option_1', label: unsaid }] };
    case 'yesno':
      return { ...common, kind, required: true };
    default:
      return { ...common, kind };
  }
}
