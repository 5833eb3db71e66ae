import { type RawBuilder, sql } from 'kysely';
import { addDays, chinaDate } from '../../calendar.ts';
import { fault } from '../../fault.ts';
import { stats } from '../../matter-contract.ts';
import type { Context } from '../context.ts';
import { rows } from '../db/pool.ts';
import { guardOf } from '../db/transaction.ts';
import { directory } from '../directory.ts';
import { handleQuery } from '../implement.ts';
import type { Registry } from '../registry.ts';
import {
  type Areas,
  cellsOf,
  countedBy,
  type DueToday,
  dueToday,
  inPeriod,
  noSums,
  type Period,
  readAreas,
  type Source,
  type Sums,
  sourceFor,
} from '../tally/read.ts';
import { quantile } from '../tally/took.ts';

/** The longest trend by day; a longer one is asked for in parts. */
const mostDays = 400;

const sums = sql`sum(found)::int as found, sum(closed)::int as closed, sum(on_time)::int as "onTime", sum(open)::int as open, sum(late)::int as overdue`;

/** Cells grouped by `key`: found and closed within, open now, overdue as of the last midnight. */
function grouped(ctx: Context, cells: RawBuilder<unknown>, key: string): Promise<(Sums & { key: string })[]> {
  const today = chinaDate(ctx.now);
  return rows(
    ctx.tx,
    sql<Sums & { key: string }>`select ${sql.ref(key)}::text as key, ${sums} from (
      select *, case when span = 'o' and at < ${today}::date then open else 0 end as late from (${cells}) c) l group by 1`,
  );
}

const add = (known: Map<string, Sums>, key: string, late: number) => {
  const row = known.get(key) ?? noSums;
  known.set(key, { ...row, overdue: row.overdue + late });
};

const collected = (found: readonly (Sums & { key: string })[]) => new Map(found.map(({ key, ...row }) => [key, row as Sums]));

const ofRoot = (root: number, part: number) => `${root}>${part}`;

/**
 * The parts of the asked areas (districts of the city, towns of a district), and what lies in the areas themselves. Somebody's
 * posts may nest (a town for all lines, its district for one): each part is therefore taken off the very sum it is a part of.
 */
async function byArea(ctx: Context, source: Source, areas: Areas, flows: RawBuilder<unknown>, late: readonly DueToday[]) {
  const parts = source.terms.flatMap((term) => areas.parts(term.org).map((org) => ({ ...term, org, key: ofRoot(term.org, org) })));
  const where = sql`t.facet = '' and (${flows} or t.span = 'o')`;
  const [own, below] = await Promise.all([
    grouped(ctx, cellsOf(source, where), 'term'),
    parts.length === 0 ? [] : grouped(ctx, cellsOf({ ...source, terms: parts }, where), 'term'),
  ]);
  const found = collected(own);
  const inside = collected(below);
  for (const row of late) {
    if (source.live) add(found, String(row.org), row.n);
    for (const term of source.terms) add(found, term.key, row.n * countedBy(term, row.org, row.line, areas));
    for (const part of parts) add(inside, part.key, row.n * countedBy(part, row.org, row.line, areas));
  }
  const each = new Map<number, { sums: Sums; own: boolean }>();
  const put = (org: number, sums: Sums, isOwn: boolean) => {
    const known = each.get(org);
    if (Object.values(sums).some((n) => n !== 0))
      each.set(org, { sums: plus(known?.sums ?? noSums, sums), own: known ? known.own && isOwn : isOwn });
  };
  const rest = new Map([...found].map(([root, sums]) => [Number(root), sums]));
  for (const [key, sums] of inside) {
    const [root, part] = key.split('>').map(Number) as [number, number];
    put(part, sums, false);
    rest.set(root, minus(rest.get(root) ?? noSums, sums));
  }
  for (const [root, sums] of rest) put(root, sums, parts.length > 0);
  return { total: [...found.values()].reduce(plus, noSums), each };
}

