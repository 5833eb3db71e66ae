import { hash } from 'node:crypto';

const lineFeed = 10;
const lanes = 8;

/**
 * A fingerprint of rows that does not depend on their order: the SHA-256 of each line, added up in eight 32-bit lanes. A restored table
 * may lie in another order than the original (free space is filled where it is found), with the same rows all the same.
 */
export function rowDigest() {
  const sums = new Uint32Array(lanes);
  let rest: Buffer[] = [];
  let rows = 0;

  const addLine = (line: Buffer) => {
    const digest = hash('sha256', line, 'buffer');
    for (let lane = 0; lane < lanes; lane++) sums[lane] = ((sums[lane] ?? 0) + digest.readUInt32BE(lane * 4)) >>> 0;
    rows++;
  };

  return {
    /** COPY text in pieces of any size; a row is a line, because line feeds within values are written as \\n. */
    add: (piece: Buffer) => {
      let start = 0;
      for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, start)) {
        const line = piece.subarray(start, end);
        addLine(rest.length === 0 ? line : Buffer.concat([...rest, line]));
        rest = [];
        start = end + 1;
      }
      if (start < piece.length) rest.push(piece.subarray(start));
    },
    result: () => ({ rows, digest: [...sums].map((sum) => sum.toString(16).padStart(8, '0')).join('') }),
  };
}
