import { sql } from 'kysely';
import type { ParsedOf } from '#kernel/contract.ts';
import { fault } from '#kernel/fault.ts';
import { newId } from '#kernel/id.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, write } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { administration } from '../module.ts';
import { refusing } from './database-fault.ts';
import { getPerson } from './person-actions.ts';
import type { UnitRef } from './public.ts';
import { administers } from './rights.ts';
import { getUnit, requireLines } from './unit-actions.ts';

type Input = ParsedOf<typeof administration.postGive>;

/** The unit of the post; an enterprise's post has none, but its area. */
async function unitOf(ctx: Context, input: Input): Promise<UnitRef | null> {
  const enterprise = input.role === 'enterprise';
  const complete = enterprise
    ? input.party !== undefined && input.scope !== undefined && input.unit === undefined
    : input.unit !== undefined && input.party === undefined;
  if (!complete) throw fault('org.place_needed');
  return input.unit === undefined ? null : getUnit(ctx.tx, input.unit);
}

async function scopeOf(ctx: Context, input: Input, unit: UnitRef | null): Promise<number> {
  if (input.scope === undefined) return unit?.area ?? 0;
  const scope = await getUnit(ctx.tx, input.scope);
  const inside = unit === null || (await ctx.use(directory).subtree(ctx.tx, unit.area)).includes(scope.id);
  if (scope.area !== scope.id || !inside) throw fault('org.scope_outside');
  return scope.id;
}

/** Left out: those of the unit. A department's post never supervises more than its department (最小权限). */
function linesOf(input: Input, unit: UnitRef | null): string[] | null {
  if (unit === null) return null;
  if (input.lines === undefined) return unit.overall ? null : unit.lines;
  requireLines(input.lines ?? []);
  const outside = input.lines === null ? true : input.lines.some((line) => !unit.lines.includes(line));
  if (!unit.overall && outside) throw fault('org.lines_outside');
  return input.lines;
}

export const postGive = handleAction(
  administration.postGive,
  async (ctx, input) => ({ org: (await unitOf(ctx, input))?.area ?? input.scope ?? null, line: null, party: null }),
  async (ctx, input) => {
    if (input.person === ctx.who.person) throw fault('org.not_oneself');
    const person = await getPerson(ctx.tx, input.person);
    if ((input.party ?? null) !== person.party) throw fault('org.place_needed');
    const unit = await unitOf(ctx, input);
    const from = input.from === undefined ? ctx.now : new Date(input.from);
    const to = input.to === undefined ? null : new Date(input.to);
    if (to !== null && to <= from) throw fault('org.period');
    const first = !(await findRow(
      ctx.tx,
      sql`select 1 as one from org.post where person = ${input.person}::uuid and (valid_to is null or valid_to > ${ctx.now})`,
    ));
    const id = newId(ctx.now.getTime());
    await refusing(
      write(
        ctx.tx,
        sql`insert into org.post (id, person, unit, party, title, role, scope, lines, main, valid_from, valid_to)
          values (${id}, ${input.person}, ${unit?.id ?? null}, ${input.party ?? null}, ${input.title}, ${input.role}, ${await scopeOf(ctx, input, unit)},
            ${linesOf(input, unit)}::text[], ${input.main || first}, ${from}, ${to})`,
      ),
    );
    return { output: { id }, subject: input.person, kind: 'org.person', data: { post: id } };
  },
);

type Held = { person: string; role: string; org: number };

const heldPost = (ctx: Context, id: string) =>
  findRow(
    ctx.tx,
    sql<Held>`select po.person, po.role, coalesce(u.area, po.scope) as org from org.post po left join org.unit u on u.id = po.unit
      where po.id = ${id}::uuid and (po.valid_to is null or po.valid_to > ${ctx.now})`,
  );

export const postEnd = handleAction(
  administration.postEnd,
  async (ctx, { id }) => {
    const held = await heldPost(ctx, id);
    if (!held) throw fault('org.post_unknown', { post: id });
    return { org: held.org, line: null, party: null };
  },
  async (ctx, { id, at }) => {
    const held = await heldPost(ctx, id);
    if (!held) throw fault('org.post_unknown', { post: id });
    if (held.person === ctx.who.person || !administers(ctx, 'secadmin', held.org)) throw fault('org.not_oneself');
    const end = at === undefined ? ctx.now : new Date(at);
    // Rights that were used were held: a post is never ended backwards.
    if (end < ctx.now) throw fault('org.past');
    await write(ctx.tx, sql`update org.post set valid_to = greatest(${end}, valid_from) where id = ${id}::uuid`);
    return { output: { id }, subject: held.person, kind: 'org.person', data: { post: id, role: held.role } };
  },
);
