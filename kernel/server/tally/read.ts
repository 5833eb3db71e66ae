import { type RawBuilder, sql } from 'kysely';
import { chinaDate, startOfDay } from '../../calendar.ts';
import type { AnyWorkflow } from '../../workflow.ts';
import { rows, type Tx } from '../db/pool.ts';
import type { Guard } from '../db/transaction.ts';
import { ownCells, recordShapes } from './cells.ts';
import { type Term, termsOf, type Within } from './terms.ts';

/** Days in China time, both included. */
export type Period = { from: string; to: string };
export type Sums = { found: number; closed: number; onTime: number; open: number; overdue: number };
export const noSums: Sums = { found: 0, closed: 0, onTime: 0, open: 0, overdue: 0 };

/** The areas as they nest, and the direct parts of each. */
export type Areas = { within: Within; parts: (area: number) => number[] };

export async function readAreas(tx: Tx): Promise<Areas> {
  const found = await rows(tx, sql<{ org: number; within: number; steps: number }>`select org, within, steps from kernel.lies_in`);
  const known = new Set(found.map((row) => `${row.org} ${row.within}`));
  return {
    within: (org, area) => org === area || known.has(`${org} ${area}`),
    parts: (area) => found.flatMap((row) => (row.within === area && row.steps === 1 ? [row.org] : [])),
  };
}

/** `key`: what the sum is for; sums of several terms under one key belong together. */
export type KeyedTerm = Term & { key: string };

/** How often a record at (org, line) is counted by a term: once, minus once, or not at all. */
export const countedBy = (term: Term, org: number, line: string | null, areas: Areas): number =>
  areas.within(org, term.org) && (term.line === '' || term.line === line) ? term.sign : 0;

/** Where a person's figures are taken from: sums kept for areas, or (people of an enterprise) the few records themselves. */
export type Source = { kind: string; terms: readonly KeyedTerm[]; live: RawBuilder<unknown> | null };

export function sourceFor(
  workflow: AnyWorkflow,
  guard: Guard,
  asked: { org?: number | undefined; line?: string | undefined },
  areas: Areas,
): Source {
  if (guard.orgs.length + guard.orgLines.length > 0) {
    const terms = termsOf(guard, asked, areas.within).map((term) => ({ ...term, key: String(term.org) }));
    return { kind: workflow.kind, terms, live: null };
  }
  const parts = [sql`party = any(${guard.parties}::uuid[])`];
  if (asked.org !== undefined) parts.push(sql`org in (select org from kernel.lies_in where within = ${asked.org})`);
  if (asked.line !== undefined) parts.push(sql`line = ${asked.line}`);
  return { kind: workflow.kind, terms: [], live: recordShapes(workflow, sql.join(parts, sql` and `)) };
}

/** Whole months by their own sums, the days before and after them by theirs: `t` is a cell. */
export function inPeriod({ from, to }: Period): RawBuilder<unknown> {
  const first = from.endsWith('-01') ? from : nextMonth(from);
  const end = nextMonth(to) === dayAfter(to) ? nextMonth(to) : `${to.slice(0, 7)}-01`;
  if (first >= end) return sql`(t.span = 'd' and t.at between ${from}::date and ${to}::date)`;
  return sql`((t.span = 'm' and t.at >= ${first}::date and t.at < ${end}::date)
    or (t.span = 'd' and t.at >= ${from}::date and t.at < ${first}::date) or (t.span = 'd' and t.at >= ${end}::date and t.at <= ${to}::date))`;
}

const dayAfter = (day: string): string => chinaDate(new Date(startOfDay(day).getTime() + 86_400_000));
function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return month === 12 ? `${year + 1}-01-01` : `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-01`;
}

const wantedTerms = (
  terms: readonly KeyedTerm[],
) => sql`(select * from unnest(${terms.map((one) => one.key)}::text[], ${terms.map((one) => one.org)}::int[],
  ${terms.map((one) => one.line)}::text[], ${terms.map((one) => one.sign)}::int[]) w(key, org, line, sign))`;

/**
 * SQL: the cells of a source, with what has not been folded yet: term, line, facet, span, at, found, closed, on_time, open.
 * `eachLine`: instead of the sum over all lines, the sum of each. Row-level security stands beside the terms, never instead of them.
 */
export function cellsOf(source: Source, where: RawBuilder<unknown>, eachLine = false): RawBuilder<unknown> {
  if (source.live)
    return sql`select t.org::text as term, t.line, t.facet, t.span, t.at, t.found, t.closed, t.on_time, t.open from (${ownCells(source.live)}) t where ${where}`;
  const ofLine = eachLine ? sql`(t.line = w.line or (w.line = '' and t.line <> ''))` : sql`t.line = w.line`;
  return sql`
    select w.key as term, t.line, t.facet, t.span, t.at, t.found * w.sign as found, t.closed * w.sign as closed, t.on_time * w.sign as on_time,
      t.open * w.sign as open
    from ${wantedTerms(source.terms)} w join kernel.tally t on t.org = w.org and ${ofLine}
    where t.kind = ${source.kind} and ${where}
    union all
    select w.key, t.line, t.facet, t.span, t.at, t.found * w.sign, t.closed * w.sign, t.on_time * w.sign, t.open * w.sign
    from (${ownCells(sql`select * from kernel.tally_delta where kind = ${source.kind}`)}) t
    join kernel.lies_in a on a.org = t.org join ${wantedTerms(source.terms)} w on w.org = a.within and (w.line = '' or w.line = t.line)
    where ${where}`;
}

export type DueToday = { org: number; line: string | null; facets: readonly string[]; n: number };

/** Cells know the day of a deadline, not its hour: those whose hour has come today, counted from the records. */
export async function dueToday(tx: Tx, workflow: AnyWorkflow, source: Source, now: Date, areas: Areas): Promise<DueToday[]> {
  const today = startOfDay(chinaDate(now));
  const found = await rows(
    tx,
    sql<DueToday>`select org, line, facets, n from (${recordShapes(workflow, sql`closed_at is null and due >= ${today} and due <= ${now}`)}) s`,
  );
  if (source.live) return found;
  // Somebody named on a matter elsewhere sees it, but it is none of the area's.
  return found.flatMap((row) => {
    const times = source.terms.reduce((sum, term) => sum + countedBy(term, row.org, row.line, areas), 0);
    return times > 0 ? [row] : [];
  });
}
