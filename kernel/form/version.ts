import { canonicalJson, sha256Hex } from '../hash.ts';
import { checkForm } from './check-form.ts';
import { type Form, type Item, itemsOf } from './form.ts';
import type { FormFault } from './form-faults.ts';

/** SHA-256 over the canonical JSON of a form: a published version is known by it, whoever computes it. */
export function formHash(form: Form): Promise<string> {
  return sha256Hex(canonicalJson(form));
}

/**
 * What stands in the way of publishing `form` as the version after `previous` (null: the first). A key keeps its kind through all
 * versions, so that answers to the same item can be counted together; the caller passes every kind ever used where more than
 * the last version matters.
 */
export function publishFaults(form: Form, previous: Form | null): FormFault[] {
  const faults = checkForm(form);
  const want = (previous?.version ?? 0) + 1;
  if (form.version !== want) faults.push({ at: form.id, code: 'form.version_order', details: { want } });
  if (previous === null) return faults;
  if (previous.id !== form.id) faults.push({ at: form.id, code: 'form.id_changed', details: { was: previous.id } });
  const kinds = new Map(itemsOf(previous).map((item) => [item.key, item.kind]));
  for (const { key, kind } of itemsOf(form)) {
    const was = kinds.get(key) ?? kind;
    if (was !== kind) faults.push({ at: key, code: 'form.key_reused', details: { key, was } });
  }
  return faults;
}

export function canPublish(form: Form, previous: Form | null): boolean {
  return publishFaults(form, previous).length === 0;
}

/** Keys of items. `changed` names the fields that differ; `moved` are the fewest items whose place explains the new order. */
export type FormDiff = {
  added: string[];
  removed: string[];
  moved: string[];
  changed: { key: string; fields: string[] }[];
  sections: string[];
  title: boolean;
};

/** What is different in `b`. `sections` are the keys of sections added, removed or changed apart from their items. */
export function diffForms(a: Form, b: Form): FormDiff {
  const before = placesOf(a);
  const after = placesOf(b);
  const common = [...after.keys()].filter((key) => before.has(key));
  return {
    added: [...after.keys()].filter((key) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    moved: movedKeys(common, before, after),
    changed: common.flatMap((key) => {
      const fields = changedFields(before.get(key)?.item, after.get(key)?.item);
      return fields.length === 0 ? [] : [{ key, fields }];
    }),
    sections: changedSections(a, b),
    title: canonicalJson(a.title) !== canonicalJson(b.title),
  };
}

type Place = { item: Item; section: string; index: number };

function placesOf(form: Form): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const section of form.sections)
    for (const item of section.items) places.set(item.key, { item, section: section.key, index: places.size });
  return places;
}

function movedKeys(common: readonly string[], before: ReadonlyMap<string, Place>, after: ReadonlyMap<string, Place>): string[] {
  const stayed = new Set(longestRising(common, (key) => before.get(key)?.index ?? -1));
  return common.filter((key) => !stayed.has(key) || before.get(key)?.section !== after.get(key)?.section);
}

/** The longest part of the list whose numbers rise (patience sorting). */
function longestRising(keys: readonly string[], numberOf: (key: string) => number): string[] {
  type Link = { key: string; n: number; before: Link | undefined };
  const tails: Link[] = [];
  for (const key of keys) {
    const n = numberOf(key);
    let at = tails.length;
    while (at > 0 && (tails[at - 1]?.n ?? 0) >= n) at -= 1;
    tails[at] = { key, n, before: tails[at - 1] };
  }
  const rising: string[] = [];
  for (let link = tails.at(-1); link !== undefined; link = link.before) rising.unshift(link.key);
  return rising;
}

function changedFields(a: Item | undefined, b: Item | undefined): string[] {
  const x: Record<string, unknown> = { ...a };
  const y: Record<string, unknown> = { ...b };
  return [...new Set([...Object.keys(x), ...Object.keys(y)])]
    .filter((field) => canonicalJson(x[field] ?? null) !== canonicalJson(y[field] ?? null))
    .sort();
}

function changedSections(a: Form, b: Form): string[] {
  const bare = (form: Form) => new Map(form.sections.map(({ items: _, ...rest }) => [rest.key, canonicalJson(rest)]));
  const before = bare(a);
  const after = bare(b);
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
}
