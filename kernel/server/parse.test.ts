import { expect, it } from 'vitest';
import { z } from 'zod';
import { isFault } from '../fault.ts';
import { parseWith } from './parse.ts';

const schema = z.object({ rows: z.array(z.object({ words: z.string() })) });
const refused = (words: string) => {
  try {
    return parseWith(schema, { rows: [{ words: 'a' }, { words }] });
  } catch (error) {
    return isFault(error) ? [error.code, error.details.issues] : error;
  }
};

it('refuses text that the database cannot hold, and says where; whole pairs are text', () => {
  const at = [{ path: 'rows.1.words', code: 'text', params: {} }];
  expect(refused('a\0b')).toEqual(['input.invalid', at]);
  expect(refused('\ud800')).toEqual(['input.invalid', at]);
  expect(refused('𠮷野家')).toEqual({ rows: [{ words: 'a' }, { words: '𠮷野家' }] });
});

it('spells ids one way', () => {
  expect(parseWith(z.object({ id: z.uuid() }), { id: '01A20AD2-B111-76A8-A2CA-F1EEB72C95E6' })).toEqual({
    id: '01a20ad2-b111-76a8-a2ca-f1eeb72c95e6',
  });
});
