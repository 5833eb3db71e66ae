import { createHmac, hash } from 'node:crypto';
import type { RowText } from './row-text.ts';

/** One stored seal: it covers the rows after the seal before it up to (`tx`, `seq`). */
export type Seal = {
  n: number;
  /** ISO instant with microseconds. */
  at: string;
  tx: string;
  seq: string;
  rows: number;
  seqs: readonly string[];
  marks: Buffer;
  prev: Buffer;
  hash: Buffer;
};

/** What the first seal follows. */
export const noHash = Buffer.alloc(32);
export const markBytes = 8;

/** The first 8 bytes of SM3 (GB/T 32905-2016) of one row: tells which row was changed, while the chain proves that one was. */
export function markOf(text: string): Buffer {
  return hash('sm3', text, 'buffer').subarray(0, markBytes);
}

export function marksOf(rows: readonly RowText[]): Buffer {
  return Buffer.concat(rows.map((row) => markOf(row.text)));
}

/**
 * SM3 over the seal before, this seal's number, time and count, and the text of every row; with a key HMAC-SM3, so that who can
 * write the database but does not hold the key cannot make a chain that fits.
 */
export function chainHash(prev: Buffer, seal: Pick<Seal, 'n' | 'at'>, rows: readonly RowText[], key: string | null): Buffer {
  const text = `${prev.toString('hex')} ${seal.n} ${seal.at} ${rows.length}\n${rows.map((row) => row.text).join('\n')}`;
  return key === null ? hash('sm3', text, 'buffer') : createHmac('sm3', key).update(text).digest();
}
