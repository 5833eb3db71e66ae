import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { codeOf, notWritable, StartupFault } from '../startup-fault.ts';
import { damagedArchive } from './archive-fault.ts';
import { type Manifest, manifestPath, manifestShape, type Progress, tablePath } from './manifest.ts';
import { BrokenTar, type Entry, readEntries } from './tar.ts';

/** The entries of an archive in order. */
export async function* openArchive(file: string): AsyncGenerator<Entry> {
  const packed = createReadStream(file);
  const unpacked = createGunzip();
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    yield* readEntries(packed.pipe(unpacked));
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

function readFault(error: unknown, file: string): unknown {
  if (error instanceof StartupFault) return error;
  const code = codeOf(error);
  if (code === 'ENOENT') return damagedArchive(file, '文件不存在', 'There is no such file', error);
  if (code === 'EACCES') return notWritable(file, error);
  if (error instanceof BrokenTar || code.startsWith('Z_')) {
    return damagedArchive(file, '文件在中途结束，或内容被改动', 'The file ends too early, or its content was changed', error);
  }
  return error;
}

/** Folder of the table an entry is a part of; undefined for other entries. */
export function tableOf(path: string): string | undefined {
  return path.startsWith('tables/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
}

interface Seen {
  readonly hash: Hash;
  bytes: number;
  rows: number;
}

/** In COPY text a row is a line: line feeds within values are written as \n. */
function countLines(piece: Buffer): number {
  let lines = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines++;
  return lines;
}

async function readAll(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of body) parts.push(piece);
  return Buffer.concat(parts);
}

/**
 * Reads a whole backup and compares every table and file with the manifest. Touches no database.
 * @throws StartupFault backup.damaged, naming the first table or file that differs
 */
export async function verifyArchive(file: string, progress: Progress): Promise<Manifest> {
  try {
    const { manifest, seen } = await readThrough(file, progress);
    if (manifest === undefined) throw damagedArchive(file, '缺少清单（备份未完成）', 'It has no manifest (the backup was not finished)');
    compare(manifest, seen, file);
    return manifest;
  } catch (error) {
    throw readFault(error, file);
  }
}

async function readThrough(file: string, progress: Progress) {
  const seen = new Map<string, Seen>();
  let manifest: Manifest | undefined;
  for await (const { path, body } of openArchive(file)) {
    if (path === manifestPath) {
      manifest = parseManifest(await readAll(body), file);
      continue;
    }
    const name = tableOf(path) ?? path;
    const one = seen.get(name) ?? { hash: createHash('sha256'), bytes: 0, rows: 0 };
    seen.set(name, one);
    for await (const piece of body) {
      one.hash.update(piece);
      one.bytes += piece.length;
      one.rows += countLines(piece);
    }
    progress('verify', seen.size, seen.size);
  }
  return { manifest, seen };
}

function parseManifest(content: Buffer, file: string): Manifest {
  try {
    return manifestShape.parse(JSON.parse(content.toString('utf8')));
  } catch (error) {
    throw damagedArchive(file, '清单无法识别', 'The manifest is not understood', error);
  }
}

function compare(manifest: Manifest, seen: ReadonlyMap<string, Seen>, file: string): void {
  const differs = (name: string) =>
    damagedArchive(file, `内容与清单不符：${name}`, `The content does not agree with the manifest: ${name}`);
  const empty = createHash('sha256').digest('hex');
  for (const table of manifest.tables) {
    const one = seen.get(tablePath(table));
    const same =
      one === undefined ? table.sha256 === empty && table.rows === 0 : one.hash.digest('hex') === table.sha256 && one.rows === table.rows;
    if (!same) throw differs(tablePath(table));
  }
  for (const stored of manifest.files) {
    if (!isSafePath(stored.path) || seen.get(`files/${stored.path}`)?.hash.digest('hex') !== stored.sha256)
      throw differs(`files/${stored.path}`);
  }
  const known = new Set([...manifest.tables.map(tablePath), ...manifest.files.map((stored) => `files/${stored.path}`), 'README.txt']);
  const stranger = [...seen.keys()].find((name) => !known.has(name));
  if (stranger !== undefined) throw differs(stranger);
}

/** An archive must not be able to write outside the files folder. */
function isSafePath(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !path.includes('\\') &&
    !path.includes('\0') &&
    path.split('/').every((part) => !['', '.', '..'].includes(part))
  );
}
