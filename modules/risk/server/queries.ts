import { type RawBuilder, sql } from 'kysely';
import { chinaDate, endOfDay, startOfDay } from '#kernel/calendar.ts';
import { fault } from '#kernel/fault.ts';
import type { Context } from '#kernel/server/context.ts';
import { contains } from '#kernel/server/db/like.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { siteNames } from '#modules/site/server/public.ts';
import { type CheckLine, checks, type PointLine, point, points } from '../module.ts';
import { treeSchema } from '../schema.ts';

type PointRow = Omit<PointLine, 'siteName' | 'orgName' | 'assessedAt' | 'reassessDue' | 'overdue' | 'lng' | 'lat'> & {
  assessedAt: Date;
  reassessDue: Date;
  place: { x: number; y: number } | null;
};

const pointColumns = sql`p.id, p.site, p.name, p.type, p.level, p.inherent, p.department, p.keeper, p.org, p.version,
  p.assessed_at as "assessedAt", p.reassess_due as "reassessDue", p.point as place`;

async function pointLines(ctx: Context, found: readonly PointRow[]): Promise<PointLine[]> {
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
  return found.map(({ place, assessedAt, reassessDue, ...row }) => ({
    ...row,
    siteName: sites.get(row.site) ?? '',
    orgName: units.get(row.org) ?? '',
    assessedAt: assessedAt.toISOString(),
    reassessDue: reassessDue.toISOString(),
    overdue: reassessDue <= ctx.now,
    lng: place?.x ?? null,
    lat: place?.y ?? null,
  }));
}

export async function unitNames(ctx: Context, ids: readonly number[]): Promise<Map<number, string>> {
  const named = await ctx.use(directory).unitNames(ctx.tx, [...new Set(ids)]);
  return new Map(named.map((unit) => [unit.id, unit.short || unit.name]));
}

export const pointsQuery = handleQuery(points, async (ctx, input) => {
  const parts: RawBuilder<unknown>[] = [sql`p.retired_at is null`];
  if (input.site) parts.push(sql`p.site = ${input.site}`);
  if (input.org !== undefined) parts.push(sql`p.org = any(${await ctx.use(directory).subtree(ctx.tx, input.org)}::int[])`);
  if (input.overdue !== undefined) parts.push(input.overdue ? sql`p.reassess_due <= ${ctx.now}` : sql`p.reassess_due > ${ctx.now}`);
  if (input.text) parts.push(sql`p.name like ${contains(input.text)}`);
  const all = sql.join(parts, sql` and `);
  const where = input.level === undefined ? all : sql`${all} and p.level = ${input.level}`;
  const [found, byLevel] = await Promise.all([
    rows(
      ctx.tx,
      sql<PointRow>`select ${pointColumns} from risk.point p where ${where} order by p.level, p.name, p.id limit ${input.limit} offset ${input.offset}`,
    ),
    rows(
      ctx.tx,
      sql<{
        level: number;
        count: number;
      }>`select p.level, count(*)::int as count from risk.point p where ${all} group by p.level order by p.level`,
    ),
  ]);
  const total = byLevel.filter((one) => input.level === undefined || one.level === input.level).reduce((sum, one) => sum + one.count, 0);
  return { items: await pointLines(ctx, found), total, byLevel };
});

export const pointQuery = handleQuery(point, async (ctx, input) => {
  const row = await findRow(ctx.tx, sql<PointRow>`select ${pointColumns} from risk.point p where p.id = ${input.id}`);
  if (!row) throw fault('record.not_found');
  const versions = await rows(
    ctx.tx,
    sql<{ version: number; at: Date; assessment: string; reason: string }>`select version, at, assessment, reason from risk.version
      where point = ${input.id} order by version desc`,
  );
  const kept = await findRow(
    ctx.tx,
    sql<{ tree: unknown }>`select tree from risk.version where point = ${input.id} and version = ${input.version ?? row.version}`,
  );
  const [line] = await pointLines(ctx, [row]);
  if (!kept || !line) throw fault('record.not_found');
  return { ...line, tree: treeSchema.parse(kept.tree), versions: versions.map((one) => ({ ...one, at: one.at.toISOString() })) };
});

type CheckRow = Omit<CheckLine, 'siteName' | 'state' | 'opens' | 'closes' | 'doneAt' | 'doneByName'> & {
  opens: Date;
  closes: Date;
  doneAt: Date | null;
  doneBy: string | null;
};

const states = {
  open: (now: Date) => sql`r.done_at is null and r.closes > ${now}`,
  done: () => sql`r.done_at is not null`,
  missed: (now: Date) => sql`r.done_at is null and r.closes <= ${now}`,
} as const;

function stateOf(row: CheckRow, now: Date): CheckLine['state'] {
  if (row.doneAt) return 'done';
  if (now >= row.closes) return 'missed';
  return now < row.opens ? 'waiting' : 'open';
}

export const checksQuery = handleQuery(checks, async (ctx, input) => {
  const day = input.day ?? chinaDate(ctx.now);
  const parts: RawBuilder<unknown>[] = [sql`r.opens < ${endOfDay(day)} and r.closes > ${startOfDay(day)}`];
  if (input.site) parts.push(sql`r.party = ${input.site}`);
  const all = sql.join(parts, sql` and `);
  const where = input.state ? sql`${all} and ${states[input.state](ctx.now)}` : all;
  const [found, counts] = await Promise.all([
    rows(
      ctx.tx,
      sql<CheckRow>`select r.id, r.party as site, r.point, p.name as "pointName", l.what, l.level, l.role, r.opens, r.closes, r.result,
          r.done_at as "doneAt", r.done_by as "doneBy"
        from risk.round r join risk.plan l on l.id = r.plan join risk.point p on p.id = r.point
        where ${where} order by (r.done_at is not null), l.level, r.closes, r.id limit ${input.limit} offset ${input.offset}`,
    ),
    findRow(
      ctx.tx,
      sql<{
        planned: number;
        done: number;
        missed: number;
        open: number;
      }>`select count(*)::int as planned, (count(*) filter (where ${states.done()}))::int as done,
        (count(*) filter (where ${states.missed(ctx.now)}))::int as missed, (count(*) filter (where ${states.open(ctx.now)}))::int as open
        from risk.round r where ${all}`,
    ),
  ]);
  const sites = await siteNames(
    ctx.tx,
    found.map((row) => row.site),
  );
  const people = await ctx.use(directory).personNames(ctx.tx, [...new Set(found.flatMap((row) => row.doneBy ?? []))]);
  return {
    items: found.map(({ doneBy, ...row }) => ({
      ...row,
      siteName: sites.get(row.site) ?? '',
      state: stateOf({ ...row, doneBy }, ctx.now),
      opens: row.opens.toISOString(),
      closes: row.closes.toISOString(),
      doneAt: row.doneAt?.toISOString() ?? null,
      doneByName: doneBy === null ? null : (people.find((one) => one.id === doneBy)?.name ?? ''),
    })),
    counts: counts ?? { planned: 0, done: 0, missed: 0, open: 0 },
  };
});
