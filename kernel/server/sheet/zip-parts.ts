import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { fault, isFault } from '#kernel/fault.ts';
import type { SheetLimits } from '#kernel/sheet/sheet.ts';

/** The parts of a workbook by name; `read` streams one of them unpacked. */
export type Parts = { has: (name: string) => boolean; read: (name: string) => Promise<Readable>; close: () => void };

const oleHead = 'd0cf11e0a1b11ae1';

/** An encrypted .xlsx is an OLE container, as is an .xls: both are known by the same first bytes. */
async function refuseOle(path: string): Promise<void> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0).finally(() => file.close());
  if (buffer.subarray(0, bytesRead).toString('hex') === oleHead) throw fault('sheet.locked_or_old');
}

/** Sizes are those the directory declares; yauzl ends a part that unfolds to more than it declared. */
function bound(entries: readonly Entry[], limits: SheetLimits): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (unpacked > limits.unpacked) throw fault('sheet.too_large', { what: 'bytes', limit: limits.unpacked });
  for (const entry of entries) {
    if (entry.isEncrypted()) throw fault('sheet.locked_or_old');
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (entry.uncompressedSize > 1_000_000 && ratio > limits.ratio) throw fault('sheet.too_large', { what: 'ratio', limit: limits.ratio });
  }
}

async function list(zip: ZipFile, limits: SheetLimits): Promise<Entry[]> {
  if (zip.entryCount > limits.entries) throw fault('sheet.too_large', { what: 'entries', limit: limits.entries });
  const found: Entry[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      found.push(entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return found;
}

/** @throws sheet.locked_or_old, sheet.damaged, sheet.too_large */
export async function openParts(path: string, limits: SheetLimits): Promise<Parts> {
  await refuseOle(path);
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    const opened = zip;
    const entries = await list(opened, limits);
    bound(entries, limits);
    const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
    const read = async (name: string): Promise<Readable> => {
      const entry = byName.get(name);
      if (!entry) throw fault('sheet.damaged');
      return opened.openReadStreamPromise(entry);
    };
    return { has: (name) => byName.has(name), read, close: () => opened.close() };
  } catch (error) {
    zip?.close();
    throw isFault(error) ? error : fault('sheet.damaged');
  }
}
