import type { Tx } from '../db/pool.ts';
import { type Guard, nobody } from '../db/transaction.ts';
import type { Position } from '../ledger.ts';

/** Sees every row of the ledger and, by itself, nothing else. */
export const wholeLedger: Guard = { ...nobody, mode: 'audit' };

/** One row of the ledger as it is sealed. */
export type RowText = Position & { text: string };

/**
 * What of a row is sealed: all of it. Written by the database, because a JavaScript date keeps milliseconds only. `row(…)::text`
 * tells null from '' and quotes what could be mistaken for a border, so two different rows never have the same text.
 * The first row(…) is the row's place in the ledger, what follows is what it says.
 */
const rowText = `row(event.seq, event.tx, to_char(event.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text
  || row(name, kind, subject, org, line, party, actor, behalf, request, "from", "to")::text || data::text`;

/**
 * The rows after `after` in commit-safe order (see readEvents): what this page does not hold because a transaction is still
 * running comes later, never in between.
 */
export async function readRowTexts(tx: Tx, after: Position, limit: number): Promise<RowText[]> {
  const result = await tx.client.run<RowText>(
    `select event.seq::text as seq, event.tx::text as tx, ${rowText} as text from kernel.event as event
     where (event.tx, event.seq) > ($1::xid8, $2::bigint) and event.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by event.tx, event.seq limit $3`,
    [after.tx, after.seq, limit],
  );
  return result.rows;
}

/** The row with this number wherever it now stands; undefined when it is gone. */
export async function findRowText(tx: Tx, seq: string): Promise<RowText | undefined> {
  const result = await tx.client.run<RowText>(
    `select event.seq::text as seq, event.tx::text as tx, ${rowText} as text from kernel.event as event where event.seq = $1::bigint limit 1`,
    [seq],
  );
  return result.rows[0];
}

/** How many rows of the ledger wait for their seal. */
export async function countUnsealed(tx: Tx, after: Position): Promise<number> {
  const result = await tx.client.run<{ rows: number }>(
    `select count(*)::int as rows from kernel.event as event
     where (event.tx, event.seq) > ($1::xid8, $2::bigint) and event.tx < pg_snapshot_xmin(pg_current_snapshot())`,
    [after.tx, after.seq],
  );
  return result.rows[0]?.rows ?? 0;
}

/** A row's text is its place and time, `(seq,tx,at)`, followed by what it says. */
export const placeOf = (text: string) => text.slice(0, text.indexOf(')') + 1);
export const contentOf = (text: string) => text.slice(text.indexOf(')') + 1);
/** When the row says it was written: `2026-11-23T06:05:09.123456`, UTC. */
export const timeOf = (text: string) => text.slice(text.indexOf(',', text.indexOf(',') + 1) + 1, text.indexOf(')'));
