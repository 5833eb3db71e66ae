import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../connect.ts';
import { openAdministered } from '../open-database.ts';
import { temporaryFolder, testConfig, testLog } from '../test-folder.ts';
import { checkBackup, makeBackup } from './back-up.ts';
import { drillRestore, restoreBackup } from './restore.ts';
import { contentOf, fillToy, migrateToy } from './toy-city.ts';

const source = temporaryFolder('backup');
const target = temporaryFolder('restore');
const config = testConfig(source.path);
const targetConfig = testConfig(target.path);
const log = testLog(source.path);
const file = join(source.path, 'city.tar.gz');
const photo = 'photos/ab/中文名/'.concat('f'.repeat(120), '.jpg');
let database: Awaited<ReturnType<typeof openAdministered>>;

beforeAll(async () => {
  database = await openAdministered(config, log);
  await migrateToy(database.owner);
  await withClient(database.owner, fillToy);
  mkdirSync(join(source.path, 'files/photos/ab/中文名'), { recursive: true });
  writeFileSync(join(source.path, 'files', photo), Buffer.alloc(70_000, 7));
  writeFileSync(join(source.path, 'files/empty'), '');
}, 30_000);

afterAll(async () => {
  await source.remove();
  await target.remove();
});

describe('a backup', () => {
  it('is made beside a running instance, verifies, and opens with any tar', async () => {
    const report = await makeBackup(config, file);
    expect(report.files).toBe(2);
    expect(report.tables.find((table) => table.name === 'toy.event')?.rows).toBe(5002);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await checkBackup(file)).rows).toBe(report.rows);
    const listed = execFileSync('tar', ['--quoting-style=literal', '-tzf', file], { encoding: 'utf8' }).trim().split('\n');
    expect(listed).toEqual(expect.arrayContaining(['README.txt', 'manifest.json', `files/${photo}`, 'tables/toy.event/000001.copy']));
  });

  it('never overwrites a file', async () => {
    await expect(makeBackup(config, file)).rejects.toMatchObject({ code: 'backup.file_exists', exitCode: 73 });
  });

  it('is refused when it is cut, changed, unfinished, or would write outside', async () => {
    const broken = join(source.path, 'broken.tar.gz');
    const refused = (fault: string) => expect(checkBackup(broken)).rejects.toThrow(fault);
    const whole = gunzipSync(readFileSync(file));
    writeFileSync(broken, readFileSync(file));
    truncateSync(broken, 5000);
    await refused('中途结束');
    const at = whole.indexOf('人员17');
    const changed = Buffer.from(whole);
    changed.write('人员71', at);
    writeFileSync(broken, gzipSync(changed, { level: 1 }));
    await refused('tables/toy.person');
    const manifestAt = whole.indexOf('manifest.json\0');
    writeFileSync(broken, gzipSync(Buffer.concat([whole.subarray(0, manifestAt), Buffer.alloc(1024)]), { level: 1 }));
    await refused('缺少清单');
    const escaping = Buffer.from(whole);
    for (let found = escaping.indexOf('files/empty'); found !== -1; found = escaping.indexOf('files/empty'))
      escaping.write('files/../up', found);
    for (let found = escaping.indexOf('"empty"'); found !== -1; found = escaping.indexOf('"empty"')) escaping.write('"../up"', found);
    writeFileSync(broken, gzipSync(escaping, { level: 1 }));
    await expect(checkBackup(broken)).rejects.toMatchObject({ code: 'backup.damaged' });
    await expect(checkBackup(join(source.path, 'nowhere'))).rejects.toMatchObject({ code: 'backup.damaged' });
  });

  it.runIf(process.getuid?.() === 0 && process.platform === 'linux')('leaves nothing behind on a full disk', async (context) => {
    const disk = join(source.path, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('no right to mount here');
    }
    try {
      await expect(makeBackup(config, join(disk, 'b.tar.gz'))).rejects.toMatchObject({ code: 'disk.full', exitCode: 74 });
      expect(execFileSync('ls', ['-A', disk], { encoding: 'utf8' })).toBe('');
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('a restore', () => {
  it('gives the same content in a new folder, and work goes on from there', async () => {
    const before = await contentOf(database.admin);
    await restoreBackup(targetConfig, file, { migrate: migrateToy });
    const restored = await openAdministered(targetConfig, log);
    expect(await contentOf(restored.admin)).toEqual(before);
    expect(readFileSync(join(target.path, 'files', photo))).toEqual(Buffer.alloc(70_000, 7));
    await withClient(restored.owner, async (client) => {
      const made = await client.query(
        "insert into toy.event (at, text) values (now(), 'new') returning seq::int, tx::text::bigint > (select max(tx::text::bigint) from toy.event) as later",
      );
      expect(made.rows).toEqual([{ seq: 5003, later: true }]);
      expect((await client.query("insert into toy.unit (name) values ('新单位') returning id")).rows).toEqual([{ id: 10 }]);
      expect((await client.query("select nextval('toy.number')::int as n")).rows).toEqual([{ n: 102 }]);
      await expect(client.query('delete from toy.event')).rejects.toThrow('only grows');
      await expect(client.query('insert into toy.person (unit) values (999)')).rejects.toMatchObject({ code: '23503' });
    });
    expect((await withClient(restored.app, (client) => client.query('select * from toy.person'))).rows).toEqual([]);
    await restored.stop();
  });

  it('replaces data only when told to, and not while anything else works with it', async () => {
    await expect(restoreBackup(targetConfig, file, { migrate: migrateToy })).rejects.toMatchObject({
      code: 'restore.not_empty',
      exitCode: 73,
    });
    await expect(restoreBackup(config, file, { migrate: migrateToy, force: true })).rejects.toMatchObject({ code: 'data.in_use' });
    const attached = await openAdministered({ ...targetConfig, role: 'web' }, log);
    await expect(restoreBackup(targetConfig, file, { migrate: migrateToy, force: true })).rejects.toMatchObject({
      code: 'restore.in_use',
      exitCode: 75,
    });
    await attached.stop();
    await restoreBackup(targetConfig, file, { migrate: migrateToy, force: true });
    const restored = await openAdministered(targetConfig, log);
    expect(await contentOf(restored.admin)).toEqual(await contentOf(database.admin));
    await restored.stop();
  });

  it('needs the very same schema, and changes nothing otherwise', async () => {
    const newer = async (owner: typeof database.owner) => {
      await migrateToy(owner);
      await withClient(owner, (client) =>
        client.query("insert into migration.kysely_migration values ('2027-c', '') on conflict do nothing"),
      );
    };
    const attempt = restoreBackup(targetConfig, file, { migrate: newer, force: true });
    await expect(attempt).rejects.toMatchObject({ code: 'backup.other_version', exitCode: 78 });
    await expect(attempt).rejects.toThrow('2027-c');
    const kept = await openAdministered(targetConfig, log);
    const rows = await withClient(kept.owner, (client) => client.query('select count(*)::int as n from toy.event'));
    expect(rows.rows).toEqual([{ n: 5002 }]);
    await kept.stop();
  });

  it('works with the two accounts of an outside database, without a superuser', async () => {
    const url = (as: typeof database.owner) => `postgresql://${as.user}:${as.password}@/${as.database}?host=${encodeURIComponent(as.host)}`;
    const outside = testConfig(join(source.path, 'outside'), {
      DATABASE_URL: url(database.owner),
      VIGIL_APP_DATABASE_URL: url(database.app),
    });
    const second = join(source.path, 'second.tar.gz');
    const before = await contentOf(database.admin);
    await makeBackup(outside, second);
    await withClient(database.owner, (client) =>
      client.query("delete from toy.person where id > 50; insert into toy.trace (what) values ('later')"),
    );
    await restoreBackup(outside, second, { migrate: migrateToy, force: true });
    expect(await contentOf(database.admin)).toEqual(before);
  });
});

describe('a restore drill', () => {
  it('proves the way back beside the real database and leaves no trace', async () => {
    const before = await contentOf(database.admin);
    const report = await drillRestore(config, { migrate: migrateToy });
    expect(report.tables.find((table) => table.name === 'toy.person')?.rows).toBeGreaterThan(2000);
    expect(await contentOf(database.admin)).toEqual(before);
    const left = await withClient(database.admin, (client) => client.query("select from pg_database where datname = 'vigil_drill'"));
    expect(left.rowCount).toBe(0);
    expect(existsSync(report.file)).toBe(false);
  });
});

describe('the keys of the second factors', () => {
  const passphrase = '济南的泉水清又甜·Baotu-2026';
  const place = temporaryFolder('keys');
  const there = testConfig(place.path);
  const kept = () => readFileSync(join(place.path, 'secrets/account.key'), 'utf8');

  afterAll(() => place.remove());

  it('travel under a passphrase and in no other way', async () => {
    const key = `${Buffer.alloc(32, 9).toString('base64')}\n`;
    writeFileSync(join(source.path, 'secrets/account.key'), key);
    const sealed = join(source.path, 'with-keys.tar.gz');
    await expect(makeBackup(config, sealed, { withKeys: true })).rejects.toMatchObject({ code: 'backup.no_passphrase' });
    expect((await makeBackup({ ...config, backupPassphrase: passphrase }, sealed, { withKeys: true })).keys).toBe('sealed');
    const whole = gunzipSync(readFileSync(sealed));
    expect(whole.includes(key.trim())).toBe(false);
    expect(whole.includes(passphrase)).toBe(false);
    await expect(checkBackup(sealed, undefined, 'another passphrase!')).rejects.toMatchObject({ code: 'backup.passphrase' });
    expect((await checkBackup(sealed, undefined, passphrase)).keys).toBe('sealed');

    mkdirSync(join(place.path, 'secrets'), { mode: 0o700 });
    writeFileSync(join(place.path, 'secrets/account.key'), 'the key that was here\n');
    const options = { migrate: migrateToy, force: true };
    await expect(restoreBackup({ ...there, backupPassphrase: 'another passphrase!' }, sealed, options)).rejects.toMatchObject({
      code: 'backup.passphrase',
    });
    expect((await restoreBackup(there, sealed, options)).keys).toBe('sealed');
    expect(kept()).toBe('the key that was here\n');
    expect((await restoreBackup({ ...there, backupPassphrase: passphrase }, sealed, options)).keys).toBe('restored');
    expect(kept()).toBe(key);
    expect(statSync(join(place.path, 'secrets/account.key')).mode & 0o777).toBe(0o600);
    const before = readdirSync(join(place.path, 'secrets')).filter((name) => name.startsWith('account.key.before-'));
    expect(before.map((name) => readFileSync(join(place.path, 'secrets', name), 'utf8'))).toEqual(['the key that was here\n']);
  });
});
