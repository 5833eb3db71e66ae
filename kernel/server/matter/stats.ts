import { sql } from 'kysely';
import { stats } from '../../matter-contract.ts';
import { findRow, rows } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { handleQuery } from '../implement.ts';
import type { Registry } from '../registry.ts';
import { conditions, source } from './list.ts';

type Totals = {
  total: number;
  open: number;
  overdue: number;
  closed: number;
  closedOnTime: number;
  hoursMedian: number | null;
  hoursP90: number | null;
};

/**
 * Statistics of one kind, computed from the records and the ledger, never typed in. Exercises do not count.
 * `from` and `to` are days in China time and bound the opening; a matter closed in its last state's time is on time.
 */
export function statsQuery(registry: Registry) {
  return handleQuery(stats, async (ctx, input) => {
    const { table } = source(registry, input.kind);
    const filter = await conditions(ctx, {
      ...(input.org === undefined ? {} : { org: input.org }),
      ...(input.line === undefined ? {} : { line: input.line }),
      exercise: false,
    });
    const from = input.from ? sql`and opened_at >= ${`${input.from}T00:00:00+08:00`}::timestamptz` : sql``;
    const to = input.to ? sql`and opened_at < ${`${input.to}T00:00:00+08:00`}::timestamptz + interval '1 day'` : sql``;
    const where = sql`${filter} ${from} ${to}`;
    const hours = sql`extract(epoch from closed_at - opened_at) / 3600`;
    const totals = await findRow(
      ctx.tx,
      sql<Totals>`select count(*)::int as total, (count(*) filter (where closed_at is null))::int as open,
        (count(*) filter (where closed_at is null and due <= ${ctx.now}))::int as overdue, (count(*) filter (where closed_at is not null))::int as closed,
        (count(*) filter (where closed_at is not null and ladder < 2))::int as "closedOnTime",
        (percentile_cont(0.5) within group (order by ${hours}) filter (where closed_at is not null))::float8 as "hoursMedian",
        (percentile_cont(0.9) within group (order by ${hours}) filter (where closed_at is not null))::float8 as "hoursP90"
        from ${table} where ${where}`,
    );
    const [states, byOrg, byDay, byLevel] = [
      await rows(
        ctx.tx,
        sql<{ state: string; count: number; overdue: number; hoursMedian: number | null }>`
          select state, count(*)::int as count, (count(*) filter (where closed_at is null and due <= ${ctx.now}))::int as overdue,
          (percentile_cont(0.5) within group (order by extract(epoch from coalesce(closed_at, ${ctx.now}) - entered_at) / 3600))::float8 as "hoursMedian"
          from ${table} where ${where} group by state order by state`,
      ),
      await rows(
        ctx.tx,
        sql<{ org: number; found: number; closed: number; overdue: number }>`
          select org, count(*)::int as found, (count(*) filter (where closed_at is not null))::int as closed,
          (count(*) filter (where closed_at is null and due <= ${ctx.now}))::int as overdue
          from ${table} where ${where} and org is not null group by org order by found desc, org limit 200`,
      ),
      await rows(
        ctx.tx,
        sql<{ day: string; found: number; closed: number }>`
          select day, sum(found)::int as found, sum(closed)::int as closed from (
            select to_char(opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, 1 as found, 0 as closed from ${table} where ${where}
            union all
            select to_char(closed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), 0, 1 from ${table} where ${where} and closed_at is not null
          ) d group by day order by day desc limit 60`,
      ),
      await rows(
        ctx.tx,
        sql<{
          level: number | null;
          count: number;
        }>`select level, count(*)::int as count from ${table} where ${where} group by level order by level`,
      ),
    ];
    const names = await ctx.use(directory).unitNames(
      ctx.tx,
      byOrg.map((row) => row.org),
    );
    const empty = { total: 0, open: 0, overdue: 0, closed: 0, closedOnTime: 0, hoursMedian: null, hoursP90: null };
    return {
      ...(totals ?? empty),
      byState: states,
      byOrg: byOrg.map((row) => ({ ...row, name: names.find((unit) => unit.id === row.org)?.short ?? '' })),
      byDay: byDay.reverse(),
      byLevel,
    };
  });
}
