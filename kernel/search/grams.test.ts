import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsText, initialsOf, neededBy, normalise, tokensOf } from './grams.ts';

const written = fc
  .array(fc.constantFrom(...'济南市历下区重庆化工有限公司泉城ＡＢ１２ab9（）- '), { maxLength: 30 })
  .map((letters) => letters.join(''));

test('full-width letters, case and punctuation do not matter', () => {
  expect(normalise('泉城（ＡＢ）- 化工')).toBe('泉城ab化工');
});

test('initials follow the reading in its word and keep what is not Han', () => {
  expect(initialsOf('重庆A区化工')).toBe('cqaqhg');
});

test('every part of a text, in characters or in initials, is found by its tokens', () => {
  fc.assert(
    fc.property(written, fc.nat(30), fc.nat(30), (text, from, length) => {
      const tokens = new Set(tokensOf(text));
      for (const whole of [normalise(text), initialsOf(text)]) {
        const query = whole.slice(from, from + length);
        expect(neededBy(query).every((token) => tokens.has(token))).toBe(true);
        expect(holdsText(text, query)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('a text without the query is refused by the re-check even where all grams are there', () => {
  const tokens = new Set(tokensOf('泉城化泉化工'));
  expect(neededBy('城化工').every((token) => tokens.has(token))).toBe(true);
  expect(holdsText('泉城化泉化工', '城化工')).toBe(false);
});
