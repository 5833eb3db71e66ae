import { type RawBuilder, sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { contains } from '#kernel/server/db/like.ts';
import { findRow, rows, type Tx } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { book } from '../module.ts';
import type { UnitLine } from '../schema.ts';
import { areaTree, upwards } from './area-tree.ts';
import { postsWhere } from './post-row.ts';
import { administers } from './rights.ts';

type UnitRow = Omit<UnitLine, 'closedAt'> & { closedAt: Date | null };

export const unitSelect = sql`u.id, u.code, u.name, u.short, u.kind, u.parent, u.area, a.short as "areaName", u.division, u.lines, u.overall, u.ordering,
  u.phone, u.valid_to as "closedAt", (select count(*)::int from org.unit c where c.parent = u.id and c.valid_to is null) as children`;
const unitFrom = sql`org.unit u join org.unit a on a.id = u.area`;

const lineOf = (row: UnitRow): UnitLine => ({ ...row, closedAt: row.closedAt?.toISOString() ?? null });

export const areasQuery = handleQuery(book.areas, async (ctx) => {
  const tree = await areaTree(ctx.tx);
  const found = await rows(
    ctx.tx,
    sql<{ id: number; code: string; name: string; unitName: string; kind: string }>`select id, code, short as name, name as "unitName", kind
      from org.unit where area = id and valid_to is null order by ordering, id`,
  );
  const mine = (org: number) => ctx.who.grants.some((grant) => grant.party === null && grant.orgs.includes(org));
  return {
    items: found.map((one) => ({
      ...one,
      level: upwards(tree, one.id).length,
      parent: tree.parent.get(one.id) ?? null,
      mine: mine(one.id),
    })),
  };
});

export const unitsQuery = handleQuery(book.units, async (ctx, input) => {
  const parts: RawBuilder<unknown>[] = [input.closed ? sql`true` : sql`u.valid_to is null`];
  if (input.parent !== undefined) parts.push(sql`u.parent = ${input.parent}`);
  if (input.area !== undefined) parts.push(sql`u.area = any(${await ctx.use(directory).subtree(ctx.tx, input.area)}::int[])`);
  if (input.kind) parts.push(sql`u.kind = ${input.kind}`);
  if (input.line) parts.push(sql`${input.line} = any(u.lines)`);
  if (input.text) parts.push(sql`(u.name like ${contains(input.text)} or u.short like ${contains(input.text)} or u.code = ${input.text})`);
  const where = sql.join(parts, sql` and `);
  const [found, total] = await Promise.all([
    rows(
      ctx.tx,
      sql<UnitRow>`select ${unitSelect} from ${unitFrom} where ${where} order by u.ordering, u.id limit ${input.limit} offset ${input.offset}`,
    ),
    findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from ${unitFrom} where ${where}`),
  ]);
  return { items: found.map(lineOf), total: total?.total ?? 0 };
});

export async function getUnitLine(tx: Tx, id: number): Promise<UnitLine> {
  const row = await findRow(tx, sql<UnitRow>`select ${unitSelect} from ${unitFrom} where u.id = ${id}`);
  if (!row) throw fault('record.not_found', { unit: id });
  return lineOf(row);
}

type PathRow = { id: number; name: string };

export const unitQuery = handleQuery(book.unit, async (ctx, { id }) => {
  const line = await getUnitLine(ctx.tx, id);
  const [path, posts, committees, desk] = await Promise.all([
    rows(
      ctx.tx,
      sql<PathRow>`with recursive up as (
          select id, short as name, parent, 0 as n from org.unit where id = ${line.parent}
          union all select u.id, u.short, u.parent, up.n + 1 from org.unit u join up on u.id = up.parent where up.n < 20
        ) select id, name from up order by n desc`,
    ),
    postsWhere(ctx.tx, sql`po.unit = ${id} and org.in_force(po.valid_from, po.valid_to, ${ctx.now}::timestamptz)`),
    rows(
      ctx.tx,
      sql<{ id: number; name: string; duty: 'chair' | 'deputy' | 'lead' | 'member' }>`select c.id, c.name, m.duty
        from org.committee_member m join org.unit c on c.id = m.committee and c.valid_to is null where m.member = ${id} order by c.ordering, c.id`,
    ),
    findRow(ctx.tx, sql`select 1 as one from org.duty_desk where unit = ${id}`),
  ]);
  return { ...line, path, posts, committees, desk: desk !== undefined, mayEdit: administers(ctx, 'sysadmin', line.area) };
});
