import type { Runtime } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { type Guard, sendGuard } from '../db/transaction.ts';
import type { LedgerEvent, Reader } from '../implement.ts';
import { ledgerStart, type Position, readEvents, sendEvent } from '../ledger.ts';
import { readerLag } from '../metrics.ts';
import { wholeLedger } from '../seal/row-text.ts';
import { type Loop, startLoop } from './loop.ts';

const pageSize = 500;
/** An event that fails this often in a row is passed over. */
const patience = 5;

export type ReaderOptions = { idleMs?: number; backOffMs?: number };

/**
 * Runs each reader: the next page of the ledger and the reader's own writes are one transaction with its cursor, and the
 * cursor's row is locked meanwhile, so that with any number of processes each event is handled exactly once.
 */
export function startReaders(runtime: Runtime, readers: readonly Reader[], options: ReaderOptions = {}): Loop {
  const loops = readers.map((reader) =>
    startLoop(makeStep(runtime, reader), {
      idleMs: options.idleMs ?? 500,
      backOffMs: options.backOffMs ?? 200,
      onError: (err, failures) => runtime.log.error({ err, failures, reader: reader.name }, 'reader of the ledger failed, trying again'),
    }),
  );
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
    poke: () => {
      for (const loop of loops) loop.poke();
    },
  };
}

/** An error of the handler, with the event it failed on when there was only that one. */
class Refused extends Error {
  readonly event: LedgerEvent | undefined;
  constructor(cause: unknown, events: readonly LedgerEvent[]) {
    super('the handler failed', { cause });
    this.event = events.length === 1 ? events[0] : undefined;
  }
}

/** The database being away is not the event's fault; a lock, a deadlock or a slow minute neither. */
const outage = /^(08|53|55|57|58|40|25P0[23])/;

function isOutage(error: unknown): boolean {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return outage.test(code) || /^E[A-Z]+$/.test(code);
  return typeof message === 'string' && /connection|terminat/i.test(message);
}

/** One page at a time; where a page fails, its events one at a time, so that a bad one is found and the others are not held up. */
export function makeStep(runtime: Runtime, reader: Reader): () => Promise<boolean> {
  let singly = 0;
  let bad: { key: string; failures: number } | undefined;
  return async () => {
    if (!(await hasMore(runtime, reader.name))) return false;
    try {
      const more = await page(runtime, reader, singly > 0 ? 1 : pageSize);
      if (singly > 0) singly--;
      bad = undefined;
      return more;
    } catch (error) {
      if (!(error instanceof Refused) || isOutage(error.cause)) throw error;
      singly ||= pageSize;
      if (error.event === undefined) return true;
      const key = `${error.event.tx}.${error.event.seq}`;
      bad = { key, failures: bad?.key === key ? bad.failures + 1 : 1 };
      if (bad.failures < patience) throw error.cause;
      await skip(runtime, reader, error);
      bad = undefined;
      return true;
    }
  };
}

/** A look without a lock: locking the cursor writes, and most of the time there is nothing to do. */
async function hasMore(runtime: Runtime, name: string): Promise<boolean> {
  return runtime.db.read(wholeLedger, async (tx) => {
    const at = await tx.client.run<Position>('select tx::text as tx, seq::text as seq from kernel.cursor where name = $1', [name]);
    return (await readEvents(tx, at.rows[0] ?? ledgerStart, 1)).length > 0;
  });
}

/** One bad event must not stop the notices of a city: it is passed over, and the ledger says so. */
async function skip(runtime: Runtime, reader: Reader, { event, cause }: Refused): Promise<void> {
  runtime.log.error({ err: cause, reader: reader.name, event: event?.seq, name: event?.name }, 'an event cannot be handled: passed over');
  const guard = await runtime.system();
  await runtime.db.write(guard, async (tx) => {
    const at = await lockCursor(tx, reader.name);
    const next = at && (await wantedAfter(tx, guard, reader, at, 1)).wanted[0];
    // Another process may have got past it meanwhile.
    if (!event || !next || next.seq !== event.seq || next.tx !== event.tx) return;
    await moveCursor(tx, reader.name, event);
    const { code } = (cause ?? {}) as { code?: unknown };
    const why = typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'error';
    // The error's text may quote personal data; the ledger keeps its kind, the log has the rest.
    await sendEvent(tx.client, { name: 'matter.reader_skipped', data: { reader: reader.name, seq: event.seq, name: event.name, why } });
  });
}

/** Handles the next page. @returns whether more may be waiting */
async function page(runtime: Runtime, reader: Reader, most: number): Promise<boolean> {
  const guard = await runtime.system();
  return runtime.db.write(guard, async (tx) => {
    const at = await lockCursor(tx, reader.name);
    if (!at) return false;
    const { wanted, read, last } = await wantedAfter(tx, guard, reader, at, most);
    if (!last) return false;
    if (wanted.length > 0) await handle(runtime, reader, tx, wanted);
    await moveCursor(tx, reader.name, last);
    readerLag.inc({ reader: reader.name }, read);
    return read >= Math.min(most, pageSize);
  });
}

async function handle(runtime: Runtime, reader: Reader, tx: Tx, events: readonly LedgerEvent[]): Promise<void> {
  const { log, providers } = runtime;
  const request = `reader:${reader.name}`;
  try {
    await reader.handle({ tx, now: runtime.clock(), log, request, use: (provider) => providers.use(provider) }, events);
  } catch (error) {
    throw new Refused(error, events);
  }
}

type Page = { wanted: LedgerEvent[]; read: number; last: LedgerEvent | undefined };

/** The next events the reader wants, at most `most` of them; what it does not want on the way is passed. */
async function wantedAfter(tx: Tx, guard: Guard, reader: Reader, at: Position, most: number): Promise<Page> {
  await sendGuard(tx.client, { ...wholeLedger, person: guard.person });
  const events = await readEvents(tx, at, pageSize);
  await sendGuard(tx.client, guard);
  const wanted = events.filter(reader.wants);
  if (wanted.length <= most) return { wanted, read: events.length, last: events.at(-1) };
  const taken = wanted.slice(0, most);
  const last = taken.at(-1);
  return { wanted: taken, read: last ? events.indexOf(last) + 1 : 0, last };
}

async function lockCursor(tx: Tx, name: string): Promise<Position | undefined> {
  const read = () =>
    tx.client.run<Position>('select tx::text as tx, seq::text as seq from kernel.cursor where name = $1 for update skip locked', [name]);
  const found = (await read()).rows[0];
  if (found) return found;
  const made = await tx.client.run('insert into kernel.cursor (name) values ($1) on conflict do nothing', [name]);
  return made.rowCount === 1 ? (await read()).rows[0] : undefined;
}

async function moveCursor(tx: Tx, name: string, to: Position): Promise<void> {
  await tx.client.run('update kernel.cursor set tx = $2::xid8, seq = $3::bigint, at = now() where name = $1', [name, to.tx, to.seq]);
}
