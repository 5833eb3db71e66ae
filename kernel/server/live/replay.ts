import type { Principal } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import { type Guard, guardOf } from '../db/transaction.ts';
import { ledgerEnd, type Position, readEvents } from '../ledger.ts';
import { wholeLedger } from '../seal/row-text.ts';
import { ledgerText } from './message.ts';
import { notAfter } from './position.ts';

/** More than this is not replayed: fetching anew is quicker than applying it. */
export const mostReplayed = 1000;
/** Rows of the whole city that are looked through at most to find what the person missed. */
const mostScanned = 20_000;

/** The texts the person missed between `last` and `until`; undefined when it is too much, or `last` is of another ledger. */
export async function replay(runtime: Runtime, who: Principal, last: Position, until: Position): Promise<string[] | undefined> {
  if (notAfter(until, last)) return (await isPast(runtime, last)) ? [] : undefined;
  if (await isTooFar(runtime, last)) return undefined;
  // The auditor's post opens the whole trail to questions, each of which is logged; the feed follows the posts alone.
  const guard: Guard = { ...guardOf(who), mode: '' };
  const missed = await runtime.db.read(guard, (tx) => readEvents(tx, last, mostReplayed + 1));
  if (missed.length > mostReplayed) return undefined;
  return missed.filter((event) => notAfter(event, until)).map(ledgerText);
}

/** Another process may be a moment ahead of this one; further ahead than the ledger itself nobody can be. */
function isPast(runtime: Runtime, last: Position): Promise<boolean> {
  return runtime.db.read(wholeLedger, async (tx) => notAfter(last, await ledgerEnd(tx)));
}

function isTooFar(runtime: Runtime, last: Position): Promise<boolean> {
  return runtime.db.read(wholeLedger, async (tx) => {
    const result = await tx.client.run(
      `select 1 from kernel.event as event where (event.tx, event.seq) > ($1::xid8, $2::bigint)
       order by event.tx, event.seq offset $3 limit 1`,
      [last.tx, last.seq, mostScanned],
    );
    return result.rows.length > 0;
  });
}
