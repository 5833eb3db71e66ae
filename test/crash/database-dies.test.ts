import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type App, startApp } from '#kernel/server/app.ts';
import { makeAuthenticate } from '#kernel/server/auth/server.ts';
import { readConfig } from '#kernel/server/config.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import { createLog } from '#kernel/server/log.ts';
import { type Database, openDatabase } from '#kernel/server/pg/open-database.ts';
import { demoPassword, seedCity } from '../../cli/seed.ts';
import { servers } from '../../modules/server.ts';
import { postmasterOf } from './peek.ts';
import { assign, plant, type Sent, signIn } from './storm.ts';

let dataDir: string;
let database: Database;
let app: App;
let owner: pg.Pool;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vigil-dies-'));
  const config = readConfig({ VIGIL_PORT: '0', VIGIL_DEMO: '1', VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'fatal' });
  const log = createLog(config);
  database = await openDatabase(config, log);
  await migrate(database.owner, servers);
  await seedCity(database.owner, new Date());
  app = await startApp({ config, log, database: database.app, servers, authenticate: makeAuthenticate, rateLimit: false });
  owner = new pg.Pool({ ...database.owner, max: 1 });
  owner.on('error', () => undefined);
}, 120_000);

afterAll(async () => {
  await owner?.end();
  await app?.stop();
  await database?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const statusOf = async (path: string) => (await fetch(`${app.url}${path}`)).status;

it('serves again after its database was killed, without losing or doubling anything', { timeout: 120_000 }, async () => {
  const cookie = await signIn(app.url, 'quancheng-officer', demoPassword);
  const [first, second] = await plant(owner, 40).then((ids) => [ids.slice(0, 20), ids.slice(20)]);
  const sent: Sent[] = (first ?? []).map((id) => ({ id, request: newId(), acked: false }));
  const storm = sent.map(async (one) => {
    one.acked = await assign(app.url, cookie, one);
  });
  await Promise.race(storm);
  process.kill(await postmasterOf(dataDir), 'SIGKILL');
  await Promise.all(storm);
  expect(sent.filter((one) => one.acked).length).toBeGreaterThan(0);
  await expect.poll(() => statusOf('/readyz'), { timeout: 30_000, interval: 50 }).toBe(200);
  const later = (second ?? []).map((id) => ({ id, request: newId(), acked: false }));
  for (const one of [...sent.filter((each) => !each.acked), ...later]) {
    expect(await assign(app.url, cookie, one), `the request ${one.request}`).toBe(true);
  }
  const all = [...sent, ...later].map((one) => one.request);
  const rows = await owner.query('select request, count(*)::int as n from kernel.event where request = any($1::uuid[]) group by request', [
    all,
  ]);
  expect(rows.rows.map((row) => row.n)).toEqual(all.map(() => 1));
  // What runs beside the requests has come back too: every reader of the ledger gets past the last of these rows.
  const behind = async () =>
    (
      await owner.query(
        `select name from kernel.cursor c where name not like 'chore:%'
         and exists (select 1 from kernel.event e where e.request = any($1::uuid[]) and (e.tx, e.seq) > (c.tx, c.seq))`,
        [all],
      )
    ).rows;
  await expect.poll(behind, { timeout: 40_000, interval: 200 }).toEqual([]);
});

it('says over /readyz that the database is away', { timeout: 60_000 }, async () => {
  process.kill(await postmasterOf(dataDir), 'SIGKILL');
  await expect.poll(() => statusOf('/readyz'), { timeout: 5000, interval: 10 }).toBe(503);
  expect(await statusOf('/healthz')).toBe(200);
  await expect.poll(() => statusOf('/readyz'), { timeout: 30_000, interval: 50 }).toBe(200);
});
