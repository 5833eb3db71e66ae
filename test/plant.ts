import type pg from 'pg';
import { z } from 'zod';
import { newId } from '#kernel/id.ts';
import { snake } from '#kernel/server/matter-row.ts';
import type { AnyWorkflow } from '#kernel/workflow.ts';

/** A plausible value for a column of the record's own schema. */
export function sampleValue(schema: z.ZodType): unknown {
  const json = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as {
    type?: string | string[];
    enum?: unknown[];
    format?: string;
    anyOf?: { type?: string }[];
    default?: unknown;
  };
  if (schema.safeParse(null).success) return null;
  if (json.enum) return json.enum[0];
  if (json.format === 'uuid') return newId();
  if (json.format === 'date-time') return new Date().toISOString();
  if (json.type === 'array') return [];
  if (json.type === 'integer' || json.type === 'number') return 1;
  if (json.type === 'boolean') return false;
  if (json.type === 'object') return '{}';
  return '示例文字';
}

/** For each column with a foreign key: a value that stands in the other table. */
async function references(owner: pg.Pool, kind: string): Promise<Record<string, unknown>> {
  const keys = await owner.query<{ column: string; other: string; key: string }>(
    `select a.attname as column, c.confrelid::regclass::text as other, f.attname as key
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
     where c.contype = 'f' and cardinality(c.conkey) = 1 and c.conrelid = $1::regclass`,
    [kind],
  );
  const found: Record<string, unknown> = {};
  for (const { column, other, key } of keys.rows)
    found[column] = (await owner.query(`select ${key} as value from ${other} limit 1`)).rows[0]?.value;
  return found;
}

/** The jsonb columns of a table: the driver writes a JavaScript array as an SQL array, so what goes there must be text already. */
async function documentColumns(owner: pg.Pool, kind: string): Promise<Set<string>> {
  const found = await owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and atttypid = 'jsonb'::regtype and attnum > 0`,
    [kind],
  );
  return new Set(found.rows.map((row) => row.name));
}

/** A matter put straight into its table in any state: arranging a test, past the one write path on purpose. */
export async function plantMatter(
  owner: pg.Pool,
  workflow: AnyWorkflow,
  state: string,
  org: number,
  more: Record<string, unknown> = {},
): Promise<string> {
  const id = newId();
  const now = new Date();
  const signers = workflow.states[state]?.sign ? { rule: workflow.states[state]?.sign, signers: [newId()], done: [] } : null;
  const course = { trail: [{ state, owner: null, at: now.toISOString() }], hands: {}, sign: signers, asked: [], last: null, urgedAt: null };
  const values: Record<string, unknown> = {
    id,
    code: `T-${id}`,
    title: `机密标记-${id}`,
    state,
    org,
    starter: newId(),
    opened_at: now,
    entered_at: now,
    closed_at: workflow.states[state]?.final ? now : null,
    course: JSON.stringify(course),
    ...Object.fromEntries(Object.entries(workflow.row.shape).map(([name, schema]) => [snake(name), sampleValue(schema as z.ZodType)])),
    ...(await references(owner, workflow.kind)),
    ...more,
  };
  const columns = Object.keys(values);
  const documents = await documentColumns(owner, workflow.kind);
  await owner.query(
    `insert into ${workflow.kind} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.entries(values).map(([name, value]) => (documents.has(name) && Array.isArray(value) ? JSON.stringify(value) : value)),
  );
  return id;
}
