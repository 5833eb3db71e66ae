import { fault } from '../../fault.ts';
import type { Tx } from '../db/pool.ts';

type Found = { id: string; type: string; sha256: string };

async function findFiles(tx: Tx, ids: readonly string[]): Promise<Found[]> {
  if (ids.length === 0) return [];
  return (await tx.client.run<Found>('select id, type, sha256 from kernel.file where id = any($1::uuid[])', [[...ids]])).rows;
}

/**
 * A photograph is what its content says, not what the form calls it: a text file proves nothing of a place. Only files the
 * person may see count. @throws fault file.missing, files.not_picture
 */
export async function requirePictures(tx: Tx, ids: readonly string[]): Promise<void> {
  const found = await findFiles(tx, ids);
  for (const id of ids) {
    const file = found.find((one) => one.id === id);
    if (!file) throw fault('file.missing', { file: id });
    if (!file.type.startsWith('image/')) throw fault('files.not_picture', { found: file.type });
  }
}

/** The SHA-256 of each file the person may see, by its id. */
export async function hashesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await findFiles(tx, [...new Set(ids)])).map((one) => [one.id, one.sha256]));
}

/** The first of `ids` whose stored content is that of one of `earlier`; undefined when all are new. */
export async function findRepeated(tx: Tx, ids: readonly string[], earlier: readonly string[]): Promise<string | undefined> {
  const found = await findFiles(tx, [...ids, ...earlier]);
  const known = new Set(found.filter((one) => earlier.includes(one.id)).map((one) => one.sha256));
  return ids.find((id) => known.has(found.find((one) => one.id === id)?.sha256 ?? ''));
}
