import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '#kernel/server/app.ts';
import { makeAuthenticate } from '#kernel/server/auth/server.ts';
import { type Config, readConfig } from '#kernel/server/config.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import { createLog, type Log } from '#kernel/server/log.ts';
import { type Database, openDatabase } from '#kernel/server/pg/open-database.ts';
import { demoPassword, isEmpty, seedCity } from '../cli/seed.ts';
import { servers } from '../modules/server.ts';

export type StandingCity = { app: App; database: Database; cookie: (login: string) => Promise<string>; stop: () => Promise<void> };

/**
 * A city that is expensive to make: in the given folder it stays and is used again, else it is thrown away. `fill` is called
 * once, when the folder is new.
 */
export async function openCity(
  folder: string | undefined,
  fill: (config: Config, log: Log, database: Database) => Promise<void>,
): Promise<StandingCity> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'vigil-bench-')));
  const config = readConfig({ VIGIL_PORT: '0', VIGIL_DEMO: '1', VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'error' });
  const log = createLog(config);
  const database = await openDatabase(config, log);
  await migrate(database.owner, servers);
  if (await isEmpty(database.owner)) {
    await seedCity(database.owner, new Date());
    await fill(config, log, database);
  }
  const app = await startApp({
    config,
    log,
    database: database.app,
    servers,
    authenticate: makeAuthenticate,
    background: false,
    rateLimit: false,
  });
  return {
    app,
    database,
    async cookie(login) {
      const response = await fetch(`${app.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login, password: demoPassword }),
      });
      if (response.status !== 200) throw new Error(`${login}: ${await response.text()}`);
      return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    },
    async stop() {
      await app.stop();
      await database.stop();
      if (folder === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export function figuresOf(values: readonly number[]): { p50: number; p95: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
