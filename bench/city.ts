import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type App, startApp } from '#kernel/server/app.ts';
import { makeAuthenticate } from '#kernel/server/auth/server.ts';
import { type Config, readConfig } from '#kernel/server/config.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import { createLog, type Log } from '#kernel/server/log.ts';
import { type Database, openDatabase } from '#kernel/server/pg/open-database.ts';
import { demoPassword, isEmpty, seedCity, seedHistory } from '../cli/seed.ts';
import { servers } from '../modules/server.ts';

/** A city with the real database under it: what every bench runs on. */
export type BenchCity = {
  app: App;
  database: Database;
  owner: pg.Pool;
  cookie: (login: string) => Promise<string>;
  stop: () => Promise<void>;
};

type Fill = (config: Config, log: Log, database: Database) => Promise<void>;

/**
 * `history`: with the demonstration's hazards, so that people have work in their inboxes. `folder`: a city that is expensive to
 * make stays there and is used again, else it is thrown away. `fill` is called once, when the city is new.
 */
export async function startCity({
  background = false,
  history = false,
  folder,
  fill,
}: {
  background?: boolean;
  history?: boolean;
  folder?: string | undefined;
  fill?: Fill;
} = {}): Promise<BenchCity> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'vigil-bench-')));
  const config = readConfig({ VIGIL_PORT: '0', VIGIL_DEMO: '1', VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'error' });
  const log = createLog(config);
  const database = await openDatabase(config, log);
  await migrate(database.owner, servers);
  if (await isEmpty(database.owner)) {
    await seedCity(database.owner, new Date());
    if (history) await seedHistory(config, log, database);
    await fill?.(config, log, database);
  }
  const app = await startApp({
    config,
    log,
    database: database.app,
    servers,
    authenticate: makeAuthenticate,
    background,
    rateLimit: false,
  });
  const owner = new pg.Pool({ ...database.owner, max: 2 });
  return {
    app,
    database,
    owner,
    cookie: async (login) => {
      const response = await fetch(`${app.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login, password: demoPassword }),
      });
      if (response.status !== 200) throw new Error(`${login}: ${await response.text()}`);
      return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    },
    stop: async () => {
      await owner.end();
      await app.stop();
      await database.stop();
      if (folder === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
