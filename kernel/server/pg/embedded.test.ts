import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from './connect.ts';
import { type Database, openDatabase } from './open-database.ts';
import { folderMark, readPostmasterFile } from './postmaster-file.ts';
import { commandLine, isAlive } from './process-mark.ts';
import { type RunningProcess, runProcess, temporaryFolder, testConfig, testLog } from './test-folder.ts';

const folder = temporaryFolder('embedded');
const config = testConfig(folder.path);
const log = testLog(folder.path);
const clusterDir = join(folder.path, 'postgres', 'data');
const serverPid = () => readPostmasterFile(clusterDir)?.pid ?? 0;
const children: RunningProcess[] = [];
let database: Database;

/** Every process that was started as this folder's server; its own children call themselves otherwise. */
function serversOn(path: string): number[] {
  const mark = folderMark(path);
  const pids = process.platform === 'linux' ? readdirSync('/proc').map(Number).filter(Number.isInteger) : [serverPid()];
  return pids.filter((pid) => commandLine(pid).includes(mark));
}

function run(code: string): RunningProcess {
  const started = runProcess(folder.path, code);
  children.push(started);
  return started;
}

beforeAll(async () => {
  database = await openDatabase(config, log);
}, 30_000);

afterAll(async () => {
  for (const { child } of children) child.kill('SIGKILL');
  await folder.remove();
});

describe('a fresh cluster', () => {
  it('speaks UTF8 in C.UTF-8 with checksums, fsync and UTC', async () => {
    const read = await withClient(database.owner, (client) =>
      client.query(`select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
        current_setting('fsync') as fsync, current_setting('timezone') as zone, current_setting('max_connections') as connections,
        current_setting('wal_compression') as compression, current_setting('listen_addresses') as tcp,
        (select datcollate from pg_database where datname = current_database()) as collate`),
    );
    expect(read.rows[0]).toEqual({
      encoding: 'UTF8',
      checksums: 'on',
      fsync: 'on',
      zone: 'UTC',
      connections: '100',
      compression: 'pglz',
      tcp: '',
      collate: 'C.UTF-8',
    });
    expect(database).toMatchObject({ kind: 'embedded', version: 18 });
  });

  it('keeps files and passwords to itself, and never runs as root', () => {
    expect(statSync(clusterDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder.path, 'secrets', 'embedded.json')).mode & 0o777).toBe(0o600);
    if (process.getuid?.() === 0) expect(statSync(clusterDir).uid).not.toBe(0);
    expect(
      readFileSync(`/proc/${serverPid()}/environ`, 'utf8')
        .split('\0')
        .filter(Boolean)
        .map((pair) => pair.split('=')[0])
        .sort(),
    ).toEqual(['LC_ALL', 'PATH']);
  });

  it('lets the application read what it was granted and nothing more', async () => {
    await withClient(database.owner, async (client) => {
      await client.query(`create schema toy; create table toy.note (id int primary key, org int not null, text text);
        alter table toy.note enable row level security;
        create policy scope on toy.note using (org = nullif(current_setting('vigil.org', true), '')::int);
        grant usage on schema toy to vigil_app; grant select on toy.note to vigil_app;
        insert into toy.note values (1, 10, '甲'), (2, 20, '乙')`);
    });
    await withClient(database.app, async (client) => {
      expect((await client.query('select * from toy.note')).rows).toEqual([]);
      await client.query("set vigil.org = '20'");
      expect((await client.query('select text from toy.note')).rows).toEqual([{ text: '乙' }]);
      for (const sql of [
        'create table toy.x ()',
        'create table public.x ()',
        'create schema x',
        'create temp table x ()',
        'create database x',
        'create role x',
        'set role vigil_owner',
        'set session_replication_role = replica',
        "insert into toy.note values (3, 20, '丙')",
        "copy toy.note from program 'id'",
      ]) {
        await expect(client.query(sql), sql).rejects.toMatchObject({ code: '42501' });
      }
    });
    await expect(withClient({ ...database.app, database: 'postgres' }, (client) => client.query('select 1'))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(withClient({ ...database.app, password: 'wrong' }, (client) => client.query('select 1'))).rejects.toMatchObject({
      code: '28P01',
    });
  });

  it('gives the owner no superuser rights either', async () => {
    const read = await withClient(database.owner, (client) =>
      client.query('select rolsuper, rolbypassrls, rolcreaterole, rolreplication from pg_roles where rolname = current_user'),
    );
    expect(read.rows[0]).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolreplication: false });
  });
});

