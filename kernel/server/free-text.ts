import { z } from 'zod';
import { type AnyWorkflow, moves } from '../workflow.ts';

type Json = { type?: unknown; format?: unknown; enum?: unknown; const?: unknown; anyOf?: Json[] };

function isFreeText(json: Json): boolean {
  if (json.anyOf) return json.anyOf.some(isFreeText);
  return json.type === 'string' && json.format === undefined && json.enum === undefined && json.const === undefined;
}

const known = new WeakMap<AnyWorkflow, ReadonlySet<string>>();

/**
 * The fields in which people write what they like. Whatever looks like an id there is text: names are not looked up for it, or
 * anybody could have the name of any person or enterprise told by typing its id into a description.
 */
export function freeTexts(workflow: AnyWorkflow): ReadonlySet<string> {
  const kept = known.get(workflow);
  if (kept) return kept;
  const steps = [...Object.values(workflow.starts), ...Object.values(workflow.actions), ...Object.values(moves)];
  const shapes = [workflow.row.shape, ...steps.map((step) => step.input?.shape ?? {})];
  const found = new Set(['title']);
  for (const [name, schema] of shapes.flatMap((shape) => Object.entries(shape))) {
    if (isFreeText(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Json)) found.add(name);
  }
  known.set(workflow, found);
  return found;
}
