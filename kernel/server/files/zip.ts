import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { fault } from '../../fault.ts';

const mb = 1_048_576;
/** Office files stay far below these; what exceeds them was made to exceed them. */
const mostEntries = 5000;
const mostUnpacked = 300 * mb;
const mostRatio = 150;
/** Below this a high ratio harms nobody: a sheet of equal rows is small packed. */
const ratioFrom = 10 * mb;

export type ZipEntry = { name: string; packed: number; size: number; method: number; at: number };

const endSize = 22;
const signatures = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 } as const;

export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

async function* readChunks(file: FileHandle, at: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; ) {
    const chunk = await readAt(file, at + done, Math.min(65_536, length - done));
    if (chunk.length === 0) return;
    done += chunk.length;
    yield chunk;
  }
}

const damaged = () => fault('files.damaged');

/**
 * The entries of a ZIP file, from its central directory (APPNOTE 4.3). It must be nothing but that: it begins with its first
 * entry, ends with its directory, its entries do not overlap, and what they say of their sizes stays within bounds.
 * @throws fault files.damaged, files.mixed (something before, after or between), files.bomb
 */
export async function readZip(file: FileHandle, size: number): Promise<ZipEntry[]> {
  const end = size < endSize ? Buffer.alloc(0) : await readAt(file, size - endSize, endSize);
  // A comment would be a place to hide things; no Office program writes one.
  if (end.length < endSize || end.readUInt32LE(0) !== signatures.end || end.readUInt16LE(20) !== 0) throw fault('files.mixed');
  const [disk, count, length, start] = [end.readUInt16LE(4), end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  if (disk !== 0 || count !== end.readUInt16LE(8)) throw damaged();
  if (start + length !== size - endSize) throw fault('files.mixed');
  if (count > mostEntries || length > 4 * mb) throw fault('files.bomb');
  const entries = parseDirectory(await readAt(file, start, length), count);
  refuseBomb(entries, size);
  await refuseOverlap(file, entries, start);
  return entries;
}

function parseDirectory(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== signatures.central) throw damaged();
    const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)];
    const [packed, size] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [number, number, number];
    const name = directory.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    // Encrypted entries cannot be looked into; other methods than stored and deflate no Office program uses.
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8) || (method === 0 && packed !== size) || !isPlain(name)) throw damaged();
    entries.push({ name, packed, size, method, at: directory.readUInt32LE(at + 42) });
    at += 46 + nameLength + extra + comment;
  }
  if (at !== directory.length) throw fault('files.mixed');
  if (new Set(entries.map((entry) => entry.name.toLowerCase())).size !== entries.length) throw damaged();
  return entries;
}

/** No way out of the folder it is unpacked into. */
function isPlain(name: string): boolean {
  return name !== '' && !name.includes('\0') && !name.includes('\\') && !name.startsWith('/') && !name.split('/').includes('..');
}

function refuseBomb(entries: readonly ZipEntry[], size: number): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > mostUnpacked || (unpacked > ratioFrom && unpacked / size > mostRatio)) throw fault('files.bomb');
}

/** Entries that share their bytes make a small file unpack to any size; bytes between entries belong to something else. */
async function refuseOverlap(file: FileHandle, entries: readonly ZipEntry[], directoryAt: number): Promise<void> {
  let next = 0;
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    const head = await readAt(file, entry.at, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== signatures.local) throw damaged();
    if (entry.at < next) throw fault('files.bomb');
    // After the data there may be a descriptor of up to 24 bytes.
    if (entry.at > next + (next === 0 ? 0 : 24)) throw fault('files.mixed');
    next = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28) + entry.packed;
  }
  if (next > directoryAt) throw damaged();
  if (directoryAt > next + 24) throw fault('files.mixed');
}

/** Unpacks each entry into nothing, to see that it is as large as it says: the directory is only its maker's word. */
export async function provesSizes(file: FileHandle, entries: readonly ZipEntry[]): Promise<void> {
  for (const entry of entries) {
    if (entry.method === 0) continue;
    const head = await readAt(file, entry.at, 30);
    const start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    if (entry.packed === 0) throw damaged();
    await pipeline(readChunks(file, start, entry.packed), createInflateRaw(), (unpacked) => countTo(unpacked, entry.size)).catch(
      (error) => {
        throw (error as { code?: string }).code?.startsWith('Z_') ? damaged() : error;
      },
    );
  }
}

async function countTo(unpacked: AsyncIterable<Buffer>, size: number): Promise<void> {
  let seen = 0;
  for await (const chunk of unpacked) {
    seen += chunk.length;
    if (seen > size) throw fault('files.bomb');
  }
  if (seen !== size) throw damaged();
}

/** Would an unpacker find an archive at the end of this file? Then it is two files in one. */
export async function hidesZip(file: FileHandle, size: number): Promise<boolean> {
  const from = Math.max(0, size - 65_535 - endSize);
  const tail = await readAt(file, from, size - from);
  for (let at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1'); at >= 0; ) {
    if (at + endSize <= tail.length) {
      const length = tail.readUInt32LE(at + 12);
      const directory = from + at - length;
      const first = directory >= 0 ? await readAt(file, directory, 4) : Buffer.alloc(0);
      if (length > 0 && first.length === 4 && first.readUInt32LE(0) === signatures.central) return true;
    }
    if (at === 0) return false;
    at = tail.lastIndexOf('PK\x05\x06', at - 1, 'latin1');
  }
  return false;
}
