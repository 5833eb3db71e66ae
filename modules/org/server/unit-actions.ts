import { sql } from 'kysely';
import type { ParsedOf } from '#kernel/contract.ts';
import { fault } from '#kernel/fault.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, rows, type Tx, write } from '#kernel/server/db/pool.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { findLine } from '../data/lines.ts';
import { administration } from '../module.ts';
import { refusing } from './database-fault.ts';
import { findUnit, type UnitRef } from './public.ts';
import { administers } from './rights.ts';

type Input = ParsedOf<typeof administration.unitSave>;

/** @throws fault org.unit_unknown when closed or never there */
export async function getUnit(tx: Tx, id: number): Promise<UnitRef> {
  const unit = await findUnit(tx, id);
  if (!unit) throw fault('org.unit_unknown', { unit: id });
  return unit;
}

export function requireLines(lines: readonly string[]): void {
  const unknown = lines.filter((line) => !findLine(line));
  if (unknown.length > 0) throw fault('org.line_unknown', { lines: unknown });
}

async function requireSound(ctx: Context, input: Input, parent: UnitRef): Promise<void> {
  requireLines(input.lines);
  if (input.territorial && parent.area !== parent.id) throw fault('org.unit_area');
  if (input.division !== undefined && !(await findRow(ctx.tx, sql`select 1 as one from org.division where code = ${input.division}`)))
    throw fault('org.division_unknown', { code: input.division });
  const other = await findRow(ctx.tx, sql<{ id: number }>`select id from org.unit where code = ${input.code}`);
  if (other && other.id !== input.id) throw fault('org.code_taken', { code: input.code });
}

/** A unit that moves takes its departments' area with it; a territorial unit stays its own area. */
async function change(ctx: Context, id: number, input: Input, parent: UnitRef): Promise<void> {
  const below = await rows(
    ctx.tx,
    sql<{ id: number; parent: number | null; territorial: boolean }>`with recursive down as (
        select id, parent, area = id as territorial from org.unit where id = ${id}
        union select u.id, u.parent, u.area = u.id from org.unit u join down on u.parent = down.id
      ) select id, parent, territorial from down`,
  );
  if (below.some((one) => one.id === parent.id)) throw fault('org.unit_cycle');
  const was = below.find((one) => one.id === id);
  if (was?.territorial !== input.territorial) throw fault('org.unit_area');
  if (was.parent !== parent.id)
    await requireNoPosts(
      ctx,
      below.map((one) => one.id),
    );
  await write(
    ctx.tx,
    sql`update org.unit set name = ${input.name}, short = ${input.short}, kind = ${input.kind}, parent = ${parent.id},
        area = case when ${input.territorial} then id else ${parent.area}::int end, division = ${input.division ?? null}, lines = ${input.lines}::text[],
        overall = ${input.overall}, ordering = ${input.ordering}, phone = ${input.phone ?? null}
      where id = ${id}`,
  );
  if (input.territorial) return;
  const inside = await insideOf(ctx.tx, id);
  await write(ctx.tx, sql`update org.unit set area = ${parent.area} where id = any(${inside}::int[]) and area <> ${parent.area}`);
}

/**
 * What a post sees follows its unit, so moving a unit moves rights, and rights are the security administrator's: whoever keeps
 * the units moves only those nobody has a post in (GB/T 22239-2019 8.1.5.3).
 */
async function requireNoPosts(ctx: Context, units: readonly number[]): Promise<void> {
  const held = await findRow(
    ctx.tx,
    sql<{ posts: number }>`select count(*)::int as posts from org.post
      where (unit = any(${[...units]}::int[]) or scope = any(${[...units]}::int[])) and (valid_to is null or valid_to > ${ctx.now})`,
  );
  if (held && held.posts > 0) throw fault('org.unit_has_posts', { posts: held.posts });
}

/** What lies below a unit without being a territory of its own, or part of one. */
async function insideOf(tx: Tx, id: number): Promise<number[]> {
  const found = await rows(
    tx,
    sql<{ id: number }>`with recursive down as (
        select id from org.unit where id = ${id} union select u.id from org.unit u join down on u.parent = down.id where u.area <> u.id
      ) select id from down`,
  );
  return found.map((one) => one.id);
}

