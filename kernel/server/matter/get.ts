import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { isId } from '../../id.ts';
import { get, type MatterRecord, type TimelineRow } from '../../matter-contract.ts';
import type { Owner } from '../../permission.ts';
import { roles } from '../../permission.ts';
import type { AnyWorkflow } from '../../workflow.ts';
import { available } from '../../workflow-moves.ts';
import { pendingSigners } from '../../workflow-step.ts';
import type { Context } from '../context.ts';
import { findRow, rows } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { freeTexts } from '../free-text.ts';
import { handleQuery } from '../implement.ts';
import { fieldsOf, type MatterRow, matterOf } from '../matter-row.ts';
import type { Registry } from '../registry.ts';
import { type KindRow, labels, lineOf, namesFor } from './lines.ts';

type EventRow = {
  seq: string;
  at: Date;
  name: string;
  actor: string | null;
  behalf: string | null;
  from: string | null;
  to: string | null;
  data: Record<string, unknown>;
};

/** A record that was urged and copied a thousand times must not cost every reader a thousand rows. */
const timelinePage = 200;

/** The newest rows before `before` (a seq), oldest first, and whether there are earlier ones. */
async function readTimeline(ctx: Context, kind: string, id: string, before: string | undefined): Promise<[EventRow[], boolean]> {
  const found = await rows(
    ctx.tx,
    sql<EventRow>`select e.seq::text as seq, e.at, e.name, e.actor, e.behalf, e."from", e."to", e.data from kernel.event e
      where e.subject = ${id} and e.kind = ${kind} and ${before === undefined ? sql`true` : sql`e.seq < ${before}::bigint`}
      order by e.seq desc limit ${timelinePage + 1}`,
  );
  return [found.slice(0, timelinePage).reverse(), found.length > timelinePage];
}

type FileRow = { id: string; name: string; type: string; size: number; at: Date; by: string; purpose: string };

function readFiles(ctx: Context, kind: string, id: string): Promise<FileRow[]> {
  return rows(
    ctx.tx,
    sql<FileRow>`select f.id, f.name, f.type, f.size, a.at, a.by, a.purpose from kernel.attachment a join kernel.file f on f.id = a.file
      where a.subject = ${id} and a.kind = ${kind} order by a.at`,
  );
}

/** Every id that occurs anywhere in these values, but for what stands under the keys in `not`. */
export function idsIn(value: unknown, not: ReadonlySet<string>, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (isId(value)) found.add(value);
  } else if (Array.isArray(value)) for (const one of value) idsIn(one, not, found);
  else if (typeof value === 'object' && value !== null && !(value instanceof Date))
    for (const [key, one] of Object.entries(value)) if (!not.has(key)) idsIn(one, not, found);
  return found;
}

async function nameIds(ctx: Context, ids: readonly string[]): Promise<Map<string, { name: string; title: string }>> {
  const [people, ...named] = await Promise.all([
    ctx.use(directory).personNames(ctx.tx, ids),
    ...ctx.use(labels).map((label) => label(ctx.tx, ids)),
  ]);
  const names = new Map<string, { name: string; title: string }>(named.flat().map((one) => [one.id, { name: one.name, title: '' }]));
  for (const person of people) names.set(person.id, person);
  return names;
}

function trailOwners(row: MatterRow): number[] {
  return row.course.trail.flatMap((visit) => (visit.owner && 'unit' in visit.owner ? [visit.owner.unit] : []));
}

function ownerName(owner: Owner | null, people: Map<string, { name: string }>, units: Map<number, string>): string {
  if (owner === null) return '';
  if ('person' in owner) return people.get(owner.person)?.name ?? '';
  return 'unit' in owner ? `${units.get(owner.unit) ?? ''} · ${roles[owner.role].zh}` : roles[owner.role].zh;
}

/** The workflow's present position: the path here, who signs, who was asked. */
function flowOf(row: MatterRow, people: Map<string, { name: string }>, units: Map<number, string>): MatterRecord['flow'] {
  const { sign, trail, asked } = row.course;
  const turn = sign ? pendingSigners(sign) : [];
  return {
    trail: trail.map((visit) => ({ state: visit.state, at: visit.at, ownerName: ownerName(visit.owner, people, units) })),
    signRule: sign?.rule ?? null,
    signers: (sign?.signers ?? []).map((person) => ({
      person,
      name: people.get(person)?.name ?? '',
      signedAt: sign?.done.find((done) => (done.behalf ?? done.person) === person)?.at ?? null,
      turn: turn.includes(person),
    })),
    asked: asked.map((one) => ({ person: one.person, name: people.get(one.person)?.name ?? '', at: one.at })),
  };
}

async function record(ctx: Context, workflow: AnyWorkflow, row: KindRow, before: string | undefined): Promise<MatterRecord> {
  const [[events, earlier], files] = await Promise.all([readTimeline(ctx, row.kind, row.id, before), readFiles(ctx, row.kind, row.id)]);
  const fields = fieldsOf(workflow, row as unknown as Record<string, unknown>);
  const ids = idsIn(
    [
      fields,
      row.course,
      row.starter,
      row.owner_person,
      events.map((event) => [event.actor, event.behalf, event.data]),
      files.map((file) => file.by),
    ],
    freeTexts(workflow),
  );
  const units = await ctx.use(directory).unitNames(ctx.tx, trailOwners(row));
  const [names, lines] = await Promise.all([nameIds(ctx, [...ids]), namesFor(ctx, [row])]);
  const unitNames = new Map(units.map((unit) => [unit.id, unit.short || unit.name]));
  const timeline = events.map(
    (event): TimelineRow => ({
      ...event,
      at: event.at.toISOString(),
      actorName: event.actor === null ? '' : (names.get(event.actor)?.name ?? ''),
      actorTitle: event.actor === null ? '' : (names.get(event.actor)?.title ?? ''),
      behalfName: event.behalf === null ? null : (names.get(event.behalf)?.name ?? null),
    }),
  );
  return {
    ...lineOf(row, lines),
    fields,
    allowed: available(workflow, matterOf(row), ctx.who, ctx.now),
    timeline,
    earlier,
    flow: flowOf(row, names, unitNames),
    dueProvisional: row.closed_at === null && row.course.provisional === true,
    files: files.map(({ by, ...file }) => ({ ...file, at: file.at.toISOString(), byName: names.get(by)?.name ?? '' })),
    names: Object.fromEntries([...names].map(([id, one]) => [id, one.name])),
  };
}

export function getQuery(registry: Registry) {
  return handleQuery(get, async (ctx, { kind, id, before }) => {
    const server = registry.workflows.get(kind);
    if (!server) throw fault('record.not_found');
    const row = await findRow(ctx.tx, sql<MatterRow>`select * from ${sql.table(kind)} where id = ${id}`);
    if (!row) throw fault('record.not_found');
    return record(ctx, server.workflow, { ...row, kind }, before);
  });
}
