import { likeness } from './likeness.ts';

export type Clause = { law: string; article: string; quote: string };
export type Wording = {
  id: string;
  group: string;
  text: string;
  category: string;
  grade: string;
  requirement: string;
  basis: Clause;
  penalty: Clause | null;
};
export type Criterion = { id: string; trade: string; standard: string; reference: string; clause: string; text: string; sure: boolean };

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Those that say `text`, or every word of it; then those that are like it. An empty text finds all, in their own order. */
export function searched<T>(all: readonly T[], text: string, of: (one: T) => string): T[] {
  const asked = text.split(/\s+/).map(plain).filter(Boolean);
  if (asked.length === 0) return [...all];
  const ranked = all.map((one) => {
    const said = plain(of(one));
    return { one, rank: asked.every((word) => said.includes(word)) ? 1 : likeness(text, of(one)) };
  });
  return ranked
    .filter(({ rank }) => rank >= 0.2)
    .sort((a, b) => b.rank - a.rank)
    .map(({ one }) => one);
}
