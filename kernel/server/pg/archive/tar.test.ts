import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowDigest } from './row-digest.ts';
import { archiveEnd, BrokenTar, entryHead, padding, readEntries } from './tar.ts';

async function* inPieces(whole: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function contents(whole: Buffer, size: number): Promise<[string, Buffer][]> {
  const found: [string, Buffer][] = [];
  for await (const { path, body } of readEntries(inPieces(whole, size))) {
    const parts: Buffer[] = [];
    for await (const piece of body) parts.push(piece);
    found.push([path, Buffer.concat(parts)]);
  }
  return found;
}

function pack(entries: readonly (readonly [string, Buffer])[]): Buffer {
  return Buffer.concat([
    ...entries.flatMap(([path, body]) => [entryHead(path, body.length, 1_795_000_000), body, padding(body.length)]),
    archiveEnd,
  ]);
}

const pathOf = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((path) => !/[\0\n]/.test(path) && path.isWellFormed());
const bodyOf = fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes));

describe('the archive format', () => {
  it('gives back every path and content, however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(pathOf, bodyOf), { maxLength: 5 }), fc.integer({ min: 1, max: 3000 }), async (entries, size) => {
        expect(await contents(pack(entries), size)).toEqual(entries);
      }),
      { numRuns: 60 },
    );
  });

  it('carries sizes beyond 8 GiB in a pax record', async () => {
    const head = entryHead('big', 9_000_000_000, 0);
    const first = await readEntries(inPieces(Buffer.concat([head, Buffer.alloc(512)]), 512)).next();
    expect(first.done === false && [first.value.path, first.value.size]).toEqual(['big', 9_000_000_000]);
  });

  it('refuses an end that comes early and a header that was changed', async () => {
    const whole = pack([['a', Buffer.from('守夜人')]]);
    await expect(contents(whole.subarray(0, 700), 512)).rejects.toThrow(BrokenTar);
    whole[0] = 98;
    await expect(contents(whole, 512)).rejects.toThrow(BrokenTar);
  });
});

describe('the digest of rows', () => {
  const digestOf = (text: string, size: number) => {
    const digest = rowDigest();
    const whole = Buffer.from(text);
    for (let at = 0; at < whole.length; at += size) digest.add(whole.subarray(at, at + size));
    return digest.result();
  };
  const lines = fc.array(
    fc.string({ unit: 'grapheme', maxLength: 40 }).map((line) => line.replaceAll('\n', '')),
    { minLength: 1, maxLength: 20 },
  );

  it('knows neither order nor pieces', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 100 }), (rows, size) => {
        const text = (list: string[]) => list.map((row) => `${row}\n`).join('');
        expect(digestOf(text(rows), size)).toEqual(digestOf(text(rows.toReversed()), 1_000_000));
        expect(digestOf(text(rows), size).rows).toBe(rows.length);
      }),
    );
  });

  it('knows a changed, a missing and a doubled row', () => {
    const all = ['a\nb\n', 'a\nc\n', 'a\n', 'a\nb\nb\n', ''].map((text) => digestOf(text, 3).digest);
    expect(new Set(all).size).toBe(all.length);
    expect(digestOf('x\n', 1).digest).toBe(hash('sha256', 'x'));
  });
});
