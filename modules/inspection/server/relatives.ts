import { type RawBuilder, sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { distance } from '#kernel/geo/measure.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { siteNames } from '#modules/site/server/public.ts';
import { alike, sameFrom } from '../likeness.ts';
import { listed, type RelativeLine, relatives, similar } from '../queries.ts';

type Row = Omit<RelativeLine, 'openedAt' | 'closedAt'> & {
  openedAt: Date;
  closedAt: Date | null;
  point: { x: number; y: number } | null;
};

const dayMs = 86_400_000;
/** 近期: closed hazards are still worth showing beside a new one; a choice, not a rule. */
const lately = 90;
/** Public places have no object: what lies farther away is another place. */
const nearMetres = 300;
/** So many of the newest are compared; beyond them nobody means the same hazard. */
const most = 200;

const columns = sql`h.id, h.code, h.description, h.state, h.opened_at as "openedAt", h.closed_at as "closedAt", h.point`;
const newest = (ctx: Context, where: RawBuilder<unknown>) =>
  rows(ctx.tx, sql<Row>`select ${columns} from inspection.hazard h where ${where} order by h.opened_at desc limit ${most}`);

const line = ({ point: _, openedAt, closedAt, ...row }: Row): RelativeLine => ({
  ...row,
  openedAt: openedAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
});

export const similarQuery = handleQuery(similar, async (ctx, input) => {
  if (!input.site && input.org === undefined) return { items: [] };
  const place = input.site ? sql`h.site = ${input.site}` : sql`h.site is null and h.org = ${input.org}`;
  const since = new Date(ctx.now.getTime() - lately * dayMs);
  const found = await newest(ctx, sql`${place} and (h.closed_at is null or h.closed_at > ${since}) and h.state <> 'dismissed'`);
  const { lng, lat } = input;
  const near = found.filter(
    ({ point }) => input.site || lng === undefined || lat === undefined || !point || distance([lng, lat], [point.x, point.y]) <= nearMetres,
  );
  return { items: alike(input.description, near).map(({ likeness, ...row }) => ({ ...line(row), likeness })) };
});

type Found = { site?: string | undefined; wording?: string | undefined; category: string; description: string };

/**
 * 反复出现: the newest hazard of the same object closed within twelve months that had the same standard wording, or the same
 * category and nearly the same words (a category alone would call every second blocked exit a relapse).
 */
export async function findFormer(ctx: Context, input: Found): Promise<string | null> {
  if (!input.site) return null;
  const since = new Date(ctx.now.getTime() - 365 * dayMs);
  const closed = await newest(
    ctx,
    sql`h.site = ${input.site} and h.closed_at > ${since} and h.state = 'closed'
      and (h.category = ${input.category} or h.wording = ${input.wording ?? null})`,
  );
  if (closed.length === 0) return null;
  const same = input.wording
    ? await findRow(
        ctx.tx,
        sql<{ id: string }>`select id from inspection.hazard where site = ${input.site} and wording = ${input.wording}
          and closed_at > ${since} and state = 'closed' order by closed_at desc limit 1`,
      )
    : undefined;
  return same?.id ?? alike(input.description, closed, sameFrom, 1)[0]?.id ?? null;
}

export const relativesQuery = handleQuery(relatives, async (ctx, input) => {
  const own = await findRow(ctx.tx, sql<{ recurs: string | null }>`select recurs from inspection.hazard where id = ${input.id}`);
  if (!own) throw fault('record.not_found');
  const former = own.recurs ? await newest(ctx, sql`h.id = ${own.recurs}`) : [];
  const later = await newest(ctx, sql`h.recurs = ${input.id}`);
  return { former: former[0] ? line(former[0]) : null, later: later.map(line) };
});

type Listed = {
  code: string;
  site: string | null;
  org: number;
  description: string;
  state: string;
  openedAt: Date;
  due: Date | null;
};

export const listedQuery = handleQuery(listed, async (ctx, input) => {
  const found = await rows(
    ctx.tx,
    sql<Listed>`select h.code, h.site, h.org, h.description, h.state, h.opened_at as "openedAt", h.due from inspection.hazard h
      where h.supervised and h.closed_at is null order by h.opened_at desc, h.id limit ${input.limit} offset ${input.offset}`,
  );
  const sites = await siteNames(
    ctx.tx,
    found.flatMap((row) => row.site ?? []),
  );
  const units = await ctx.use(directory).unitNames(ctx.tx, [...new Set(found.map((row) => row.org))]);
  return {
    items: found.map(({ org, ...row }) => ({
      ...row,
      site: row.site ? (sites.get(row.site) ?? null) : null,
      orgName: units.find((unit) => unit.id === org)?.name ?? '',
      openedAt: row.openedAt.toISOString(),
      due: row.due?.toISOString() ?? null,
    })),
  };
});
