import type { z } from 'zod';
import type { Owner, Role } from '../permission.ts';
import type { AnyWorkflow } from '../workflow.ts';
import type { Course, Matter } from '../workflow-step.ts';

/** The columns every table of matters has (see kernel.make_matter), as the driver returns them. */
export type MatterRow = {
  id: string;
  code: string;
  title: string;
  state: string;
  version: number;
  level: number | null;
  org: number | null;
  line: string | null;
  party: string | null;
  owner_person: string | null;
  owner_unit: number | null;
  owner_role: string | null;
  due: Date | null;
  ladder: number;
  point: { x: number; y: number } | null;
  place: string | null;
  starter: string;
  opened_at: Date;
  entered_at: Date;
  closed_at: Date | null;
  exercise: boolean;
  course: Course;
};

export const matterColumns =
  'id, code, title, state, version, level, org, line, party, owner_person, owner_unit, owner_role, due, ladder, point, place, starter, opened_at, entered_at, closed_at, exercise, course';

export function ownerOf(row: Pick<MatterRow, 'owner_person' | 'owner_unit' | 'owner_role'>): Owner | null {
  if (row.owner_person !== null) return { person: row.owner_person };
  if (row.owner_role === null) return null;
  const role = row.owner_role as Role;
  return row.owner_unit === null ? { party: true, role } : { unit: row.owner_unit, role };
}

/** The three owner columns of an owner. */
export function ownerColumns(owner: Owner | null): [string | null, number | null, string | null] {
  if (owner === null) return [null, null, null];
  if ('person' in owner) return [owner.person, null, null];
  return 'unit' in owner ? [null, owner.unit, owner.role] : [null, null, owner.role];
}

export function matterOf(row: MatterRow): Matter {
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    state: row.state,
    version: row.version,
    org: row.org,
    line: row.line,
    party: row.party,
    owner: ownerOf(row),
    starter: row.starter,
    due: row.due,
    enteredAt: row.entered_at,
    ladder: row.ladder,
    course: row.course,
  };
}

export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));

/** The record's own columns by their declared names, instants as ISO text; what the table has beyond the declaration is left out. */
export function fieldsOf(workflow: AnyWorkflow, row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(workflow.row.shape).map((name) => [name, plain(row[snake(name)])]));
}

type Def = { type: string; innerType?: z.ZodType; element?: z.ZodType };
const defOf = (schema: z.ZodType): Def => (schema as unknown as { def: Def }).def;

/** Does the column hold jsonb? Lists of plain values are PostgreSQL arrays; everything else that is no plain value is jsonb. */
function isJson(schema: z.ZodType): boolean {
  const { type, innerType, element } = defOf(schema);
  if (innerType) return isJson(innerType);
  if (type === 'array' && element) return isJson(element) || defOf(element).type === 'array';
  return ['object', 'record', 'tuple', 'union', 'any', 'unknown', 'map'].includes(type);
}

export function columnValue(schema: z.ZodType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  return isJson(schema) ? JSON.stringify(value) : value;
}

/** Columns and values to write for what an effect set; unknown names are refused here, not by the database. */
export function columnsOf(workflow: AnyWorkflow, set: Record<string, unknown>): [string, unknown][] {
  return Object.keys(set)
    .sort()
    .map((name) => {
      if (!Object.hasOwn(workflow.row.shape, name)) throw new Error(`${workflow.kind} has no field ${name}`);
      return [snake(name), columnValue(workflow.row.shape[name] as z.ZodType, set[name])];
    });
}
