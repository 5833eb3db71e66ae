/** A part of a file, both ends included. */
export type Range = { start: number; end: number };

/**
 * The one range a `Range` header asks for (RFC 9110 §14): undefined to send the whole file (no header, other units, several
 * ranges), 'outside' when nothing of it lies in the file.
 */
export function parseRange(header: string | undefined, size: number): Range | 'outside' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'outside' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) return 'outside';
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}