const plus = (a: Sums, b: Sums): Sums => ({
  found: a.found + b.found,
  closed: a.closed + b.closed,
  onTime: a.onTime + b.onTime,
  open: a.open + b.open,
  overdue: a.overdue + b.overdue,
});
const minus = (a: Sums, b: Sums): Sums =>
  plus(a, { found: -b.found, closed: -b.closed, onTime: -b.onTime, open: -b.open, overdue: -b.overdue });

async function byFacet(ctx: Context, source: Source, period: Period, late: readonly DueToday[]) {
  const months = sql`t.span = 'm' and t.at >= date_trunc('month', ${period.from}::timestamp) and t.at <= ${period.to}::date`;
  const found = collected(await grouped(ctx, cellsOf(source, sql`t.facet <> '' and ((${months}) or t.span = 'o')`), 'facet'));
  for (const row of late) for (const facet of row.facets) add(found, facet, row.n);
  return [...found].map(([key, row]) => ({ facet: key.slice(0, key.indexOf(':')), value: key.slice(key.indexOf(':') + 1), ...row }));
}

function byDay(ctx: Context, source: Source, { from, to }: Period) {
  const first = from < addDays(to, -mostDays) ? addDays(to, -mostDays) : from;
  return rows(
    ctx.tx,
    sql<{
      day: string;
      found: number;
      closed: number;
    }>`select to_char(at, 'YYYY-MM-DD') as day, sum(found)::int as found, sum(closed)::int as closed
      from (${cellsOf(source, sql`t.facet = '' and t.span = 'd' and t.at between ${first}::date and ${to}::date`)}) c
      group by at having sum(found) <> 0 or sum(closed) <> 0 order by at`,
  );
}

async function byLine(ctx: Context, source: Source, flows: RawBuilder<unknown>, late: readonly DueToday[]) {
  const found = collected(await grouped(ctx, cellsOf(source, sql`t.facet = '' and (${flows} or t.span = 'o')`, true), 'line'));
  for (const row of late) add(found, row.line ?? '', row.n);
  return [...found].flatMap(([line, row]) => (line === '' ? [] : [{ line, ...row }])).sort((a, b) => b.found - a.found);
}

/** Statistics of one kind, from sums that are kept with every step, never from a scan. Exercises do not count. */
export function statsQuery(registry: Registry) {
  return handleQuery(stats, async (ctx, input) => {
    const workflow = registry.workflows.get(input.kind)?.workflow;
    if (!workflow) throw fault('record.not_found', { kind: input.kind });
    const to = input.to ?? chinaDate(ctx.now);
    const period = { from: input.from ?? addDays(to, -89), to };
    const areas = await readAreas(ctx.tx);
    const source = sourceFor(workflow, guardOf(ctx.who), input, areas);
    const flows = inPeriod(period);
    const late = await dueToday(ctx.tx, workflow, source, ctx.now, areas);
    const [{ total, each }, facets, days, lines] = await Promise.all([
      byArea(ctx, source, areas, flows, late),
      byFacet(ctx, source, period, late),
      byDay(ctx, source, period),
      byLine(ctx, source, flows, late),
    ]);
    const took = new Map(facets.flatMap((row) => (row.facet === 'took' ? [[Number(row.value), row.closed] as const] : [])));
    const names = await ctx.use(directory).unitNames(ctx.tx, [...each.keys()]);
    const nameOf = new Map(names.map((unit) => [unit.id, unit.short || unit.name]));
    return {
      ...total,
      hoursMedian: quantile(took, 0.5),
      hoursP90: quantile(took, 0.9),
      byState: facets.flatMap(({ facet, value, ...row }) => (facet === 'state' ? [{ state: value, ...row }] : [])),
      byOrg: [...each]
        .map(([org, row]) => ({ org, name: nameOf.get(org) ?? '', own: row.own, ...row.sums }))
        .sort((a, b) => b.found - a.found),
      byLine: lines,
      byDay: days,
      byFacet: facets.filter((row) => row.facet !== 'took' && row.facet !== 'state'),
    };
  });
}
