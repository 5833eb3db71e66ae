import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type PgSettings, withClient } from '../connect.ts';
import { asFileFault } from '../startup-fault.ts';
import { otherVersion, restoredDiffers } from './archive-fault.ts';
import { fixSession, quoted, readCatalog } from './catalog.ts';
import { liftGuards } from './guards.ts';
import { type Manifest, type Partition, type Progress, type Table, tablePath } from './manifest.ts';
import { openArchive, tableOf } from './read-archive.ts';
import { highestTransaction, passTransactionIds } from './transaction-ids.ts';
import { exportTable } from './write-archive.ts';

const { escapeIdentifier } = pg;

export interface ArchiveTarget {
  /** Superuser or owner of a database that was migrated to the very state of the backup. */
  readonly loader: PgSettings;
  readonly owner: string;
  /** Where stored files go; null to leave them out (a drill). */
  readonly filesDir: string | null;
}

/**
 * Replaces all rows by those of a verified backup, in one transaction: whatever fails, the database is as before. Every table is read
 * again before the commit and must give the same rows.
 * @throws StartupFault backup.other_version, restore.differs, disk.full …
 */
export async function loadArchive(target: ArchiveTarget, file: string, manifest: Manifest, progress: Progress): Promise<void> {
  await withClient(target.loader, async (client) => {
    await client.query('begin');
    await fixSession(client);
    const here = await readCatalog(client, target.owner);
    requireSame(manifest, here);
    // Before the partitions: a partition made now takes the switched-off triggers of its parent, and is switched on with it.
    const restoreGuards = await liftGuards(client, [...manifest.tables, ...here.partitions].map(quoted));
    await client.query(`truncate ${manifest.tables.map(quoted).join(', ')}`);
    await makePartitions(client, target.owner, manifest.partitions);
    await loadEntries(client, target.filesDir, file, manifest, progress);
    await setSequences(client, manifest);
    await restoreGuards();
    await checkTables(client, manifest, progress);
    await refreshViews(client, target.owner);
    await passTransactionIds(target.loader, await highestTransaction(client, manifest.tables), progress);
    await client.query('commit');
    await client.query('analyze');
  });
}

function requireSame(
  manifest: Manifest,
  here: { tables: Table[]; migrations: string[]; sequences: { schema: string; name: string }[] },
): void {
  const compare = (what: { zh: string; en: string }, backup: readonly string[], code: readonly string[]) => {
    const [onlyBackup, onlyHere] = [backup.filter((name) => !code.includes(name)), code.filter((name) => !backup.includes(name))];
    if (onlyBackup.length + onlyHere.length > 0) throw otherVersion(what, onlyBackup, onlyHere);
  };
  const columns = (tables: readonly Table[]) =>
    tables.flatMap((table) => table.columns.map((column) => `${table.schema}.${table.name}.${column}`));
  compare({ zh: '升级脚本', en: 'migrations' }, manifest.migrations, here.migrations);
  compare({ zh: '表', en: 'tables' }, manifest.tables.map(quoted), here.tables.map(quoted));
  compare({ zh: '列', en: 'columns' }, columns(manifest.tables), columns(here.tables));
  compare({ zh: '序列', en: 'sequences' }, manifest.sequences.map(quoted), here.sequences.map(quoted));
}

/** Partitions that were added in the course of time, not by a migration (a month of the ledger). */
async function makePartitions(client: pg.Client, owner: string, partitions: readonly Partition[]): Promise<void> {
  for (const partition of partitions) {
    const found = await client.query('select to_regclass($1) as found', [quoted(partition)]);
    if (found.rows[0]?.found !== null) continue;
    const parent = quoted({ schema: partition.parentSchema, name: partition.parentName });
    const by = partition.partitionBy === null ? '' : ` partition by ${partition.partitionBy}`;
    await client.query(`set local role ${escapeIdentifier(owner)}`);
    await client.query(`create table ${quoted(partition)} partition of ${parent} ${partition.bound}${by}`);
    await client.query('reset role');
  }
}

async function writeTo(stream: Writable, piece: Buffer): Promise<void> {
  if (stream.write(piece)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error) => {
      stream.off('drain', settle).off('error', settle);
      return error instanceof Error ? reject(error) : resolve();
    };
    stream.once('drain', settle).once('error', settle);
  });
}

/** One table's COPY, fed part by part. */
function openTable(client: pg.Client, table: Table) {
  const columns = table.columns.map((column) => escapeIdentifier(column)).join(', ');
  const stream = client.query(copyFrom(`copy ${quoted(table)} (${columns}) from stdin`));
  const ended = new Promise<void>((resolve, reject) => stream.once('finish', resolve).once('error', reject));
  ended.catch(() => undefined);
  return {
    add: (piece: Buffer) => Promise.race([writeTo(stream, piece), ended]),
    close: () => {
      stream.end();
      return ended;
    },
  };
}

async function loadEntries(
  client: pg.Client,
  filesDir: string | null,
  file: string,
  manifest: Manifest,
  progress: Progress,
): Promise<void> {
  const tables = new Map(manifest.tables.map((table) => [tablePath(table), table]));
  let open: { name: string; copy: ReturnType<typeof openTable> } | undefined;
  let loaded = 0;
  for await (const { path, body } of openArchive(file)) {
    const name = tableOf(path);
    if (open !== undefined && open.name !== name) {
      await open.copy.close();
      open = undefined;
      progress('load', ++loaded, manifest.tables.length);
    }
    const table = name === undefined ? undefined : tables.get(name);
    if (name !== undefined && table !== undefined) {
      open ??= { name, copy: openTable(client, table) };
      for await (const piece of body) await open.copy.add(piece);
    } else if (filesDir !== null && path.startsWith('files/')) {
      await storeFile(filesDir, path.slice('files/'.length), body);
    } else {
      for await (const _ of body);
    }
  }
  await open?.copy.close();
}

/** Files lie under the hash of their content, so one that is there already is the same. Written aside, then renamed. */
async function storeFile(folder: string, path: string, body: AsyncIterable<Buffer>): Promise<void> {
  const full = join(folder, path);
  const half = `${full}.partial`;
  const hash = createHash('sha256');
  try {
    mkdirSync(dirname(full), { recursive: true, mode: 0o700 });
    await pipeline(
      body,
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          hash.update(piece);
          yield piece;
        }
      },
      createWriteStream(half, { mode: 0o600, flush: true }),
    );
    if (existsSync(full) && (await hashOf(full)) === hash.digest('hex')) rmSync(half);
    else renameSync(half, full);
  } catch (error) {
    throw asFileFault(error, full) ?? error;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function setSequences(client: pg.Client, manifest: Manifest): Promise<void> {
  for (const sequence of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(sequence), sequence.lastValue, sequence.isCalled]);
  }
}

async function checkTables(client: pg.Client, manifest: Manifest, progress: Progress): Promise<void> {
  const differing: string[] = [];
  for (const [at, table] of manifest.tables.entries()) {
    const rows = exportTable(client, table);
    let next = await rows.next();
    while (!next.done) next = await rows.next();
    if (next.value.rows !== table.rows || next.value.digest !== table.digest) differing.push(quoted(table));
    progress('check', at + 1, manifest.tables.length);
  }
  if (differing.length > 0) throw restoredDiffers(differing);
}

async function refreshViews(client: pg.Client, owner: string): Promise<void> {
  const views = await client.query<{ name: string }>(
    "select oid::regclass::text as name from pg_class where relkind = 'm' and pg_get_userbyid(relowner) = $1 order by oid",
    [owner],
  );
  for (const { name } of views.rows) await client.query(`refresh materialized view ${name}`);
}
