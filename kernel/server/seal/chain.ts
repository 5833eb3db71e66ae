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

/** A seal before it is closed by its hash. */
export type Open = Omit<Seal, 'hash'>;

/**
 * SM3 over everything the seal says (the seal before, number, time, numbers and marks of its rows) and the text of every row; with
 * a key HMAC-SM3, so that who can write the database but does not hold the key cannot make a chain that fits.
 */
export function chainHash(seal: Open, rows: readonly RowText[], key: string | null): Buffer {
  const { prev, n, at, tx, seq, seqs, marks } = seal;
  const head = `${prev.toString('hex')} ${n} ${at} ${tx}.${seq} ${seal.rows}\n${seqs.join(' ')}\n${marks.toString('hex')}\n`;
  const text = head + rows.map((row) => row.text).join('\n');
  return key === null ? hash('sm3', text, 'buffer') : createHmac('sm3', key).update(text).digest();
}
