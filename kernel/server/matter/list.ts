import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { fault } from '../../fault.ts';
import { list, type matterFilter, mostCounted } from '../../matter-contract.ts';
import type { Context } from '../context.ts';
import { contains } from '../db/like.ts';
import { findRow, rows } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { handleQuery } from '../implement.ts';
import { matterColumns } from '../matter-row.ts';
import type { Registry } from '../registry.ts';
import { type KindRow, lineOf, namesFor } from './lines.ts';

type Filter = z.output<typeof matterFilter>;

/** The table of one kind, or the view over all. The kind is looked up, never pasted. */
export function source(registry: Registry, kind: string | undefined): { table: RawBuilder<unknown>; kind: RawBuilder<string> } {
  if (kind === undefined) return { table: sql`kernel.matter`, kind: sql`kind` };
  if (!registry.workflows.has(kind)) throw fault('record.not_found', { kind });
  return { table: sql.table(kind), kind: sql`${kind}::text` };
}

const orders: Record<Filter['sort'], RawBuilder<unknown>> = {
  due: sql`due nulls last, id`,
  '-openedAt': sql`opened_at desc, id`,
  openedAt: sql`opened_at, id`,
  level: sql`level nulls last, due nulls last, id`,
  '-enteredAt': sql`entered_at desc, id`,
};

/** The conditions of a filter; row-level security stands beside them, never instead of them. */
export async function conditions(ctx: Context, filter: Partial<Filter>): Promise<RawBuilder<unknown>> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (filter.state) parts.push(sql`state = any(${filter.state.split(',')}::text[])`);
  if (filter.open !== undefined) parts.push(filter.open ? sql`closed_at is null` : sql`closed_at is not null`);
  if (filter.overdue !== undefined) {
    parts.push(
      filter.overdue ? sql`closed_at is null and due <= ${ctx.now}` : sql`(due is null or due > ${ctx.now} or closed_at is not null)`,
    );
  }
  if (filter.level !== undefined) parts.push(sql`level = ${filter.level}`);
  if (filter.org !== undefined) parts.push(sql`org = any(${await ctx.use(directory).subtree(ctx.tx, filter.org)}::int[])`);
  if (filter.line !== undefined) parts.push(sql`line = ${filter.line}`);
  if (filter.party !== undefined) parts.push(sql`party = ${filter.party}::uuid`);
  if (filter.mine) parts.push(sql`starter = ${ctx.who.person}::uuid`);
  // Exercises run on the same screens, marked; statistics leave them out.
  if (filter.exercise !== undefined) parts.push(sql`exercise = ${filter.exercise}`);
  if (filter.text) {
    const like = contains(filter.text);
    parts.push(sql`(title like ${like} or code ilike ${like} or place like ${like})`);
  }
  return sql.join(parts, sql` and `);
}

export function listQuery(registry: Registry) {
  return handleQuery(list, async (ctx, filter) => {
    const from = source(registry, filter.kind);
    const where = await conditions(ctx, filter);
    const [found, count] = await Promise.all([
      rows(
        ctx.tx,
        sql<KindRow>`select ${from.kind} as kind, ${sql.raw(matterColumns)} from ${from.table} where ${where}
          order by ${orders[filter.sort]} limit ${filter.limit} offset ${filter.offset}`,
      ),
      findRow(
        ctx.tx,
        sql<{
          counted: number;
        }>`select count(*)::int as counted from (select from ${from.table} where ${where} limit ${mostCounted + 1}) as bounded`,
      ),
    ]);
    const names = await namesFor(ctx, found);
    const counted = count?.counted ?? 0;
    return { items: found.map((row) => lineOf(row, names)), total: Math.min(counted, mostCounted), more: counted > mostCounted };
  });
}
