import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRange } from './range.ts';

it('reads the one range a player asks for', () => {
  expect(parseRange('bytes=0-99', 1000)).toEqual({ start: 0, end: 99 });
  expect(parseRange('bytes=990-', 1000)).toEqual({ start: 990, end: 999 });
  expect(parseRange('bytes=-10', 1000)).toEqual({ start: 990, end: 999 });
  expect(parseRange('bytes=-5000', 1000)).toEqual({ start: 0, end: 999 });
  expect(parseRange('bytes=500-9999', 1000)).toEqual({ start: 500, end: 999 });
});

it('says when nothing of it lies in the file', () => {
  expect(parseRange('bytes=1000-', 1000)).toBe('outside');
  expect(parseRange('bytes=-0', 1000)).toBe('outside');
});

it('sends the whole file for what it does not understand', () => {
  for (const header of [undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'lines=1-2', 'bytes=0-1,5-6', 'bytes=a-b']) {
    expect([header, parseRange(header, 1000)]).toEqual([header, undefined]);
  }
});

it('never leaves the file', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(2 ** 40), fc.nat(2 ** 40), fc.integer({ min: 1, max: 2 ** 31 }), (text, from, to, size) => {
      for (const header of [text, `bytes=${from}-${to}`, `bytes=${from}-`, `bytes=-${to}`]) {
        const range = parseRange(header, size);
        if (typeof range === 'object') expect(0 <= range.start && range.start <= range.end && range.end < size).toBe(true);
      }
    }),
  );
});
