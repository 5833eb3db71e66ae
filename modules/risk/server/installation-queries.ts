import { type RawBuilder, sql } from 'kysely';
import { chinaDate } from '#kernel/calendar.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { siteNames } from '#modules/site/server/public.ts';
import type { Installation } from '../installation.ts';
import type { Identification } from '../major-hazard.ts';
import { installations, promises } from '../module.ts';
import { unitNames } from './queries.ts';

type Row = Pick<Installation, 'id' | 'site' | 'name' | 'type' | 'held' | 'filedNo'> & {
  org: number;
  result: Identification;
  officers: Record<string, { name: string }> | null;
  assessedAt: Date;
  reassessDue: Date;
};

export const installationsQuery = handleQuery(installations, async (ctx, input) => {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (input.site) parts.push(sql`i.site = ${input.site}`);
  if (input.org !== undefined) parts.push(sql`i.org = any(${await ctx.use(directory).subtree(ctx.tx, input.org)}::int[])`);
  if (input.grade !== undefined) parts.push(sql`i.grade = ${input.grade}`);
  const where = sql.join(parts, sql` and `);
  const found = await rows(
    ctx.tx,
    sql<Row>`select i.id, i.site, i.org, i.name, i.type, i.held, i.result, i.officers, i.filed_no as "filedNo", i.assessed_at as "assessedAt",
      i.reassess_due as "reassessDue" from risk.installation i where ${where}
      order by i.grade nulls last, i.name, i.id limit ${input.limit} offset ${input.offset}`,
  );
  const total = await findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from risk.installation i where ${where}`);
  const [sites, units] = await Promise.all([
    siteNames(
      ctx.tx,
      found.map((row) => row.site),
    ),
    unitNames(
      ctx,
      found.map((row) => row.org),
    ),
  ]);
  const items = found.map(({ org, result, officers, assessedAt, reassessDue, ...row }) => ({
    ...row,
    ...result,
    siteName: sites.get(row.site) ?? '',
    orgName: units.get(org) ?? '',
    officers: officers && Object.fromEntries(Object.entries(officers).map(([key, one]) => [key, one.name])),
    assessedAt: assessedAt.toISOString(),
    reassessDue: reassessDue.toISOString(),
  }));
  return { items, total: total?.total ?? 0 };
});

type PromiseRow = {
  site: string;
  day: string;
  running: number;
  stopped: number;
  specialWork: number;
  level: number;
  words: string;
  by: string;
  at: Date;
};

export const promisesQuery = handleQuery(promises, async (ctx, input) => {
  const day = input.day ?? chinaDate(ctx.now);
  const only = input.site ? sql`and site = ${input.site}` : sql``;
  const found = await rows(
    ctx.tx,
    sql<PromiseRow>`select site, day, running, stopped, special_work as "specialWork", level, words, by, at from risk.promise
      where day = ${day} ${only} order by level, site limit ${input.limit}`,
  );
  const silent = await rows(
    ctx.tx,
    sql<{ site: string }>`select distinct site from risk.installation i where major ${only}
      and not exists (select 1 from risk.promise p where p.site = i.site and p.day = ${day}) order by site limit ${input.limit}`,
  );
  const sites = await siteNames(
    ctx.tx,
    [...found, ...silent].map((row) => row.site),
  );
  return {
    items: found.map((row) => ({ ...row, siteName: sites.get(row.site) ?? '', at: row.at.toISOString() })),
    missing: silent.map((row) => ({ site: row.site, siteName: sites.get(row.site) ?? '' })),
  };
});
