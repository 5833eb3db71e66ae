import { Counter, Histogram } from 'prom-client';
import type { Runtime } from '../context.ts';
import { nobody } from '../db/transaction.ts';
import type { Chore } from '../implement.ts';
import { metrics } from '../metrics.ts';
import { startLoop } from './loop.ts';

const seconds = new Histogram({
  name: 'vigil_chore_seconds',
  help: 'Duration of each chore',
  labelNames: ['chore'],
  buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120, 600],
  registers: [metrics],
});
const failures = new Counter({
  name: 'vigil_chore_failures_total',
  help: 'Chores that failed',
  labelNames: ['chore'],
  registers: [metrics],
});

/** Whoever has taken a chore and is gone without a word is waited for this long. */
const leaseSeconds = 30;
const longestSleepMs = 60_000;

/**
 * Runs each chore on its own clock, which stands in the database: of any number of processes one at a time does it, and a
 * restart neither forgets it nor does it once more.
 */
export function startChores(runtime: Runtime, chores: readonly Chore[]): { stop: () => Promise<void> } {
  const loops = chores.map((chore, i) => {
    let first = true;
    const work = async () => {
      // Not all at the same moment.
      if (first) {
        first = false;
        return 300 + 100 * i;
      }
      return turn(runtime, chore);
    };
    const onError = (err: unknown) => runtime.log.error({ err, chore: chore.name }, 'chore cannot be taken, trying again');
    return startLoop(work, { idleMs: chore.everySeconds * 1000, onError });
  });
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Does the chore if it is due and nobody else does it. @returns the milliseconds until it is worth looking again */
export async function turn(runtime: Runtime, chore: Chore): Promise<number> {
  const taken = await take(runtime, chore);
  if (!taken.token) return Math.min(Math.max(taken.waitMs, 50), longestSleepMs);
  const { token } = taken;
  const hold = setInterval(
    () => {
      extend(runtime, chore, token).catch((err) => runtime.log.warn({ err, chore: chore.name }, 'chore: lease not extended'));
    },
    (leaseSeconds * 1000) / 3,
  );
  const started = performance.now();
  try {
    await chore.run(runtime);
  } catch (err) {
    failures.inc({ chore: chore.name });
    runtime.log.error({ err, chore: chore.name }, 'chore failed');
  } finally {
    clearInterval(hold);
    seconds.observe({ chore: chore.name }, (performance.now() - started) / 1000);
  }
  await finish(runtime, chore, token, (performance.now() - started) / 1000);
  return Math.min(Math.max(chore.everySeconds * 1000 - (performance.now() - started), 50), longestSleepMs);
}

/** The row of a chore in kernel.cursor: `at` is when it may be done next, `seq` counts the times it was taken. */
const rowOf = (chore: Chore) => `chore:${chore.name}`;

type Taken = { token: string; waitMs: 0 } | { token: undefined; waitMs: number };

function take(runtime: Runtime, chore: Chore): Promise<Taken> {
  return runtime.db.write(nobody, async ({ client }) => {
    const look = () =>
      client.run<{ ms: number }>(
        'select (extract(epoch from at - clock_timestamp()) * 1000)::float8 as ms from kernel.cursor where name = $1',
        [rowOf(chore)],
      );
    let found = (await look()).rows[0];
    if (!found) {
      await client.run(`insert into kernel.cursor (name, at) values ($1, 'epoch') on conflict do nothing`, [rowOf(chore)]);
      found = (await look()).rows[0];
    }
    // Further ahead than it can be: the database's clock was set back.
    const most = Math.max(chore.everySeconds, leaseSeconds) * 2000;
    if (found && found.ms > 0 && found.ms < most) return { token: undefined, waitMs: found.ms };
    const got = await client.run<{ token: string }>(
      `update kernel.cursor set at = now() + make_interval(secs => $2), seq = seq + 1
       where name = $1 and (at <= clock_timestamp() or at > clock_timestamp() + make_interval(secs => $3)) returning seq::text as token`,
      [rowOf(chore), leaseSeconds, most / 1000],
    );
    const token = got.rows[0]?.token;
    return token === undefined ? { token, waitMs: 1000 } : { token, waitMs: 0 };
  });
}

async function extend(runtime: Runtime, chore: Chore, token: string): Promise<void> {
  await runtime.db.write(nobody, ({ client }) =>
    client.run(`update kernel.cursor set at = now() + make_interval(secs => $3) where name = $1 and seq = $2::bigint`, [
      rowOf(chore),
      token,
      leaseSeconds,
    ]),
  );
}

/** The next time counts from the start of this one. Only who still has it may say so. */
async function finish(runtime: Runtime, chore: Chore, token: string, took: number): Promise<void> {
  await runtime.db.write(nobody, ({ client }) =>
    client.run(`update kernel.cursor set at = now() + make_interval(secs => $3) where name = $1 and seq = $2::bigint`, [
      rowOf(chore),
      token,
      Math.max(0, chore.everySeconds - took),
    ]),
  );
}
