import { setTimeout as sleep } from 'node:timers/promises';
import { Counter } from 'prom-client';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import { databaseLost } from './database-fault.ts';
import type { StartupFault } from './startup-fault.ts';

const restarts = new Counter({
  name: 'vigil_database_restarts_total',
  help: 'Times the embedded database was found dead and was running again',
  registers: [metrics],
});

const lookMillis = 500;
/** Before each try, in milliseconds: about four minutes in all, then whoever runs Vigil must look. */
const defaultPauses = [0, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 30_000, 60_000, 60_000];

export interface Watched {
  readonly isRunning: () => boolean;
  /** Brings the server back at its old address, or attaches to it where another process was quicker. */
  readonly restart: () => Promise<void>;
  readonly log: Log;
  readonly pauses?: readonly number[];
}

export interface Keeper {
  /** Resolves when every try has failed; never otherwise. */
  readonly lost: Promise<StartupFault>;
  /** Ends the watch, after the try that is under way. */
  readonly stop: () => Promise<void>;
}

/** Looks after a server that may die (out of memory, a kill by mistake) while Vigil lives on: starts it again with growing pauses. */
export function keepRunning({ isRunning, restart, log, pauses = defaultPauses }: Watched): Keeper {
  const ended = new AbortController();
  const { signal } = ended;
  let give: (fault: StartupFault) => void = () => undefined;
  const lost = new Promise<StartupFault>((resolve) => {
    give = resolve;
  });
  const watch = async (): Promise<void> => {
    while (await pause(lookMillis, signal)) {
      if (isRunning()) continue;
      log.error('数据库进程意外退出，正在重新启动 · the database server has died and is being started again');
      const failure = await tryAgain(restart, pauses, signal, log);
      if (failure === undefined) continue;
      give(databaseLost(pauses.length, failure.cause));
      return;
    }
  };
  const done = watch();
  return {
    lost,
    stop: async () => {
      ended.abort();
      await done;
    },
  };
}

/** @returns what the last try failed with, when none succeeded */
async function tryAgain(
  restart: () => Promise<void>,
  pauses: readonly number[],
  signal: AbortSignal,
  log: Log,
): Promise<{ cause: unknown } | undefined> {
  let cause: unknown;
  for (const [at, millis] of pauses.entries()) {
    if (!(await pause(millis, signal))) return undefined;
    try {
      await restart();
      restarts.inc();
      log.warn({ tries: at + 1 }, '数据库已恢复运行 · the database server is running again');
      return undefined;
    } catch (error) {
      cause = error;
      log.error({ err: error, try: at + 1, of: pauses.length }, '数据库重启失败 · the database server could not be started again');
    }
  }
  return { cause };
}

/** @returns false when the watch was ended meanwhile */
async function pause(millis: number, signal: AbortSignal): Promise<boolean> {
  await sleep(millis, undefined, { signal, ref: false }).catch(() => undefined);
  return !signal.aborted;
}
