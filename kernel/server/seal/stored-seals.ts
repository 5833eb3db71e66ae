import type { Tx } from '../db/pool.ts';
import { ledgerStart, type Position } from '../ledger.ts';
import type { Seal } from './chain.ts';

/** The order columns are qualified where this is used: the alias would sort the whole table by the cast. */
const columns = `seal.n::int as n, to_char(seal.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, last_tx::text as tx, last_seq::text as seq,
  rows, seqs, marks, prev, hash`;

/** The name under which the sealer notes how far it has come, beside the seals: a seal that was dropped leaves this behind. */
export const sealCursor = 'seal';

export async function findLastSeal(tx: Tx): Promise<Seal | undefined> {
  return (await readEnd(tx)).last;
}

/** The newest seal and the note of how far sealing has come, in one look: read one after the other, they may be of two moments. */
export async function readEnd(tx: Tx): Promise<{ last: Seal | undefined; noted: Position }> {
  const result = await tx.client.run<(Seal | { n: null }) & { noted_tx: string | null; noted_seq: string | null }>(
    `select s.*, c.tx::text as noted_tx, c.seq::text as noted_seq from (select 1) one
     left join lateral (select ${columns} from kernel.seal as seal order by seal.n desc limit 1) s on true left join kernel.cursor c on c.name = $1`,
    [sealCursor],
  );
  const row = result.rows[0];
  const noted = { tx: row?.noted_tx ?? ledgerStart.tx, seq: row?.noted_seq ?? ledgerStart.seq };
  return { last: row === undefined || row.n === null ? undefined : row, noted };
}

export async function readSeals(tx: Tx, after: number, limit: number): Promise<Seal[]> {
  const result = await tx.client.run<Seal>(`select ${columns} from kernel.seal as seal where seal.n > $1 order by seal.n limit $2`, [
    after,
    limit,
  ]);
  return result.rows;
}

/** The database's own time, as rows of the ledger carry it: ISO with microseconds. */
export async function readTime(tx: Tx): Promise<string> {
  const result = await tx.client.run<{ at: string }>(
    `select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  );
  return result.rows[0]?.at ?? '';
}

/** Stores a seal and moves the note of how far sealing has come. @throws 23505 when another process has just made this one */
export async function addSeal(tx: Tx, seal: Seal): Promise<void> {
  await Promise.all([
    tx.client.run(
      `insert into kernel.seal (n, at, last_tx, last_seq, rows, seqs, marks, prev, hash)
       values ($1, $2::timestamptz, $3::xid8, $4::bigint, $5, $6::bigint[], $7, $8, $9)`,
      [seal.n, seal.at, seal.tx, seal.seq, seal.rows, [...seal.seqs], seal.marks, seal.prev, seal.hash],
    ),
    tx.client.run(
      `insert into kernel.cursor (name, tx, seq) values ($1, $2::xid8, $3::bigint)
       on conflict (name) do update set tx = excluded.tx, seq = excluded.seq, at = now()`,
      [sealCursor, seal.tx, seal.seq],
    ),
  ]);
}
