import { affectsPrincipals, changesChannel, concernedBy } from './auth/affecting.ts';
import type { PipelinedClient, Tx } from './db/pool.ts';
import type { LedgerEvent } from './implement.ts';

export type NewEvent = {
  name: string;
  kind?: string | null;
  subject?: string | null;
  org?: number | null;
  line?: string | null;
  party?: string | null;
  actor?: string | null;
  behalf?: string | null;
  request?: string | null;
  from?: string | null;
  to?: string | null;
  data?: Record<string, unknown>;
};

/**
 * Adds one row to the ledger, in the caller's transaction. `at`, `seq` and `tx` are the database's own. A row that changes what somebody may
 * do is also told to every process at the commit.
 */
export async function sendEvent(client: PipelinedClient, event: NewEvent): Promise<void> {
  const row = insertEvent(client, event);
  if (!affectsPrincipals(event)) await row;
  else await Promise.all([row, client.run('select pg_notify($1, $2)', [changesChannel, concernedBy(event)])]);
}

async function insertEvent(client: PipelinedClient, event: NewEvent): Promise<void> {
  await client.run(
    `insert into kernel.event (name, kind, subject, org, line, party, actor, behalf, request, "from", "to", data)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      event.name,
      event.kind ?? null,
      event.subject ?? null,
      event.org ?? null,
      event.line ?? null,
      event.party ?? null,
      event.actor ?? null,
      event.behalf ?? null,
      event.request ?? null,
      event.from ?? null,
      event.to ?? null,
      JSON.stringify(event.data ?? {}),
    ],
  );
}

export type Position = { tx: string; seq: string };
export const ledgerStart: Position = { tx: '0', seq: '0' };

/**
 * The next rows after `after`, in commit-safe order: only rows below the oldest transaction still running, because
 * sequence order is not commit order. The order columns are qualified: the text aliases would sort 9 after 10.
 */
export async function readEvents(tx: Tx, after: Position, limit: number): Promise<LedgerEvent[]> {
  const result = await tx.client.run<LedgerEvent>(
    `select event.tx::text as tx, event.seq::text as seq, at, name, kind, subject, org, line, party, actor, behalf, request, "from", "to", data
     from kernel.event as event
     where (event.tx, event.seq) > ($1::xid8, $2::bigint) and event.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by event.tx, event.seq limit $3`,
    [after.tx, after.seq, limit],
  );
  return result.rows;
}

/** The present end of the ledger, for readers that only want what comes. */
export async function ledgerEnd(tx: Tx): Promise<Position> {
  const result = await tx.client.run<Position>(
    'select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as tx, $1::text as seq',
    ['9223372036854775807'],
  );
  return result.rows[0] ?? ledgerStart;
}