describe('several processes on one data folder', () => {
  it('refuses a second complete instance, naming the first', async () => {
    await expect(openDatabase(config, log)).rejects.toMatchObject({ code: 'data.in_use', exitCode: 75 });
    await expect(openDatabase(config, log)).rejects.toThrow(`pid ${process.pid}`);
  });

  it('attaches other roles, and the last one out stops the server', async () => {
    const pid = serverPid();
    const web = run(
      "const db = await open('web'); process.on('SIGTERM', async () => { await db.stop(); process.exit(0); }); console.log('open');",
    );
    await web.firstLine;
    expect(serverPid()).toBe(pid);
    await database.stop();
    expect(isAlive(pid)).toBe(true);
    web.child.kill('SIGTERM');
    expect(await web.exit).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(clusterDir, 'postmaster.pid'))).toBe(false);
    database = await openDatabase(config, log);
  });

  it('lets only one of two simultaneous starts through', async () => {
    await database.stop();
    const both = [1, 2].map(() => run("const db = await open('all'); console.log('open');"));
    const ended = await Promise.race(both.map(async (process) => ({ process, status: await process.exit })));
    expect(ended.status).toBe(75);
    expect(ended.process.errors()).toContain('data.in_use');
    const winner = both.find((process) => process !== ended.process);
    expect(await winner?.firstLine).toBe('open');
    winner?.child.kill('SIGKILL');
    await winner?.exit;
    database = await openDatabase(config, log);
  });
});

describe('after a crash', () => {
  it('adopts the server that a killed process left behind', async () => {
    await database.stop();
    const killed = run("const db = await open('all'); console.log('open');");
    await killed.firstLine;
    const pid = serverPid();
    killed.child.kill('SIGKILL');
    await killed.exit;
    expect(isAlive(pid)).toBe(true);
    database = await openDatabase(config, log);
    expect(serverPid()).toBe(pid);
    const kept = await withClient(database.owner, (client) => client.query('select count(*)::int as n from toy.note'));
    expect(kept.rows[0]).toEqual({ n: 2 });
  });

  it('recovers what was committed when process and server were both killed', async () => {
    const pid = serverPid();
    await withClient(database.owner, (client) => client.query("insert into toy.note values (9, 20, '已提交')"));
    process.kill(pid, 'SIGKILL');
    await database.stop();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(clusterDir, 'postmaster.pid'))).toBe(true);
    database = await openDatabase(config, log);
    expect(serverPid()).not.toBe(pid);
    const kept = await withClient(database.owner, (client) => client.query('select text from toy.note where id = 9'));
    expect(kept.rows).toEqual([{ text: '已提交' }]);
  });

  it('starts the server again, once and at the same place, when it dies under two living processes', { timeout: 60_000 }, async () => {
    const second = run(
      "const db = await open('web'); console.log('open'); process.on('SIGTERM', async () => { await db.stop(); process.exit(0); });",
    );
    await second.firstLine;
    for (let round = 0; round < 2; round++) {
      const pid = serverPid();
      process.kill(pid, 'SIGKILL');
      const ask = () => withClient(database.app, async (client) => (await client.query('select 1 as yes')).rows).catch(() => []);
      await expect.poll(ask, { timeout: 20_000, interval: 100 }).toEqual([{ yes: 1 }]);
      expect(serverPid()).not.toBe(pid);
      expect(serversOn(clusterDir)).toEqual([serverPid()]);
    }
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
    expect(isAlive(serverPid())).toBe(true);
  });
});
