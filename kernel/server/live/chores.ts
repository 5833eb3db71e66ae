import type { Runtime } from '../context.ts';
import { nobody } from '../db/transaction.ts';
import type { Chore } from '../implement.ts';

/**
 * Runs each chore on its own clock. An advisory lock, held by an otherwise idle transaction, lets one process at a time do
 * it; a chore that runs long is not started twice.
 */
export function startChores(runtime: Runtime, chores: readonly Chore[]): { stop: () => Promise<void> } {
  const running = new Set<Promise<void>>();
  let stopped = false;
  const timers = chores.map((chore) => {
    let busy = false;
    const tick = async () => {
      if (busy || stopped) return;
      busy = true;
      try {
        await once(runtime, chore);
      } catch (error) {
        if (!stopped) runtime.log.error({ err: error, chore: chore.name }, 'chore failed');
      } finally {
        busy = false;
      }
    };
    const start = () => {
      const run = tick();
      running.add(run);
      run.finally(() => running.delete(run));
    };
    // Not all at the same moment, and the first one soon: a restart after a night must not wait for the first beat.
    setTimeout(start, 300 + 200 * chores.indexOf(chore)).unref();
    return setInterval(start, chore.everySeconds * 1000);
  });
  return {
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}

async function once(runtime: Runtime, chore: Chore): Promise<void> {
  await runtime.db.read(nobody, async (tx) => {
    const got = await tx.client.run<{ got: boolean }>('select pg_try_advisory_xact_lock(hashtext($1)) as got', [
      `vigil.chore.${chore.name}`,
    ]);
    if (!got.rows[0]?.got) return;
    // The lock's transaction waits idle while the chore works on its own connections.
    await tx.client.query(`set local idle_in_transaction_session_timeout = '15min'`);
    await chore.run(runtime);
  });
}
