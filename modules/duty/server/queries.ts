import { type RawBuilder, sql } from 'kysely';
import type { Context } from '#kernel/server/context.ts';
import { contains } from '#kernel/server/db/like.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { activeOfficials } from '#modules/org/server/public.ts';
import { siteTable } from '#modules/site/server/public.ts';
import { items, orphans, overlaps, register } from '../module.ts';
import type { Side } from '../schema.ts';

async function subtree(ctx: Context, org: number | undefined): Promise<RawBuilder<unknown>> {
  return org === undefined ? sql`true` : sql`s.org = any(${await ctx.use(directory).subtree(ctx.tx, org)}::int[])`;
}

async function named(ctx: Context, orgs: readonly number[], units: readonly number[], people: readonly string[]) {
  const book = ctx.use(directory);
  const [unitNames, personNames] = await Promise.all([
    book.unitNames(ctx.tx, [...new Set([...orgs, ...units])]),
    book.personNames(ctx.tx, [...new Set(people)]),
  ]);
  const unit = new Map(unitNames.map((one) => [one.id, one.short || one.name]));
  const person = new Map(personNames.map((one) => [one.id, one.name]));
  return { unit: (id: number) => unit.get(id) ?? '', person: (id: string) => person.get(id) ?? '' };
}

type RegisterRow = {
  id: string;
  site: string;
  siteName: string;
  org: number;
  line: string;
  side: Side;
  unit: number;
  official: string;
  item: string;
  itemTitle: string;
  since: Date;
  until: Date | null;
};

export const registerQuery = handleQuery(register, async (ctx, input) => {
  const parts: RawBuilder<unknown>[] = [await subtree(ctx, input.org), sql`r.until is null`];
  if (input.site) parts.push(sql`r.site = ${input.site}`);
  if (input.unit !== undefined) parts.push(sql`r.unit = ${input.unit}`);
  if (input.official) parts.push(sql`r.official = ${input.official}`);
  if (input.side) parts.push(sql`r.side = ${input.side}`);
  if (input.text) parts.push(sql`s.name like ${contains(input.text)}`);
  const where = sql.join(parts, sql` and `);
  const from = sql`duty.register r join ${siteTable} s on s.id = r.site join duty.item i on i.id = r.item where ${where}`;
  const found = await rows(
    ctx.tx,
    sql<RegisterRow>`select r.id, r.site, s.name as "siteName", s.org, s.line, r.side, r.unit, r.official, r.item, i.title as "itemTitle", r.since, r.until
      from ${from} order by s.name, r.side, r.id limit ${input.limit} offset ${input.offset}`,
  );
  const total = await findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from ${from}`);
  const names = await named(
    ctx,
    found.map((row) => row.org),
    found.map((row) => row.unit),
    found.map((row) => row.official),
  );
  return {
    items: found.map((row) => ({
      ...row,
      orgName: names.unit(row.org),
      unitName: names.unit(row.unit),
      officialName: names.person(row.official),
      since: row.since.toISOString(),
      until: row.until?.toISOString() ?? null,
    })),
    total: total?.total ?? 0,
  };
});

type OrphanRow = { site: string; siteName: string; org: number; line: string; side: Side; official: string | null };

export const orphansQuery = handleQuery(orphans, async (ctx, input) => {
  const scope = await subtree(ctx, input.org);
  // A line counts only while its official still holds a post in that unit: the person who left leaves the object without anyone.
  const alive = sql`exists (select 1 from duty.register r join ${activeOfficials(ctx.now)} p on p.person = r.official and p.unit = r.unit
    where r.site = s.id and r.side = side.side and r.until is null)`;
  const from = sql`${siteTable} s cross join (values ('industry'), ('territory')) side(side)
    where s.status = 'active' and ${scope} and ${input.side ? sql`side.side = ${input.side}` : sql`true`} and not ${alive}`;
  const found = await rows(
    ctx.tx,
    sql<OrphanRow>`select s.id as site, s.name as "siteName", s.org, s.line, side.side,
      (select r.official from duty.register r where r.site = s.id and r.side = side.side and r.until is null limit 1) as official
      from ${from} order by s.name, side.side limit ${input.limit} offset ${input.offset}`,
  );
  const total = await findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from ${from}`);
  const names = await named(
    ctx,
    found.map((row) => row.org),
    [],
    found.flatMap((row) => row.official ?? []),
  );
  return {
    items: found.map(({ official, ...row }) => ({
      ...row,
      orgName: names.unit(row.org),
      why: official === null ? ('none' as const) : ('left' as const),
      officialName: official === null ? null : names.person(official),
    })),
    total: total?.total ?? 0,
  };
});

type OverlapRow = { site: string; siteName: string; org: number; side: Side; units: number[]; officials: string[] };

export const overlapsQuery = handleQuery(overlaps, async (ctx, input) => {
  const scope = await subtree(ctx, input.org);
  const grouped = sql`select s.id as site, s.name as "siteName", s.org, r.side, array_agg(distinct r.unit) as units, array_agg(distinct r.official) as officials
    from duty.register r join ${siteTable} s on s.id = r.site where r.until is null and s.status = 'active' and ${scope}
    group by s.id, s.name, s.org, r.side having count(distinct r.unit) > 1`;
  const found = await rows(ctx.tx, sql<OverlapRow>`${grouped} order by s.name, r.side limit ${input.limit} offset ${input.offset}`);
  const total = await findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from (${grouped}) o`);
  const names = await named(
    ctx,
    found.map((row) => row.org),
    found.flatMap((row) => row.units),
    found.flatMap((row) => row.officials),
  );
  return {
    items: found.map((row) => ({
      ...row,
      orgName: names.unit(row.org),
      units: row.units.map(names.unit),
      officials: row.officials.map(names.person),
    })),
    total: total?.total ?? 0,
  };
});

export const itemsQuery = handleQuery(items, async (ctx) => ({
  items: await rows(
    ctx.tx,
    sql<{
      id: string;
      side: Side;
      title: string;
      basis: string;
      beat: string;
    }>`select id, side, title, basis, beat from duty.item order by id`,
  ),
}));
