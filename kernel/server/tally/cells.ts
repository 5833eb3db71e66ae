import { type RawBuilder, sql } from 'kysely';
import type { AnyWorkflow } from '../../workflow.ts';
import { snake } from '../matter-row.ts';

/**
 * What figures of every kind can be divided by, beside area, line and time; a workflow adds its own columns.
 * Names of columns: they stand in statements.
 */
export function facetColumns(workflow: Pick<AnyWorkflow, 'tally'>): string[] {
  return ['state', 'level', ...(workflow.tally ?? []).map(snake)];
}

/**
 * SQL: from rows shaped as kernel.tally_delta (their `n` may count many) to cells at the very area and line, not summed upwards;
 * a cell may come in parts. Days are kept for everything together only: days of each grade would be as many cells as records.
 * Columns: kind, org, line ('' = none), facet, span, at, found, closed, on_time, open.
 */
export function ownCells(shapes: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    with s as materialized (
      select kind, org, coalesce(line, '') as line, facets, opened, closed, on_time, took, due, n,
        (opened - (extract(day from opened)::int - 1)) as opened_month, (closed - (extract(day from closed)::int - 1)) as closed_month
      from (${shapes}) given
    )
    select kind, org, line, '' as facet, 'd' as span, opened as at, sum(n) as found, 0 as closed, 0 as on_time, 0 as open from s group by 1, 2, 3, 6
    union all
    select kind, org, line, '', 'd', closed, 0, sum(n), sum(n * on_time::int), 0 from s where closed is not null group by 1, 2, 3, 6
    union all
    select kind, org, line, f, 'm', opened_month, sum(n), 0, 0, 0 from s, unnest(facets || ''::text) f group by 1, 2, 3, 4, 6
    union all
    select kind, org, line, f, 'm', closed_month, 0, sum(n), sum(n * on_time::int), 0
      from s, unnest(facets || array['', 'took:' || took]::text[]) f where closed is not null group by 1, 2, 3, 4, 6
    union all
    select kind, org, line, f, 'o', due, 0, 0, 0, sum(n) from s, unnest(facets || ''::text) f where due is not null group by 1, 2, 3, 4, 6`;
}

/** SQL: the same summed up to every area above, once for the line and once for all lines together. */
export function summedCells(shapes: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select o.kind, a.within as org, l.line, o.facet, o.span, o.at, sum(o.found)::int as found, sum(o.closed)::int as closed,
      sum(o.on_time)::int as on_time, sum(o.open)::int as open
    from (${ownCells(shapes)}) o
    join kernel.lies_in a on a.org = o.org
    cross join lateral (select '' as line union select o.line) l
    group by o.kind, a.within, l.line, o.facet, o.span, o.at`;
}

/** SQL: the shapes of all records of a kind as they are now: what the trigger would have written. */
export function recordShapes(workflow: Pick<AnyWorkflow, 'kind' | 'tally'>, where: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> {
  const facets = facetColumns(workflow).map((column) => sql`${sql.lit(`${column}:`)} || ${sql.ref(column)}::text`);
  return sql`
    select ${sql.lit(workflow.kind)} as kind, org, line, array_remove(array[${sql.join(facets)}], null) as facets, kernel.china_day(opened_at) as opened,
      kernel.china_day(closed_at) as closed, closed_at is not null and ladder < 2 as on_time, kernel.took_class(closed_at - opened_at) as took,
      case when closed_at is null then coalesce(kernel.china_day(due), 'infinity') end as due, 1 as n
    from ${sql.table(workflow.kind)} where not exercise and ${where}`;
}

/** The trigger that keeps the figures of one kind. */
export function tallyTrigger(workflow: AnyWorkflow): string {
  const columns = facetColumns(workflow);
  const given = [workflow.kind, ...columns].map((name) => `'${name}'`).join(', ');
  const watched = [...new Set(['org', 'line', 'due', 'closed_at', 'opened_at', 'exercise', 'ladder', ...columns])].join(', ');
  return `drop trigger if exists tally on ${workflow.kind};
create trigger tally after insert or delete or update of ${watched} on ${workflow.kind} for each row execute function kernel.tally_matter(${given});`;
}
