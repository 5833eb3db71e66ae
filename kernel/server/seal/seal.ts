import type { Runtime } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { sendGuard } from '../db/transaction.ts';
import type { Chore } from '../implement.ts';
import { ledgerStart } from '../ledger.ts';
import { chainHash, marksOf, noHash, type Seal } from './chain.ts';
import { type RowText, readRowTexts, wholeLedger } from './row-text.ts';
import { addSeal, readEnd, readSeals, readTime } from './stored-seals.ts';

/** Rows under one seal at most. */
export const sealPage = 5000;

/** Seals what was added to the ledger since the last time. */
export const sealChore: Chore = {
  name: 'seal',
  everySeconds: 10,
  run: async (runtime) => {
    await sealLedger(runtime);
  },
};

/**
 * Seals every row that is ready; each page is one transaction, so that the ledger's other readers are held back for a moment only.
 * @returns how many rows were sealed
 * @throws when seals are missing: sealing on over the gap would hide that somebody removed them
 */
export async function sealLedger(runtime: Runtime): Promise<number> {
  await sealNewKey(runtime);
  let sealed = 0;
  for (;;) {
    const rows = await unlessSealed(() => runtime.db.write(wholeLedger, (tx) => sealNext(runtime, tx)));
    sealed += rows;
    if (rows < sealPage) return sealed;
  }
}

async function sealNext(runtime: Runtime, tx: Tx): Promise<number> {
  const last = await getLastSeal(tx);
  const rows = await readRowTexts(tx, last ?? ledgerStart, sealPage);
  if (rows.length > 0) await store(runtime, tx, makeSeal(last, rows, await readTime(tx), runtime.config.sealKey));
  return rows.length;
}

async function getLastSeal(tx: Tx): Promise<Seal | undefined> {
  const { last, noted } = await readEnd(tx);
  const { tx: end, seq } = last ?? ledgerStart;
  if (noted.tx !== end || noted.seq !== seq) {
    throw new Error(
      `seals are missing: sealed up to ${noted.tx}.${noted.seq}, but the last seal ends at ${end}.${seq}; run vigil audit verify`,
    );
  }
  return last;
}

/** Reading needs the auditor's eyes, writing the system's hand. */
async function store(runtime: Runtime, tx: Tx, seal: Seal): Promise<void> {
  await sendGuard(tx.client, await runtime.system());
  await addSeal(tx, seal);
}

/** When another process made the same seal a moment ago, its seal stands and there is nothing left to do. */
async function unlessSealed(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return 0;
    throw error;
  }
}

const keyChecked = new WeakSet<Runtime>();

/**
 * A key that is new takes effect at once, with a seal over no rows: from then on the newest seal always needs the key, and a chain
 * rewritten without it does not pass for one made before there was a key.
 */
async function sealNewKey(runtime: Runtime): Promise<void> {
  const { sealKey } = runtime.config;
  if (sealKey === null || keyChecked.has(runtime)) return;
  await unlessSealed(() =>
    runtime.db.write(wholeLedger, async (tx) => {
      const last = await getLastSeal(tx);
      if (last && (await isUnkeyed(tx, last))) await store(runtime, tx, makeSeal(last, [], await readTime(tx), sealKey));
      return 0;
    }),
  );
  keyChecked.add(runtime);
}

async function isUnkeyed(tx: Tx, seal: Seal): Promise<boolean> {
  const before = seal.n === 1 ? undefined : (await readSeals(tx, seal.n - 2, 1))[0];
  const rows = await readRowTexts(tx, before ?? ledgerStart, seal.rows);
  return chainHash(seal, rows, null).equals(seal.hash);
}

/** The seal that follows `last` over `rows`; `at` is the database's time. */
export function makeSeal(last: Seal | undefined, rows: readonly RowText[], at: string, key: string | null): Seal {
  const { tx, seq } = rows.at(-1) ?? last ?? ledgerStart;
  const seqs = rows.map((row) => row.seq);
  const open = { n: (last?.n ?? 0) + 1, at, tx, seq, rows: rows.length, seqs, marks: marksOf(rows), prev: last?.hash ?? noHash };
  return { ...open, hash: chainHash(open, rows, key) };
}
