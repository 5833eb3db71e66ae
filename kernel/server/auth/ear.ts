import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PgSettings } from '../db/pool.ts';
import type { Log } from '../log.ts';
import { changesChannel } from './affecting.ts';
import { invalidate } from './session-cache.ts';

export type Ear = { stop: () => Promise<void> };

const longestPauseMs = 10_000;

/**
 * Listens on one connection of its own for changes of posts, accounts and sessions made by any process, so that whoever was signed out or
 * lost a post elsewhere is refused here by the next request. While the connection is away, what is remembered is at most 10 s old.
 */
export function listenForChanges(database: PgSettings, log: Log): Ear {
  const ended = new AbortController();
  const done = listenOn(database, log, ended.signal);
  return {
    stop: async () => {
      ended.abort();
      await done;
    },
  };
}

async function listenOn(database: PgSettings, log: Log, signal: AbortSignal): Promise<void> {
  for (let pause = 200; !signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      await listenOnce(database, signal, () => {
        pause = 200;
      });
    } catch (err) {
      log.warn({ err }, 'changes of sessions made by other processes are not heard at once, trying again');
    }
    await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Until the connection ends or the ear is stopped. */
async function listenOnce(database: PgSettings, signal: AbortSignal, onListening: () => void): Promise<void> {
  const client = new pg.Client({ ...database, application_name: 'vigil ear', keepAlive: true, connectionTimeoutMillis: 10_000 });
  const over = new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('end', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  over.catch(() => undefined);
  client.on('notification', ({ payload }) => invalidate(payload ?? 'all'));
  try {
    await client.connect();
    await client.query(`listen ${changesChannel}`);
    onListening();
    // Whatever happened while nobody listened.
    invalidate('all');
    await over;
  } finally {
    await client.end().catch(() => undefined);
  }
}
