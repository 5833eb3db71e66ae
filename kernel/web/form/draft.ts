import { readStored, writeStored } from '../stored.ts';
import { knownNames, rememberNames } from './picked-names.ts';

/** What somebody had typed and not yet submitted. Kept on this device only, by person and form. */
export type Draft = { at: string; values: Record<string, unknown>; names?: Record<string, string> };

export function readDraft(key: string): Draft | undefined {
  const stored = readStored(`draft.${key}`);
  if (stored === null) return undefined;
  try {
    const draft = JSON.parse(stored) as Partial<Draft>;
    if (typeof draft.at !== 'string' || typeof draft.values !== 'object' || draft.values === null) return undefined;
    rememberNames(draft.names ?? {});
    return draft as Draft;
  } catch {
    return undefined;
  }
}

export function dropDraft(key: string): void {
  writeStored(`draft.${key}`, null);
}

/** `secret` names the fields that must never be stored (passwords). An empty form leaves no draft. */
export function keepDraft(key: string, values: Record<string, unknown>, secret: ReadonlySet<string>, now: Date): void {
  const kept = Object.entries(values).filter(([name, value]) => !secret.has(name) && !isEmpty(value));
  if (kept.length === 0) {
    dropDraft(key);
    return;
  }
  const names = knownNames(kept.flatMap(([, value]) => (Array.isArray(value) ? value : [value])));
  writeStored(`draft.${key}`, JSON.stringify({ at: now.toISOString(), values: Object.fromEntries(kept), names } satisfies Draft));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
