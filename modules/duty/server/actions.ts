import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { findRow, write } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { jobs } from '#kernel/server/jobs.ts';
import { postsInUnit } from '#modules/org/server/public.ts';
import { getSite } from '#modules/site/server/public.ts';
import { assign, end } from '../module.ts';
import { fits } from './fits.ts';
import { lookForOrphan } from './orphan-job.ts';

export const assignDuty = handleAction(
  assign,
  async (ctx, input) => {
    const site = await getSite(ctx.tx, input.site);
    return { org: site.org, line: site.line, party: site.id };
  },
  async (ctx, input) => {
    const site = await getSite(ctx.tx, input.site);
    const item = await findRow(ctx.tx, sql<{ side: string }>`select side from duty.item where id = ${input.item}`);
    if (item?.side !== input.side) throw fault('duty.unknown_item', { item: input.item });
    const [name] = await ctx.use(directory).personNames(ctx.tx, [input.official]);
    if (!name) throw fault('person.unknown', { people: [input.official] });
    if (!(await postsInUnit(ctx.tx, input.official, input.unit, ctx.now))) throw fault('duty.not_in_unit');
    if (!(await fits(ctx.tx, { side: input.side, unit: input.unit }, site))) throw fault('duty.unit_apart', { line: site.line });
    const taken = await findRow(
      ctx.tx,
      sql<{
        official: string;
      }>`select official from duty.register where site = ${site.id} and item = ${input.item} and unit = ${input.unit} and until is null and id <> ${input.id}`,
    );
    if (taken) {
      const [holder] = await ctx.use(directory).personNames(ctx.tx, [taken.official]);
      throw fault('duty.taken', { name: holder?.name ?? '' });
    }
    await write(
      ctx.tx,
      sql`insert into duty.register (id, site, side, unit, official, item, org, line, party, since)
        values (${input.id}, ${site.id}, ${input.side}, ${input.unit}, ${input.official}, ${input.item}, ${site.org}, ${site.line}, ${site.id}, ${ctx.now})`,
    );
    return { output: { id: input.id }, subject: site.id, kind: 'site.site' };
  },
);

export const endDuty = handleAction(
  end,
  async (ctx, input) => {
    const row = await findRow(
      ctx.tx,
      sql<{
        org: number;
        line: string;
        party: string;
      }>`select org, line, party from duty.register where id = ${input.id} and until is null`,
    );
    if (!row) throw fault('duty.unknown');
    return row;
  },
  async (ctx, input) => {
    const row = await findRow(ctx.tx, sql<{ site: string }>`select site from duty.register where id = ${input.id}`);
    if (row) await ctx.use(jobs).send(ctx.tx, lookForOrphan, { site: row.site }, { key: row.site });
    await write(
      ctx.tx,
      sql`update duty.register set until = ${ctx.now}, ended_why = ${input.reason} where id = ${input.id} and until is null`,
    );
    return { output: { id: input.id }, subject: input.id, kind: 'duty.register' };
  },
);