export const unitSave = handleAction(
  administration.unitSave,
  async (ctx, input) => {
    const unit = input.id === undefined ? await getUnit(ctx.tx, input.parent) : await getUnit(ctx.tx, input.id);
    return { org: unit.area, line: null, party: null };
  },
  async (ctx, input) => {
    const parent = await getUnit(ctx.tx, input.parent);
    // A unit is moved only between areas of the same administrator.
    if (!administers(ctx, 'sysadmin', parent.area)) throw fault('auth.forbidden', { permission: 'org.unitSave' });
    await requireSound(ctx, input, parent);
    const id = input.id ?? (await nextId(ctx.tx));
    if (input.id === undefined) {
      await refusing(
        write(
          ctx.tx,
          sql`insert into org.unit (id, code, name, short, kind, parent, area, division, lines, overall, ordering, phone, valid_from)
            values (${id}, ${input.code}, ${input.name}, ${input.short}, ${input.kind}, ${parent.id}, ${input.territorial ? id : parent.area},
              ${input.division ?? null}, ${input.lines}::text[], ${input.overall}, ${input.ordering}, ${input.phone ?? null}, ${ctx.now})`,
        ),
      );
    } else await change(ctx, id, input, parent);
    return { output: { id }, kind: 'org.unit', data: { unit: id } };
  },
);

async function nextId(tx: Tx): Promise<number> {
  const row = await findRow(tx, sql<{ id: number }>`select nextval('org.unit_id_seq')::int as id`);
  if (!row) throw new Error('the sequence of units answered nothing');
  return row.id;
}

type Uses = { children: number; posts: number; shifts: number };

export const unitClose = handleAction(
  administration.unitClose,
  async (ctx, { id }) => ({ org: (await getUnit(ctx.tx, id)).area, line: null, party: null }),
  async (ctx, { id }) => {
    const uses = await findRow(
      ctx.tx,
      sql<Uses>`select (select count(*)::int from org.unit where parent = ${id} and valid_to is null) as children,
        (select count(*)::int from org.post where (unit = ${id} or scope = ${id}) and (valid_to is null or valid_to > ${ctx.now})) as posts,
        (select count(*)::int from org.duty_shift where desk = ${id} and ends_at > ${ctx.now}) as shifts`,
    );
    if (uses && uses.children + uses.posts + uses.shifts > 0) throw fault('org.unit_in_use', uses);
    await write(ctx.tx, sql`update org.unit set valid_to = greatest(${ctx.now}, valid_from) where id = ${id}`);
    return { output: { id }, kind: 'org.unit', data: { unit: id } };
  },
);

export const committeeSave = handleAction(
  administration.committeeSave,
  async (ctx, { committee }) => ({ org: (await getUnit(ctx.tx, committee)).area, line: null, party: null }),
  async (ctx, { committee, members }) => {
    const unit = await getUnit(ctx.tx, committee);
    if (unit.kind !== 'committee') throw fault('org.not_committee', { unit: unit.name });
    if (!members.some((one) => one.duty === 'chair')) throw fault('org.chair_needed');
    const known = await rows(
      ctx.tx,
      sql<{ id: number }>`select id from org.unit where id = any(${members.map((one) => one.unit)}::int[]) and valid_to is null`,
    );
    const missing = members.find((one) => !known.some((row) => row.id === one.unit));
    if (missing) throw fault('org.unit_unknown', { unit: missing.unit });
    const people = await rows(
      ctx.tx,
      sql<{
        id: string;
      }>`select id from org.person where id = any(${members.flatMap((one) => one.person ?? [])}::uuid[]) and left_at is null`,
    );
    const stranger = members.find((one) => one.person !== undefined && !people.some((row) => row.id === one.person));
    if (stranger) throw fault('person.unknown', { people: [stranger.person] });
    await write(ctx.tx, sql`delete from org.committee_member where committee = ${committee}`);
    const added = await write(
      ctx.tx,
      sql`insert into org.committee_member (committee, member, duty, person, ordering)
        select ${committee}, t.* from unnest(${members.map((one) => one.unit)}::int[], ${members.map((one) => one.duty)}::text[],
          ${members.map((one) => one.person ?? null)}::uuid[]) with ordinality as t (member, duty, person, n) on conflict do nothing`,
    );
    return { output: { members: added }, kind: 'org.unit', data: { unit: committee } };
  },
);
