import { z } from 'zod';
import { type Field, fieldsOf } from '../form/fields.ts';
import { findAction, findWorkflow } from '../registry.ts';

const cache = new Map<string, Field[]>();

function cached(key: string, schema: z.ZodObject | undefined): Field[] {
  const known = cache.get(key);
  if (known) return known;
  const fields = schema ? fieldsOf(schema) : [];
  cache.set(key, fields);
  return fields;
}

/** The record's own columns, labelled as its workflow declares them. */
export const rowFields = (kind: string): Field[] => cached(kind, findWorkflow(kind)?.row);

/** What an action asked for, by the ledger's name of it (`inspection.hazard.assign`). */
export function inputFields(name: string): Field[] {
  const cut = name.lastIndexOf('.');
  return cached(`${name}()`, findAction(name.slice(0, cut), name.slice(cut + 1))?.input);
}

/** The schema of an action's form; where it goes back to any earlier step, the step is asked for. */
export function formSchema(kind: string, action: string, stepMeta: z.core.GlobalMeta): z.ZodObject {
  const input = findAction(kind, action)?.input ?? z.object({});
  const to = findWorkflow(kind)?.actions[action]?.to;
  const asksStep = typeof to === 'object' && 'back' in to && to.back === 'any';
  return asksStep ? input.extend({ step: z.string().meta(stepMeta) }) : input;
}
