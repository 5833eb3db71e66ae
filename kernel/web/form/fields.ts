import { z } from 'zod';
import type { Widget } from '../../field.ts';
import { isText, type Text } from '../../text.ts';

/** What draws a field. Beside the declared widgets: what the schema's own type asks for. */
export type Look = Widget | 'text' | 'number' | 'enum' | 'enums' | 'switch' | 'date' | 'datetime' | 'list' | 'group' | 'reference';

/** One field of a form, read from a Zod schema. `limits` are the schema's own bounds, for inputs and help. */
export type Field = {
  name: string;
  label: Text;
  look: Look;
  required: boolean;
  /** The schema holds a list of such values. */
  many?: true;
  help?: Text;
  unit?: Text;
  options?: { value: string | number; label: Text }[];
  limits: { min?: number; max?: number; minLength?: number; maxLength?: number; minItems?: number; maxItems?: number; whole?: boolean };
  initial?: unknown;
  /** The fields of each row of a list, or of a group. */
  fields?: Field[];
};

type Json = Record<string, unknown>;

/** The fields of an object schema in declared order; hidden ones are left out (they are filled by the caller). */
export function fieldsOf(schema: z.ZodObject): Field[] {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') jsonSchema.format = 'date-time';
    },
  }) as Json;
  return fieldsOfJson(json);
}

function fieldsOfJson(json: Json): Field[] {
  const required = Array.isArray(json.required) ? json.required : [];
  return Object.entries((json.properties ?? {}) as Record<string, Json>)
    .map(([name, property]) => [name, orNull(property)] as const)
    .filter(([, property]) => property.hidden !== true)
    .map(([name, property]) => fieldOf(name, property, required.includes(name)));
}

/** `anyOf: [x, null]` is a field that may be empty; what is said beside the anyOf wins. */
function orNull(json: Json): Json {
  if (!Array.isArray(json.anyOf)) return json;
  const some = (json.anyOf as Json[]).filter((one) => one.type !== 'null');
  return some.length === 1 ? { ...some[0], ...json, anyOf: undefined, nullable: true } : json;
}

function fieldOf(name: string, json: Json, required: boolean): Field {
  const look = lookOf(json);
  const options = optionsOf(json);
  const inner = look === 'group' ? json : look === 'list' ? (json.items as Json) : undefined;
  return {
    name,
    label: isText(json.label) ? json.label : { zh: name, en: name },
    look,
    required: required && json.nullable !== true,
    limits: limitsOf(json),
    ...(json.type === 'array' ? { many: true as const } : {}),
    ...(isText(json.help) ? { help: json.help } : {}),
    ...(isText(json.unit) ? { unit: json.unit } : {}),
    ...(options.length > 0 ? { options } : {}),
    ...(json.default === undefined ? {} : { initial: json.default }),
    ...(inner ? { fields: fieldsOfJson(inner) } : {}),
  };
}

function lookOf(json: Json): Look {
  if (typeof json.widget === 'string') return json.widget as Widget;
  if (Array.isArray(json.enum)) return 'enum';
  // An id that names nothing a person could choose: filled in by the page the form is opened from.
  if (json.format === 'uuid') return 'reference';
  if (json.type === 'string') return json.format === 'date' ? 'date' : json.format === 'date-time' ? 'datetime' : longer(json);
  if (json.format === 'date-time') return 'datetime';
  if (json.type === 'number' || json.type === 'integer') return 'number';
  if (json.type === 'boolean') return 'switch';
  if (json.type === 'object') return 'group';
  if (json.type !== 'array') return 'text';
  const items = (json.items ?? {}) as Json;
  return Array.isArray(items.enum) ? 'enums' : items.type === 'object' ? 'list' : 'enums';
}

/** A text of more than a line's length gets more than a line to write in. */
const longer = (json: Json): Look => (typeof json.maxLength === 'number' && json.maxLength > 200 ? 'textarea' : 'text');

function optionsOf(json: Json): NonNullable<Field['options']> {
  const items = (json.items ?? {}) as Json;
  const values = Array.isArray(json.enum) ? json.enum : Array.isArray(items.enum) ? items.enum : [];
  const words = (json.options ?? items.options ?? {}) as Record<string, Text>;
  return (values as (string | number)[]).map((value) => ({
    value,
    label: words[String(value)] ?? { zh: String(value), en: String(value) },
  }));
}

function limitsOf(json: Json): Field['limits'] {
  const out: Record<string, number | boolean> = {};
  const copy = (from: string, to: string) => {
    const value = json[from];
    // Zod writes ±2^53 for every int: no bound anybody set.
    if (typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER) out[to] = value;
  };
  copy('minimum', 'min');
  copy('maximum', 'max');
  for (const name of ['minLength', 'maxLength', 'minItems', 'maxItems']) copy(name, name);
  if (json.type === 'integer') out.whole = true;
  return out;
}

/** The field that an issue's path points at: the deepest one that is known. */
export function findField(fields: readonly Field[], path: readonly (string | number)[]): Field | undefined {
  const [name, ...rest] = path;
  const field = fields.find((one) => one.name === name);
  if (!field?.fields) return field;
  const deeper = rest.filter((step) => typeof step !== 'number' && !/^\d+$/.test(step));
  return (deeper.length > 0 ? findField(field.fields, deeper) : undefined) ?? field;
}

/**
 * What a form starts with before anything is known: the schema's own defaults, one row where a list must have one. Given to the form
 * as a whole and not field by field, so that what is known beforehand goes before a default.
 */
export function startsOf(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (field.look === 'group') {
        const inner = startsOf(field.fields ?? []);
        return Object.keys(inner).length > 0 ? [[field.name, inner]] : [];
      }
      if (field.look === 'list') return [[field.name, field.required ? [startsOf(field.fields ?? [])] : []]];
      return field.initial === undefined ? [] : [[field.name, field.initial]];
    }),
  );
}
