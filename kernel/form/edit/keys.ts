import type { Form } from '../form.ts';

const shape = /^[a-z][a-z0-9_]{0,59}$/;

export const isKey = (key: string): boolean => shape.test(key);

/** The keys of all sections and items: one name space, so that a key names one thing. */
export function keysOf(form: Form): Set<string> {
  return new Set(form.sections.flatMap((section) => [section.key, ...section.items.map((item) => item.key)]));
}

/** `stem_1`, `stem_2` … the first one not taken. With the kind as its stem, a key that comes back is never of another kind. */
export function freeKey(taken: ReadonlySet<string>, stem: string): string {
  let n = 1;
  while (taken.has(`${stem}_${n}`)) n += 1;
  return `${stem}_${n}`;
}
