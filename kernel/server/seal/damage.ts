import type { Damage } from '../../audit-contract.ts';
import { markBytes, markOf, type Seal } from './chain.ts';
import { contentOf, placeOf, type RowText } from './row-text.ts';

/** Compares a seal that does not fit with the rows now in its range; names the first place, in the order of the ledger. */
export function findDamage(seal: Seal, rows: readonly RowText[]): Damage {
  const broken: Damage = { what: 'seal_broken', seal: seal.n };
  // The seal's own parts must agree with each other before it can accuse a row.
  const end = seal.seqs.at(-1);
  if (seal.seqs.length !== seal.rows || seal.marks.length !== seal.rows * markBytes || (end !== undefined && end !== seal.seq))
    return broken;
  const place = firstDifference(seal, rows);
  return place === undefined ? broken : { ...place, seal: seal.n };
}

type Place = Omit<Damage, 'seal'>;

function firstDifference(seal: Seal, rows: readonly RowText[]): Place | undefined {
  const present = new Set(rows.map((row) => row.seq));
  const sealed = new Set(seal.seqs);
  let i = 0;
  for (const row of rows) {
    const expected = seal.seqs[i];
    if (row.seq === expected) {
      if (!fits(seal, i, row.text)) return exchanged(seal, rows, row) ?? { what: 'row_changed', seq: row.seq };
      i++;
    } else if (!sealed.has(row.seq)) return { what: 'row_inserted', seq: row.seq };
    else if (expected !== undefined && !present.has(expected)) return { what: 'row_removed', seq: expected };
    else return { what: 'rows_reordered', seq: expected ?? row.seq, other: row.seq };
  }
  const missing = seal.seqs[i];
  return missing === undefined ? undefined : { what: 'row_removed', seq: missing };
}

/** Does the row at this position have the text that was sealed there? */
function fits(seal: Seal, position: number, text: string): boolean {
  return markOf(text).equals(seal.marks.subarray(position * markBytes, (position + 1) * markBytes));
}

/** Is what was sealed at this place now written at another? Then rows were exchanged, not just changed. */
function exchanged(seal: Seal, rows: readonly RowText[], row: RowText): Place | undefined {
  const place = placeOf(row.text);
  const position = seal.seqs.indexOf(row.seq);
  const other = rows.find((one) => one.seq !== row.seq && fits(seal, position, place + contentOf(one.text)));
  return other && { what: 'rows_reordered', seq: row.seq, other: other.seq };
}
