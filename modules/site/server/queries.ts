import { type RawBuilder, sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { can } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { contains } from '#kernel/server/db/like.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { contact, get, list, save, search } from '../module.ts';
import type { SiteLine } from '../schema.ts';

type Row = Omit<SiteLine, 'orgName' | 'lng' | 'lat'> & { point: { x: number; y: number } | null };

const columns = sql`s.id, s.name, s.kind, s.credit_code as "creditCode", s.line, s.org, s.address, s.point, s.level, s.status,
  (select count(*)::int from kernel.matter m where m.party = s.id and m.closed_at is null) as "openHazards"`;

async function lines<R extends Row>(ctx: Context, found: readonly R[]): Promise<(R & SiteLine)[]> {
  const named = await ctx.use(directory).unitNames(ctx.tx, [...new Set(found.map((row) => row.org))]);
  const names = new Map(named.map((unit) => [unit.id, unit.short || unit.name]));
  return found.map((row) => ({ ...row, orgName: names.get(row.org) ?? '', lng: row.point?.x ?? null, lat: row.point?.y ?? null }));
}

const matching = (text: string) =>
  sql`(s.name like ${contains(text)} or s.credit_code = upper(${text}) or s.address like ${contains(text)})`;

export const listQuery = handleQuery(list, async (ctx, input) => {
  const parts: RawBuilder<unknown>[] = [sql`s.status = ${input.status}`];
  if (input.text) parts.push(matching(input.text));
  if (input.org !== undefined) parts.push(sql`s.org = any(${await ctx.use(directory).subtree(ctx.tx, input.org)}::int[])`);
  if (input.line) parts.push(sql`s.line = ${input.line}`);
  if (input.kind) parts.push(sql`s.kind = ${input.kind}`);
  if (input.level !== undefined) parts.push(sql`s.level = ${input.level}`);
  const where = sql.join(parts, sql` and `);
  const found = await rows(
    ctx.tx,
    sql<Row>`select ${columns} from site.site s where ${where} order by s.name, s.id limit ${input.limit} offset ${input.offset}`,
  );
  const total = await findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from site.site s where ${where}`);
  return { items: await lines(ctx, found), total: total?.total ?? 0 };
});

export const searchQuery = handleQuery(search, async (ctx, input) => {
  const where = input.text ? matching(input.text) : sql`true`;
  const found = await rows(
    ctx.tx,
    sql<Row>`select ${columns} from site.site s where s.status = 'active' and ${where} order by s.name, s.id limit ${input.limit}`,
  );
  return { items: await lines(ctx, found) };
});

const mask = (phone: string | null) => (phone === null ? null : phone.replace(/^(.{3}).*(.{4})$/, '$1****$2'));

type FullRow = Row & { industry: string | null; headcount: number | null; principal: string | null; phone: string | null; made_at: Date };

export const getQuery = handleQuery(get, async (ctx, input) => {
  const row = await findRow(
    ctx.tx,
    sql<FullRow>`select ${columns}, s.industry, s.headcount, s.principal, s.phone, s.made_at from site.site s where s.id = ${input.id}`,
  );
  if (!row) throw fault('record.not_found');
  const [line] = await lines(ctx, [row]);
  if (!line) throw fault('record.not_found');
  const { phone, made_at, ...rest } = line;
  const mayEdit = Array.isArray(save.by) && can(ctx.who, save.by, { org: row.org, line: row.line, party: row.id }) !== null;
  return { ...rest, phoneMasked: mask(phone), madeAt: made_at.toISOString(), mayEdit };
});

export const contactQuery = handleQuery(
  contact,
  async (ctx, input) => {
    const row = await findRow(
      ctx.tx,
      sql<{ principal: string | null; phone: string | null }>`select principal, phone from site.site where id = ${input.id}`,
    );
    if (!row) throw fault('record.not_found');
    return row;
  },
  (input) => input.id,
);
