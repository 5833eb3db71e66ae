import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fault } from '../../fault.ts';
import type { Config } from '../config.ts';
import type { Tx } from '../db/pool.ts';

type Place = Pick<Config, 'dataDir'>;

export const filesFolder = ({ dataDir }: Place) => join(dataDir, 'files');
export const incomingFolder = (config: Place) => join(filesFolder(config), 'incoming');

/** Where a content lies: by its hash, so the same content lies there once. */
export function blobPath(config: Place, sha256: string): string {
  return join(filesFolder(config), sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

export const thumbPath = (config: Place, sha256: string) => `${blobPath(config, sha256)}.thumb`;

/** A new file's name in the folder for what is still arriving. */
export async function newIncoming(config: Place): Promise<string> {
  const folder = incomingFolder(config);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, randomUUID());
}

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Writes bytes and waits until the disk has them. */
export async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Puts a complete, flushed file in its place and waits until the disk knows of it. To be called with the content's lock, before
 * the row is committed: after a power cut there is never a row without its content.
 */
export async function placeBlob(config: Place, incoming: string, sha256: string): Promise<void> {
  const path = blobPath(config, sha256);
  const folder = dirname(path);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await rename(incoming, path);
  } catch (error) {
    // A transaction that is done again finds its file in place already.
    if ((error as { code?: string }).code !== 'ENOENT' || !(await stat(path).catch(() => undefined))) throw error;
  }
  await syncFolder(folder);
  if (made !== undefined)
    for (let above = dirname(folder); above.startsWith(filesFolder(config)); above = dirname(above)) await syncFolder(above);
}

/** Removes a content and its thumbnail. To be called with the content's lock, when no row refers to it. */
export async function removeBlob(config: Place, sha256: string): Promise<void> {
  await rm(thumbPath(config, sha256), { force: true });
  await rm(blobPath(config, sha256), { force: true });
}

/** Who stores a content and who removes one that nobody refers to must not cross; held to the end of the transaction. */
export async function lockBlob(tx: Tx, sha256: string, how: 'store' | 'remove'): Promise<void> {
  const lock = how === 'store' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.client.run(`select ${lock}(hashtextextended($1, 0))`, [`file:${sha256}`]);
}

/** So much stays free for the database, which shares the disk. */
const keptFree = 1024 * 1_048_576;

/** @throws fault files.no_space */
export async function requireSpace(config: Place): Promise<void> {
  const { bavail, bsize } = await statfs(config.dataDir);
  if (bavail * bsize < keptFree) throw fault('files.no_space');
}
