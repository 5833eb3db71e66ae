import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type PgSettings, withClient } from '../connect.ts';
import { asFileFault } from '../startup-fault.ts';
import { targetExists } from './archive-fault.ts';
import { fixSession, quoted, readCatalog } from './catalog.ts';
import type { SealedKeys } from './keys.ts';
import { type Manifest, manifestPath, type Progress, readme, readmePath, type Table, type TableProof, tablePath } from './manifest.ts';
import { rowDigest } from './row-digest.ts';
import { archiveEnd, entryHead, padding } from './tar.ts';

export interface ArchiveSource {
  /** Superuser or owner: whoever may read every row. */
  readonly reader: PgSettings;
  readonly owner: string;
  readonly filesDir: string;
  readonly keys?: SealedKeys | undefined;
  readonly at: Date;
}

const partBytes = 1_000_000;

/** All rows of a table as COPY text, and what they amount to. The generator's return value is the proof. */
export async function* exportTable(client: pg.Client, table: Table): AsyncGenerator<Buffer, TableProof> {
  const columns = table.columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');
  const only = table.partitioned ? '' : 'only ';
  const stream = client.query(copyTo(`copy (select ${columns} from ${only}${quoted(table)}) to stdout`));
  const hash = createHash('sha256');
  const rows = rowDigest();
  let bytes = 0;
  for await (const chunk of stream) {
    const piece: Buffer = chunk;
    hash.update(piece);
    rows.add(piece);
    bytes += piece.length;
    yield piece;
  }
  return { ...table, ...rows.result(), bytes, sha256: hash.digest('hex') };
}

function entry(path: string, content: Buffer, seconds: number): Buffer {
  return Buffer.concat([entryHead(path, content.length, seconds), content, padding(content.length)]);
}

/** A table's length is not known beforehand but an entry's must be, so it goes in numbered parts. */
async function* tableEntries(client: pg.Client, table: Table, seconds: number): AsyncGenerator<Buffer, TableProof> {
  const rows = exportTable(client, table);
  let part = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = () => {
    const made = entry(`${tablePath(table)}/${String(part++).padStart(6, '0')}.copy`, Buffer.concat(waiting), seconds);
    waiting = [];
    size = 0;
    return made;
  };
  for (;;) {
    const next = await rows.next();
    if (next.done) {
      if (size > 0) yield flush();
      return next.value;
    }
    waiting.push(next.value);
    size += next.value.length;
    if (size >= partBytes) yield flush();
  }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
  return found.map((path) => path.replaceAll('\\', '/')).sort();
}

async function* fileEntry(folder: string, path: string, seconds: number): AsyncGenerator<Buffer, Manifest['files'][number] | undefined> {
  const full = join(folder, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  // An unfinished upload may go away under us; a file that a row names never does.
  if (stat === undefined) return undefined;
  const hash = createHash('sha256');
  let left = stat.size;
  yield entryHead(`files/${path}`, stat.size, seconds);
  if (stat.size > 0) {
    for await (const chunk of createReadStream(full, { end: stat.size - 1 })) {
      const piece: Buffer = chunk;
      hash.update(piece);
      left -= piece.length;
      yield piece;
    }
  }
  if (left !== 0) throw new Error(`${full} became shorter while it was read`);
  yield padding(stat.size);
  return { path, bytes: stat.size, sha256: hash.digest('hex') };
}

async function* archive(
  client: pg.Client,
  source: ArchiveSource,
  progress: Progress,
  done: (manifest: Manifest) => void,
): AsyncGenerator<Buffer> {
  const seconds = Math.floor(source.at.getTime() / 1000);
  const catalog = await readCatalog(client, source.owner);
  yield entry(readmePath, Buffer.from(readme), seconds);
  const tables: TableProof[] = [];
  for (const table of catalog.tables) {
    tables.push(yield* tableEntries(client, table, seconds));
    progress('tables', tables.length, catalog.tables.length);
  }
  // Files after rows: a file is stored before the row that names it, so every name in the snapshot has its file by now.
  const paths = filesBelow(source.filesDir);
  const files: Manifest['files'] = [];
  for (const [at, path] of paths.entries()) {
    const kept = yield* fileEntry(source.filesDir, path, seconds);
    if (kept !== undefined) files.push(kept);
    progress('files', at + 1, paths.length);
  }
  const version = await client.query<{ v: string }>("select current_setting('server_version') as v");
  const head = { format: 'vigil-backup', version: 1, createdAt: source.at.toISOString(), serverVersion: version.rows[0]?.v ?? '' } as const;
  const manifest: Manifest = { ...head, ...catalog, tables, files, ...(source.keys ? { keys: source.keys } : {}) };
  yield entry(manifestPath, Buffer.from(JSON.stringify(manifest, null, 1)), seconds);
  yield archiveEnd;
  done(manifest);
}

/**
 * Writes one archive from one snapshot of the database (readers and writers go on meanwhile), then the stored files. The file appears
 * under its name only when it is complete and flushed.
 * @throws StartupFault backup.file_exists, disk.full, data.not_writable
 */
export async function writeArchive(source: ArchiveSource, file: string, progress: Progress): Promise<Manifest> {
  if (existsSync(file)) throw targetExists(file);
  const half = `${file}.partial`;
  let manifest: Manifest | undefined;
  const keep = (made: Manifest) => {
    manifest = made;
  };
  try {
    await withClient(source.reader, async (client) => {
      await client.query('begin isolation level repeatable read read only');
      await fixSession(client);
      const content = Readable.from(archive(client, source, progress, keep), { objectMode: false });
      await pipeline(content, createGzip({ level: 4 }), createWriteStream(half, { mode: 0o600 }));
      await client.query('commit');
    });
    flushToDisk(half);
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw asFileFault(error, file) ?? error;
  }
  if (manifest === undefined) throw new Error('the archive ended before its manifest');
  return manifest;
}

function flushToDisk(file: string): void {
  const fd = openSync(file, 'r+');
  fsyncSync(fd);
  closeSync(fd);
}
