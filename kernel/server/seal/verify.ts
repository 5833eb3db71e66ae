import type { Damage, Verdict } from '../../audit-contract.ts';
import type { Runtime } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { ledgerStart, type Position } from '../ledger.ts';
import { notAfter } from '../live/position.ts';
import { chainHash, marksOf, noHash, type Seal } from './chain.ts';
import { findDamage } from './damage.ts';
import { countUnsealed, findRowText, type RowText, readRowTexts, timeOf, wholeLedger } from './row-text.ts';
import { readEnd, readSeals } from './stored-seals.ts';

export type VerifyOptions = {
  /** A head noted earlier, elsewhere: 64 hexadecimal digits. */
  head?: string;
  onProgress?: (rows: number) => void;
};

const page = 5000;
const sealsAtOnce = 50;
const mostDamage = 20;

/** Recomputes every seal from the rows as they now stand, on one snapshot, while the system runs. */
export async function verifyLedger(runtime: Runtime, options: VerifyOptions = {}): Promise<Verdict> {
  const started = performance.now();
  const verdict = await runtime.db.read(wholeLedger, (tx) => verifyOn(runtime, tx, options));
  return { ...verdict, seconds: (performance.now() - started) / 1000 };
}

type Progress = { before: Seal | undefined; keyed: boolean; verdict: Verdict };

async function verifyOn(runtime: Runtime, tx: Tx, options: VerifyOptions): Promise<Verdict> {
  const verdict: Verdict = {
    ...{
      ok: true,
      at: runtime.clock().toISOString(),
      seals: 0,
      rows: 0,
      unsealed: 0,
      unkeyed: 0,
      head: null,
      damage: [],
      backdated: [],
      seconds: 0,
    },
    ...(options.head === undefined ? {} : { found: null }),
  };
  const progress: Progress = { before: undefined, keyed: false, verdict };
  const rows = rowsInOrder(tx);
  for await (const seal of sealsInOrder(tx)) {
    const covered = await rows.upTo(seal);
    await verifySeal(runtime, tx, progress, seal, covered);
    if (seal.hash.toString('hex') === options.head) verdict.found = seal.n;
    options.onProgress?.(verdict.rows);
  }
  await verifyEnd(runtime, tx, progress);
  if (verdict.found === null) verdict.ok = false;
  return verdict;
}

async function verifySeal(runtime: Runtime, tx: Tx, progress: Progress, seal: Seal, rows: readonly RowText[]): Promise<void> {
  const { verdict, before } = progress;
  verdict.seals += 1;
  verdict.rows += rows.length;
  const missing = seal.n - (before?.n ?? 0) - 1;
  if (missing > 0) report(verdict, { what: 'seal_missing', seal: seal.n - missing });
  // Over a gap the seal can still be held against its own rows, with what it says of the one before.
  const prev = missing > 0 ? seal.prev : (before?.hash ?? noHash);
  const own = missing > 0 ? rows.filter((row) => seal.seqs.includes(row.seq)) : rows;
  const how = seal.prev.equals(prev) ? madeHow(seal, own, runtime.config.sealKey) : undefined;
  if (how === 'plain') verdict.unkeyed += 1;
  // Once there is a key, a seal without it was made by somebody who does not have it.
  if (how === undefined || (how === 'plain' && progress.keyed)) report(verdict, await whatIsWrong(runtime, tx, seal, own));
  if (before) verdict.backdated.push(...backdated(before, seal, own).slice(0, mostDamage - verdict.backdated.length));
  progress.keyed ||= how === 'keyed';
  progress.before = seal;
}

/** With which key a seal was made; undefined when with neither it fits these rows. */
function madeHow(seal: Seal, rows: readonly RowText[], key: string | null): 'keyed' | 'plain' | undefined {
  if (key !== null && chainHash(seal, rows, key).equals(seal.hash)) return 'keyed';
  return chainHash(seal, rows, null).equals(seal.hash) ? 'plain' : undefined;
}

async function whatIsWrong(runtime: Runtime, tx: Tx, seal: Seal, rows: readonly RowText[]): Promise<Damage> {
  // When the rows as they stand, with marks made from them, give the hash, they are what was sealed: the seal's own record was altered.
  const last = rows.at(-1);
  const asSealed = {
    ...seal,
    ...(last ? { tx: last.tx, seq: last.seq } : {}),
    rows: rows.length,
    seqs: rows.map((row) => row.seq),
    marks: marksOf(rows),
  };
  if (madeHow(asSealed, rows, runtime.config.sealKey) !== undefined) return { what: 'seal_broken', seal: seal.n };
  const damage = findDamage(seal, rows);
  if (damage.what !== 'row_removed' || damage.seq === undefined) return damage;
  // A row that is not where it was sealed but stands elsewhere was moved, not removed.
  return (await findRowText(tx, damage.seq)) ? { ...damage, what: 'rows_reordered' } : damage;
}

/** No transaction runs this long, so whatever is older than the seal before by more was not written when it says. */
const longestTransactionMs = 3_600_000;

function backdated(before: Seal, seal: Seal, rows: readonly RowText[]): { seal: number; seq: string }[] {
  const since = new Date(Date.parse(before.at) - longestTransactionMs).toISOString().slice(0, -1);
  return rows.filter((row) => timeOf(row.text) < since).map((row) => ({ seal: seal.n, seq: row.seq }));
}

async function verifyEnd(runtime: Runtime, tx: Tx, { before, keyed, verdict }: Progress): Promise<void> {
  const end: Position = before ?? ledgerStart;
  const { noted } = await readEnd(tx);
  if (noted.tx !== end.tx || noted.seq !== end.seq) report(verdict, { what: 'seal_missing', seal: (before?.n ?? 0) + 1 });
  if (before && runtime.config.sealKey !== null && !keyed) report(verdict, { what: 'seal_unkeyed', seal: before.n });
  if (before) verdict.head = { n: before.n, at: before.at, hash: before.hash.toString('hex') };
  verdict.unsealed = await countUnsealed(tx, end);
}

function report(verdict: Verdict, damage: Damage): void {
  verdict.ok = false;
  if (verdict.damage.length < mostDamage) verdict.damage.push(damage);
}

async function* sealsInOrder(tx: Tx): AsyncGenerator<Seal> {
  let last = 0;
  for (;;) {
    const found = await readSeals(tx, last, sealsAtOnce);
    yield* found;
    last = found.at(-1)?.n ?? last;
    if (found.length < sealsAtOnce) return;
  }
}

/** Reads the ledger ahead of the hashing: the next page is on its way while this one is worked on. */
function rowsInOrder(tx: Tx) {
  let coming = readRowTexts(tx, ledgerStart, page);
  let held: RowText[] = [];
  let done = false;
  const fill = async (): Promise<void> => {
    const got = await coming;
    done = got.length < page;
    const end = got.at(-1);
    coming = done || !end ? Promise.resolve([]) : readRowTexts(tx, end, page);
    held = held.length === 0 ? got : [...held, ...got];
  };
  return {
    /** The next rows that lie at the seal's end or before it. */
    async upTo(end: Position): Promise<RowText[]> {
      while (!done && (held.length === 0 || notAfter(held.at(-1) ?? ledgerStart, end))) await fill();
      const next = held.findIndex((row) => !notAfter(row, end));
      const cut = next < 0 ? held.length : next;
      const taken = held.slice(0, cut);
      held = held.slice(cut);
      return taken;
    },
  };
}
