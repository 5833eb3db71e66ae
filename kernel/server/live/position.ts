import type { Position } from '../ledger.ts';

/** Is `a` at `b` or before it, in the ledger's order? */
export function notAfter(a: Position, b: Position): boolean {
  const [atx, btx] = [BigInt(a.tx), BigInt(b.tx)];
  return atx === btx ? BigInt(a.seq) <= BigInt(b.seq) : atx < btx;
}

export function later(a: Position, b: Position): Position {
  return notAfter(a, b) ? b : a;
}

const maxTx = 2n ** 64n - 1n;
const maxSeq = 2n ** 63n - 1n;

/** `tx.seq` as it comes back in `Last-Event-ID`; undefined when it is none of ours. */
export function parsePosition(text: string): Position | undefined {
  const [, tx, seq] = /^(\d{1,20})\.(\d{1,19})$/.exec(text) ?? [];
  if (tx === undefined || seq === undefined || BigInt(tx) > maxTx || BigInt(seq) > maxSeq) return undefined;
  return { tx, seq };
}
