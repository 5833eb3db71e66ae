import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { gatherPoints } from '../../geo/point-columns.ts';
import { makePointIndex, type PointIndex, renewThing } from '../../geo/point-index.ts';
import type { Runtime } from '../context.ts';
import { rows, type Tx } from '../db/pool.ts';
import { ledgerEnd, type Position } from '../ledger.ts';
import type { ThingSource } from './layers.ts';

/** An index with the place in the ledger up to which it holds; `version` changes with every change. */
export type LayerIndex = { index: PointIndex; version: string };
type Held = LayerIndex & { position: Position; made: string; changes: number };

const page = 20_000;
/** Beyond so many changed things the index is made anew. */
const mostLate = 10_000;
/** Tiles come a dozen at a time: the ledger is asked once for all of them. */
const freshMs = 300;

async function load(runtime: Runtime, source: ThingSource): Promise<Held> {
  return runtime.db.read(await runtime.system(), async (tx) => {
    const position = await ledgerEnd(tx);
    const gathered = gatherPoints();
    for (let after: string | null = null; ; ) {
      const things = await source.read(tx, { after, limit: page });
      for (const thing of things) gathered.add(thing);
      const last = things.at(-1);
      if (!last || things.length < page) break;
      after = last.id;
    }
    const made = randomUUID();
    return { index: makePointIndex(gathered.finish()), position, made, version: made, changes: 0 };
  });
}

type Change = { tx: string; seq: string; subject: string | null };

/** Only rows of finished transactions, as every reader of the ledger: nothing is passed over by a later commit. */
function changesSince(tx: Tx, source: ThingSource, { tx: after, seq }: Position): Promise<Change[]> {
  return rows(
    tx,
    sql<Change>`select event.tx::text as tx, event.seq::text as seq, subject from kernel.event as event
      where (event.tx, event.seq) > (${after}::xid8, ${seq}::bigint) and event.tx < pg_snapshot_xmin(pg_current_snapshot())
        and kind = any(${[...source.kinds]}::text[])
      order by event.tx, event.seq limit ${mostLate + 1}`,
  );
}

/** Brings the index up to the ledger's end; undefined when it is better made anew. */
async function renew(runtime: Runtime, source: ThingSource, held: Held): Promise<Held | undefined> {
  return runtime.db.read(await runtime.system(), async (tx) => {
    const changes = await changesSince(tx, source, held.position);
    const last = changes.at(-1);
    if (!last) return held;
    // A row without a subject speaks of many things at once (an import).
    if (changes.some((change) => change.subject === null) || held.index.late.size + changes.length > mostLate) return undefined;
    const ids = [...new Set(changes.flatMap((change) => change.subject ?? []))];
    const now = new Map((await source.read(tx, { ids })).map((thing) => [thing.id, thing]));
    for (const id of ids) renewThing(held.index, id, now.get(id) ?? null);
    const count = held.changes + 1;
    return { ...held, position: { tx: last.tx, seq: last.seq }, changes: count, version: `${held.made}.${count}` };
  });
}

/** Keeps one index for each layer of this process: made when first asked for, brought up to the ledger whenever it is asked for again. */
export function keepIndexes(runtime: Runtime): (source: ThingSource) => Promise<LayerIndex> {
  const held = new Map<ThingSource, { index: Promise<Held>; at: number }>();
  return (source) => {
    const known = held.get(source);
    if (known && performance.now() - known.at < freshMs) return known.index;
    const index = (known ? known.index.then((one) => renew(runtime, source, one)) : Promise.resolve(undefined)).then(
      (one) => one ?? load(runtime, source),
    );
    const entry = { index, at: performance.now() };
    held.set(source, entry);
    // A failure is told to those who asked and forgotten: the next one makes the index anew.
    index.then(
      () => {
        entry.at = performance.now();
      },
      () => held.get(source) === entry && held.delete(source),
    );
    return index;
  };
}
