import { pinyin } from 'pinyin-pro';

const HAN = /\p{Script=Han}+/gu;

/** Text as it is compared: full-width folded (NFKC), lower case, letters and digits only. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const firstLetters = (run: string): string => {
  const letters = pinyin(run, { pattern: 'first', toneType: 'none', type: 'array' });
  return letters.length === [...run].length ? letters.join('') : run;
};

/**
 * Pinyin initials of the normalised text; what is not Han stays, so `A区化工` gives `aqhg`.
 * Initials are taken from a whole run, because a character's reading depends on its neighbours (重庆 is `cq`, 重量 is `zl`).
 */
export const initialsOf = (text: string): string => normalise(text).replace(HAN, firstLetters);

const addGrams = (text: string, into: Set<string>): void => {
  const letters = [...text];
  for (const [at, letter] of letters.entries()) {
    into.add(letter);
    const next = letters[at + 1];
    if (next !== undefined) into.add(letter + next);
  }
};

/** Every token one finds the text by: grams of one and two characters of each part and of its initials; sorted, distinct. */
export const tokensOf = (...parts: readonly string[]): string[] => {
  const found = new Set<string>();
  for (const part of parts) {
    addGrams(normalise(part), found);
    addGrams(initialsOf(part), found);
  }
  return [...found].sort();
};

/** The tokens a text must have to hold the query: pairs, or the one character typed. Empty for a query without letter or digit. */
export const neededBy = (query: string): string[] => {
  const letters = [...normalise(query)];
  if (letters.length < 2) return letters;
  return [...new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`))].sort();
};

/** Whether the text holds the query, in characters or in initials: the re-check after the grams, which know no order. */
export const holdsText = (text: string, query: string): boolean => {
  const wanted = normalise(query);
  return normalise(text).includes(wanted) || initialsOf(text).includes(wanted);
};
