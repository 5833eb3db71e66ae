import type pg from 'pg';
import { type PgSettings, withClient } from '../connect.ts';
import { tooManyTransactions } from './archive-fault.ts';
import { quoted } from './catalog.ts';
import type { Progress, Table } from './manifest.ts';

const batch = 100_000n;
/** Half of what PostgreSQL can hand out before it must freeze old rows; about an hour and a half of counting. */
const most = 1_000_000_000n;

const columnsSql = `
  select a.attname as name from pg_attribute a
   where a.attrelid = $1::regclass and a.atttypid = 'xid8'::regtype and a.attnum > 0 and not a.attisdropped`;

/** The highest transaction id that any restored row carries. */
export async function highestTransaction(client: pg.Client, tables: readonly Table[]): Promise<bigint> {
  let highest = 0n;
  for (const table of tables) {
    for (const { name } of (await client.query<{ name: string }>(columnsSql, [quoted(table)])).rows) {
      const column = `"${name.replaceAll('"', '""')}"`;
      const read = await client.query<{ top: string }>(
        `select coalesce(max(${column}::text::numeric), 0)::text as top from ${quoted(table)}`,
      );
      const top = BigInt(read.rows[0]?.top ?? '0');
      if (top > highest) highest = top;
    }
  }
  return highest;
}

/**
 * Uses up transaction ids until the server's next one is above `highest`. The ledger is read in the order of (tx, seq) below the oldest
 * running transaction: on a new server the restored rows would lie in the future (unseen) and new rows before them (skipped for good).
 * Takes about 5 microseconds each. @throws StartupFault restore.transaction_ids
 */
export async function passTransactionIds(settings: PgSettings, highest: bigint, progress: Progress): Promise<void> {
  await withClient(settings, async (client) => {
    const first = await current(client);
    if (first > highest) return;
    const needed = highest - first + 1n;
    if (needed > most) throw tooManyTransactions(needed);
    for (let now = first; now <= highest; now = await current(client)) {
      const left = highest - now + 1n;
      await client.query(
        `do $$ begin for i in 1..${left < batch ? left : batch} loop perform pg_current_xact_id(); rollback; end loop; end $$`,
      );
      progress('transaction ids', Number(now - first), Number(needed));
    }
  });
}

async function current(client: pg.Client): Promise<bigint> {
  return BigInt((await client.query<{ id: string }>('select pg_current_xact_id()::text as id')).rows[0]?.id ?? '0');
}
