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

/** Divided by own columns below the district and by line at once, there would be as many cells as records. */
const facetSpans = sql`('m', 'o')`;

/**
 * SQL: from rows shaped as kernel.tally_delta (their `n` may count many) to cells at the very area and line, not summed upwards.
 * Columns: kind, org, line ('' = none), facet, span, at, found, closed, on_time, open.
 */
export function ownCells(shapes: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select s.kind, s.org, coalesce(s.line, '') as line, f.facet, c.span, c.at,
      sum(s.n * c.found) as found, sum(s.n * c.closed) as closed, sum(s.n * c.on_time) as on_time, sum(s.n * c.open) as open
    from (${shapes}) s
    cross join lateral (
      select '' as facet, false as took union all select unnest(s.facets), false
      union all select 'took:' || s.took, true where s.took is not null
    ) f
    cross join lateral (values
      ('m', date_trunc('month', s.opened::timestamp)::date, 1, 0, 0, 0),
      ('d', s.opened, 1, 0, 0, 0),
      ('m', date_trunc('month', s.closed::timestamp)::date, 0, 1, s.on_time::int, 0),
      ('d', s.closed, 0, 1, s.on_time::int, 0),
      ('o', s.due, 0, 0, 0, 1)
    ) c(span, at, found, closed, on_time, open)
    where c.at is not null and (f.facet = '' or c.span in ${facetSpans}) and (not f.took or c.closed > 0)
    group by s.kind, s.org, coalesce(s.line, ''), f.facet, c.span, c.at
    having sum(s.n * c.found) <> 0 or sum(s.n * c.closed) <> 0 or sum(s.n * c.on_time) <> 0 or sum(s.n * c.open) <> 0`;
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
    select ${sql.lit(workflow.kind)} as kind, org, line, facets, opened, closed, on_time, took, due, count(*)::int as n from (
      select org, line, array_remove(array[${sql.join(facets)}], null) as facets, kernel.china_day(opened_at) as opened,
        kernel.china_day(closed_at) as closed, closed_at is not null and ladder < 2 as on_time, kernel.took_class(closed_at - opened_at) as took,
        case when closed_at is null then coalesce(kernel.china_day(due), 'infinity') end as due
      from ${sql.table(workflow.kind)} where not exercise and ${where}
    ) r group by org, line, facets, opened, closed, on_time, took, due`;
}

/** The trigger that keeps the figures of one kind. */
export function tallyTrigger(workflow: AnyWorkflow): string {
  const columns = facetColumns(workflow);
  const given = [workflow.kind, ...columns].map((name) => `'${name}'`).join(', ');
  const watched = [...new Set(['org', 'line', 'due', 'closed_at', 'opened_at', 'exercise', 'ladder', ...columns])].join(', ');
  return `drop trigger if exists tally on ${workflow.kind};
create trigger tally after insert or delete or update of ${watched} on ${workflow.kind} for each row execute function kernel.tally_matter(${given});`;
}
