import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type PgSettings, withClient } from './connect.ts';
import { openExternal } from './external.ts';
import { initialiseCluster, superuser } from './initdb.ts';
import { openDatabase } from './open-database.ts';
import { type Place, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import { temporaryFolder, testConfig, testLog } from './test-folder.ts';

const password = 'correct horse battery';
const folder = temporaryFolder('external');
let server: Postmaster;
let place: Place;
let admin: PgSettings;

const dataDir = (name: string) => join(folder.path, name);
const url = (user: string, secret: string, database: string) =>
  `postgresql://${user}:${encodeURIComponent(secret)}@127.0.0.1:${server.port}/${database}`;
const sql = (database: string, text: string, as: Partial<PgSettings> = {}) =>
  withClient({ ...admin, database, ...as }, (client) => client.query(text));
const open = (name: string, env: Record<string, string>) => openDatabase(testConfig(dataDir(name), env), testLog(dataDir(name)));

beforeAll(async () => {
  place = {
    clusterDir: join(folder.path, 'postgres', 'data'),
    logFile: join(folder.path, 'postgres.log'),
    account: serverAccount(join(folder.path, 'postgres')),
  };
  mkdirSync(join(folder.path, 'postgres'));
  const binaries = findBinaries({ pgBin: null, major: undefined, account: place.account });
  await initialiseCluster(place, binaries, password);
  server = await startPostmaster(place, binaries, true);
  admin = { host: '127.0.0.1', port: server.port, user: superuser, password, database: 'postgres' };
  for (const name of ['city', 'pair', 'become', 'poor']) await sql('postgres', `create database ${name}`);
}, 30_000);

afterAll(async () => {
  await stopPostmaster(place, undefined, server);
  await folder.remove();
});

describe("an administrator's URL", () => {
  it('creates the two roles beside it, and finds them again', async () => {
    const database = await open('one', { DATABASE_URL: url(superuser, password, 'city') });
    expect(database).toMatchObject({ kind: 'external', version: 18, owner: { user: 'vigil_owner' }, app: { user: 'vigil_app' } });
    await withClient(database.owner, (client) =>
      client.query('create schema toy; create table toy.t (n int); grant usage on schema toy to vigil_app'),
    );
    await expect(withClient(database.app, (client) => client.query('create schema x'))).rejects.toMatchObject({ code: '42501' });
    await expect(withClient(database.app, (client) => client.query('create temp table x ()'))).rejects.toMatchObject({ code: '42501' });
    await expect(withClient(database.app, (client) => client.query('select * from toy.t'))).rejects.toMatchObject({ code: '42501' });
    await database.stop();
    const again = await open('one', { DATABASE_URL: url(superuser, password, 'city') });
    expect(again.app.password).toBe(database.app.password);
    await again.stop();
  });

  it('takes the roles over when their passwords are lost, but not from somebody who works with them', async () => {
    const first = await open('one', { DATABASE_URL: url(superuser, password, 'city') });
    await withClient(first.owner, async () => {
      await expect(open('two', { DATABASE_URL: url(superuser, password, 'city') })).rejects.toMatchObject({
        code: 'database.roles_in_use',
      });
    });
    await first.stop();
    // The server may still be ending the session that was just closed.
    await expect
      .poll(
        async () =>
          (await sql('postgres', "select from pg_stat_activity where usename like 'vigil\\_%' and usename <> current_user")).rowCount,
      )
      .toBe(0);
    const second = await open('two', { DATABASE_URL: url(superuser, password, 'city') });
    await withClient(second.app, (client) => client.query('select 1'));
    await second.stop();
  });
});

describe('accounts made by hand', () => {
  it('uses two URLs, and refuses an application account that row-level security would not hold', async () => {
    await sql(
      'pair',
      "create role dba_owner login password 'owner-secret'; create role dba_app login password 'app-secret'; create role too_much login bypassrls password 'x'",
    );
    await sql('pair', 'grant create on database pair to dba_owner; grant vigil_app to dba_app, too_much');
    const owner = url('dba_owner', 'owner-secret', 'pair');
    const database = await open('pair', { DATABASE_URL: owner, VIGIL_APP_DATABASE_URL: url('dba_app', 'app-secret', 'pair') });
    expect(database.app.user).toBe('dba_app');
    await database.stop();
    for (const app of [url('too_much', 'x', 'pair'), owner]) {
      await expect(open('pair', { DATABASE_URL: owner, VIGIL_APP_DATABASE_URL: app })).rejects.toMatchObject({
        code: 'database.rights_missing',
      });
    }
  });

  it('becomes the two roles where it may, and else says which statements are needed', async () => {
    await sql(
      'become',
      "create role one_account login password 'one-secret'; grant vigil_owner, vigil_app to one_account; grant create on database become to vigil_owner",
    );
    const database = await open('become', { DATABASE_URL: url('one_account', 'one-secret', 'become') });
    const asApp = await withClient(database.app, (client) => client.query('select current_user as me'));
    expect(asApp.rows).toEqual([{ me: 'vigil_app' }]);
    await withClient(database.owner, (client) => client.query('create schema mine'));
    await expect(withClient(database.app, (client) => client.query('create schema x'))).rejects.toMatchObject({ code: '42501' });
    await database.stop();
    await sql('poor', "create role poor_account login password 'poor-secret'");
    const poor = open('poor', { DATABASE_URL: url('poor_account', 'poor-secret', 'poor') });
    await expect(poor).rejects.toMatchObject({ code: 'database.rights_missing', exitCode: 77 });
    await expect(poor).rejects.toThrow('create role vigil_app login');
  });
});

describe('a database that cannot be used', () => {
  const config = (target: string) => testConfig(dataDir('bad'), { DATABASE_URL: target });

  it('tells a wrong password and a missing database at once', async () => {
    const log = testLog(dataDir('bad'));
    mkdirSync(dataDir('bad'));
    for (const target of [url(superuser, 'wrong', 'city'), url(superuser, password, 'nowhere')]) {
      await expect(openExternal(config(target), target, log)).rejects.toMatchObject({ code: 'database.login_refused', exitCode: 77 });
    }
  });

  it('gives up on an unreachable one after a bounded time, and says what it tried', async () => {
    const target = 'postgresql://a:b@127.0.0.1:9/city';
    const gone = openExternal(config(target), target, testLog(dataDir('bad')), 1);
    await expect(gone).rejects.toMatchObject({ code: 'database.unreachable', exitCode: 69 });
    await expect(gone).rejects.toThrow('a@127.0.0.1:9/city');
  });

  it('refuses another encoding', async () => {
    await sql('postgres', "create database latin template template0 encoding 'LATIN1' locale 'C'");
    const target = url(superuser, password, 'latin');
    await expect(openExternal(config(target), target, testLog(dataDir('bad')))).rejects.toMatchObject({ code: 'database.unsuitable' });
  });
});
