import { sql } from 'kysely';
import { addDays, chinaDate, startOfDay } from '#kernel/calendar.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { hashesOf } from '#kernel/server/files/pictures.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { siteNames } from '#modules/site/server/public.ts';
import { effects } from '../module.ts';
import { type DoneCheck, type Pretence, pretences, suspects } from '../pretend.ts';
import { runningEffect } from '../running-effect.ts';

/** The Monday of a day's week. */
function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

type Count = { site: string; planned: number; done: number };
type Hazards = { site: string; due: number; accepted: number };
type Week = { from: Date; to: Date };

/** Worst first: by the share of rounds that were missed. */
export const effectsQuery = handleQuery(effects, async (ctx, input) => {
  const monday = mondayOf(input.week ?? addDays(chinaDate(ctx.now), -7));
  const week = { from: startOfDay(monday), to: startOfDay(addDays(monday, 7)) };
  const within = input.org === undefined ? sql`` : sql`and org = any(${await ctx.use(directory).subtree(ctx.tx, input.org)}::int[])`;
  const window = sql`closes > ${week.from} and closes <= ${week.to} ${within}`;
  const counted = await rows(
    ctx.tx,
    sql<Count>`select party as site, count(*)::int as planned, count(done_at)::int as done from risk.round where ${window}
      group by party order by count(done_at)::float8 / count(*), party limit ${input.limit} offset ${input.offset}`,
  );
  const total = await findRow(ctx.tx, sql<{ total: number }>`select count(distinct party)::int as total from risk.round where ${window}`);
  const sites = counted.map((one) => one.site);
  const [names, hazards, found] = [await siteNames(ctx.tx, sites), await hazardsOf(ctx, sites, week), await suspectsOf(ctx, sites, week)];
  return {
    from: monday,
    to: addDays(monday, 6),
    items: counted.map((one) => {
      const { due, accepted } = hazards.get(one.site) ?? { due: 0, accepted: 0 };
      const figures = { ...one, due, accepted };
      const effect = runningEffect({ ...figures, dutyDeduction: 0, fewDeduction: 0, veto: false });
      return { ...figures, ...effect, siteName: names.get(one.site) ?? '', suspects: found.get(one.site) ?? [] };
    }),
    total: total?.total ?? 0,
  };
});

/** 应整改: what had to be closed by the week's end, closed in it or still open after its deadline. */
async function hazardsOf(ctx: Context, sites: readonly string[], week: Week): Promise<Map<string, Hazards>> {
  const found = await rows(
    ctx.tx,
    sql<Hazards>`select party as site, count(*)::int as due, (count(*) filter (where closed_at is not null))::int as accepted
      from kernel.matter where kind = 'inspection.hazard' and party = any(${sites}::uuid[]) and not exercise and state <> 'dismissed'
        and ((closed_at > ${week.from} and closed_at <= ${week.to}) or (closed_at is null and due <= ${week.to}))
      group by party`,
  );
  return new Map(found.map((one) => [one.site, one]));
}

type DoneRow = Omit<DoneCheck, 'at'> & { site: string; at: Date };
type Suspects = { what: Pretence; count: number; checks: string[] }[];

/** At most so many checks of the shown objects are looked at, the latest first: a week of one plant has some hundreds. */
const most = 20_000;

async function suspectsOf(ctx: Context, sites: readonly string[], week: Week): Promise<Map<string, Suspects>> {
  const done = await rows(
    ctx.tx,
    sql<DoneRow>`select party as site, id, done_by as by, done_at as at, result, note, photos, place from risk.round
      where party = any(${sites}::uuid[]) and done_at is not null and closes > ${week.from} and closes <= ${week.to} order by done_at desc limit ${most}`,
  );
  const hashes = await hashesOf(
    ctx.tx,
    done.flatMap((one) => one.photos),
  );
  const bySite = Map.groupBy(done.reverse(), (one) => one.site);
  return new Map(
    [...bySite].map(([site, checks]) => {
      const found = suspects(
        checks.map((one) => ({ ...one, at: one.at.getTime(), photos: one.photos.flatMap((id) => hashes.get(id) ?? []) })),
      );
      const kinds = (Object.keys(pretences) as Pretence[]).flatMap((what) => {
        const these = found.filter((one) => one.what === what);
        return these.length === 0
          ? []
          : [{ what, count: these.length, checks: [...new Set(these.flatMap((one) => one.checks))].slice(0, 200) }];
      });
      return [site, kinds];
    }),
  );
}
