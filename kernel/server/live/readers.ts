import type { Runtime } from '../context.ts';
import type { LedgerEvent, Reader } from '../implement.ts';
import { type Position, readEvents, sendEvent } from '../ledger.ts';
import { readerLag } from '../metrics.ts';

const pageSize = 500;
const idleMs = 500;
/** After this many failures on the same page its events are tried one by one, and the one that fails is skipped. */
const patience = 5;

export type Running = { stop: () => Promise<void>; poke: () => void };

/**
 * Runs each reader: the next page of the ledger and the reader's own writes are one transaction with its cursor, and the
 * cursor's row is locked meanwhile, so that with any number of processes each event is handled exactly once.
 */
export function startReaders(runtime: Runtime, readers: readonly Reader[]): Running {
  const loops = readers.map((reader) => startLoop(() => step(runtime, reader), runtime));
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
    poke: () => {
      for (const loop of loops) loop.poke();
    },
  };
}

function startLoop(work: () => Promise<boolean>, runtime: Runtime): Running {
  let stopped = false;
  let wake: (() => void) | undefined;
  let poked = false;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const done = (async () => {
    let failures = 0;
    while (!stopped) {
      poked = false;
      try {
        const more = await work();
        failures = 0;
        if (!more && !poked) await pause(idleMs);
      } catch (error) {
        failures++;
        if (!stopped) runtime.log.error({ err: error, failures }, 'reader of the ledger failed');
        await pause(Math.min(30_000, 200 * 2 ** failures));
      }
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      wake?.();
      await done;
    },
    poke: () => {
      poked = true;
      wake?.();
    },
  };
}

const failing = new Map<string, number>();

/** One page. @returns whether more may be waiting */
export async function step(runtime: Runtime, reader: Reader): Promise<boolean> {
  try {
    const more = await page(runtime, reader, pageSize);
    failing.delete(reader.name);
    return more;
  } catch (error) {
    const failures = (failing.get(reader.name) ?? 0) + 1;
    failing.set(reader.name, failures);
    if (failures < patience) throw error;
    runtime.log.error({ err: error, reader: reader.name }, 'an event cannot be handled: going on one by one');
    await oneByOne(runtime, reader);
    failing.delete(reader.name);
    return true;
  }
}

/** One bad event must not stop the notices of a city: it is passed over, and the ledger says so. */
async function oneByOne(runtime: Runtime, reader: Reader): Promise<void> {
  for (let i = 0; i < pageSize; i++) {
    try {
      if (!(await page(runtime, reader, 1))) return;
    } catch (error) {
      await skip(runtime, reader, error);
      return;
    }
  }
}

async function skip(runtime: Runtime, reader: Reader, error: unknown): Promise<void> {
  await runtime.db.write(await runtime.system(), async (tx) => {
    const at = await lockCursor(tx.client, reader.name);
    const [event] = at ? await readEvents(tx, at, 1) : [];
    if (!event) return;
    await moveCursor(tx.client, reader.name, event);
    await sendEvent(tx.client, {
      name: 'matter.reader_skipped',
      subject: event.subject,
      org: event.org,
      data: { reader: reader.name, seq: event.seq, name: event.name, why: String(error).slice(0, 300) },
    });
  });
}

type Runs = { run<R extends object>(text: string, values?: readonly unknown[]): Promise<{ rows: R[]; rowCount: number | null }> };

async function lockCursor(client: Runs, name: string): Promise<Position | undefined> {
  const read = () =>
    client.run<Position>('select tx::text as tx, seq::text as seq from kernel.cursor where name = $1 for update skip locked', [name]);
  const found = (await read()).rows[0];
  if (found) return found;
  const made = await client.run('insert into kernel.cursor (name) values ($1) on conflict do nothing', [name]);
  return made.rowCount === 1 ? (await read()).rows[0] : undefined;
}

async function moveCursor(client: Runs, name: string, to: Position): Promise<void> {
  await client.run('update kernel.cursor set tx = $2::xid8, seq = $3::bigint, at = now() where name = $1', [name, to.tx, to.seq]);
}

async function page(runtime: Runtime, reader: Reader, limit: number): Promise<boolean> {
  const guard = await runtime.system();
  return runtime.db.write(guard, async (tx) => {
    const at = await lockCursor(tx.client, reader.name);
    if (!at) return false;
    const events = await readEvents(tx, at, limit);
    const last = events.at(-1);
    if (!last) return false;
    const wanted: LedgerEvent[] = events.filter(reader.wants);
    if (wanted.length > 0) {
      await reader.handle(
        {
          tx,
          now: runtime.clock(),
          log: runtime.log,
          request: `reader:${reader.name}`,
          use: (provider) => runtime.providers.use(provider),
        },
        wanted,
      );
    }
    await moveCursor(tx.client, reader.name, last);
    readerLag.inc({ reader: reader.name }, events.length);
    return events.length === limit;
  });
}
