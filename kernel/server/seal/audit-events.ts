import { type RawBuilder, sql } from 'kysely';
import { type AuditRow, events } from '../../audit-contract.ts';
import type { ParsedOf } from '../../contract.ts';
import { areasOf, reachesAll } from '../auth/guarded.ts';
import { rows } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { handleQuery } from '../implement.ts';

type Input = ParsedOf<typeof events>;
type Row = Omit<AuditRow, 'actorName' | 'behalfName'>;

/** Without a time or a record only the last month is looked at: the ledger is partitioned by month and grows for years. */
const monthMs = 31 * 86_400_000;

function since(input: Input, now: Date): string | null {
  return input.from ?? (input.subject === undefined ? new Date(now.getTime() - monthMs).toISOString() : null);
}

/** `org.` means every name that starts so. */
function named(name: string): RawBuilder<unknown> {
  return name.endsWith('.') ? sql`starts_with(e.name, ${name})` : sql`e.name = ${name}`;
}

function conditions(input: Input, from: string | null): RawBuilder<unknown> {
  const [beforeAt, beforeSeq] = input.before?.split('_') ?? [];
  const wanted: RawBuilder<unknown>[] = [];
  if (from !== null) wanted.push(sql`e.at >= ${from}::timestamptz`);
  if (input.to !== undefined) wanted.push(sql`e.at < ${input.to}::timestamptz`);
  if (beforeAt !== undefined) wanted.push(sql`(e.at, e.seq) < (${beforeAt}::timestamptz, ${beforeSeq}::bigint)`);
  if (input.person !== undefined) wanted.push(sql`${input.person}::uuid in (e.actor, e.behalf, e.subject)`);
  if (input.name !== undefined) wanted.push(named(input.name));
  if (input.subject !== undefined) wanted.push(sql`e.subject = ${input.subject}`);
  if (input.org !== undefined) wanted.push(sql`e.org = ${input.org}`);
  return wanted.length === 0 ? sql`true` : sql.join(wanted, sql` and `);
}

export const eventsQuery = handleQuery(
  events,
  async (ctx, input) => {
    const from = since(input, ctx.now);
    // The trail of the whole is the city auditor's; rows that lie nowhere (signing in, settings) belong to it too.
    const within = (await reachesAll(ctx, 'auditor')) ? sql`true` : sql`e.org = any(${[...areasOf(ctx, 'auditor')]}::int[])`;
    const found = await rows(
      ctx.tx,
      sql<Row>`select e.seq::text as seq, to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.name, e.kind, e.subject, e.org,
          e.actor, e.behalf, e.request, e."from", e."to", e.data
        from kernel.event e where ${within} and ${conditions(input, from)} order by e.at desc, e.seq desc limit ${input.limit + 1}`,
    );
    const page = found.slice(0, input.limit);
    const people = page.flatMap((row) => [row.actor, row.behalf]).filter((id) => id !== null);
    const names = new Map((await ctx.use(directory).personNames(ctx.tx, [...new Set(people)])).map((one) => [one.id, one.name]));
    const last = found.length > page.length ? page.at(-1) : undefined;
    return {
      items: page.map((row) => ({
        ...row,
        actorName: names.get(row.actor ?? '') ?? '',
        behalfName: row.behalf === null ? null : (names.get(row.behalf) ?? ''),
      })),
      next: last ? `${last.at}_${last.seq}` : null,
      from,
    };
  },
  (input) => input.person ?? input.subject,
);
