/**
 * The small part of the tar format (POSIX.1-2001 pax) that a backup needs, so that any `tar xzf` opens one without Vigil. A pax record
 * carries a path that is long or not ASCII, and a size beyond 8 GiB.
 */
const block = 512;
const largestOctal = 0o77777777777;

export interface Entry {
  readonly path: string;
  readonly size: number;
  /** Must be read to its end before the next entry is asked for. */
  readonly body: AsyncIterable<Buffer>;
}

function header(path: string, size: number, type: '0' | 'x', seconds: number): Buffer {
  const head = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number) => head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  head.write(path, 0, 100, 'utf8');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(seconds, 136, 12);
  head.write(`        ${type}`, 148, 'latin1');
  head.write('ustar\x0000', 257, 'latin1');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return head;
}

export function padding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block);
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  // The length counts its own digits.
  while (Buffer.byteLength(`${length}${rest}`) !== length) length = Buffer.byteLength(`${length}${rest}`);
  return `${length}${rest}`;
}

/** What goes before an entry's content of exactly `size` bytes; `padding(size)` goes after it. */
export function entryHead(path: string, size: number, seconds: number): Buffer {
  const long = Buffer.byteLength(path) > 100 || /[^\x20-\x7e]/.test(path);
  const records = `${long ? paxRecord('path', path) : ''}${size > largestOctal ? paxRecord('size', String(size)) : ''}`;
  const plain = header(long ? 'long-path' : path, Math.min(size, largestOctal), '0', seconds);
  if (records === '') return plain;
  const pax = Buffer.from(records);
  return Buffer.concat([header('pax', pax.length, 'x', seconds), pax, padding(pax.length), plain]);
}

export const archiveEnd = Buffer.alloc(block * 2);

export class BrokenTar extends Error {}

/** Reads a stream in pieces of wanted lengths. */
function pieces(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const some = async (most: number): Promise<Buffer> => {
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done) throw new BrokenTar('the file ends too early');
      rest = next.value;
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  };
  const exactly = async (length: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let have = 0; have < length; ) {
      const piece = await some(length - have);
      parts.push(piece);
      have += piece.length;
    }
    return Buffer.concat(parts);
  };
  return { some, exactly };
}

type Pieces = ReturnType<typeof pieces>;

async function* bodyOf(source: Pieces, size: number): AsyncGenerator<Buffer> {
  for (let left = size; left > 0; ) {
    const piece = await source.some(left);
    left -= piece.length;
    yield piece;
  }
  await source.exactly(padding(size).length);
}

function paxValues(text: string): Map<string, string> {
  return new Map([...text.matchAll(/\d+ ([^=\n]+)=([^\n]*)\n/g)].map(([, key = '', value = '']) => [key, value]));
}

function checkSum(head: Buffer): void {
  const written = Number.parseInt(head.toString('latin1', 148, 156), 8);
  const sum = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (written !== sum) throw new BrokenTar('a header does not match its checksum');
}

function textAt(head: Buffer, at: number, length: number): string {
  const end = head.indexOf(0, at);
  return head.toString('utf8', at, end === -1 || end > at + length ? at + length : end);
}

/** @throws BrokenTar for anything that `entryHead` does not write */
export async function* readEntries(source: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  const input = pieces(source);
  let pax = new Map<string, string>();
  for (;;) {
    const head = await input.exactly(block);
    if (head.every((byte) => byte === 0)) return;
    checkSum(head);
    const size = Number(pax.get('size') ?? Number.parseInt(textAt(head, 124, 12), 8));
    const type = textAt(head, 156, 1);
    if (!Number.isSafeInteger(size) || !['0', 'x'].includes(type)) throw new BrokenTar('a header is not understood');
    if (type === 'x') {
      pax = paxValues((await input.exactly(size)).toString('utf8'));
      await input.exactly(padding(size).length);
      continue;
    }
    yield { path: pax.get('path') ?? textAt(head, 0, 100), size, body: bodyOf(input, size) };
    pax = new Map();
  }
}
