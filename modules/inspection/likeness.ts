/** Chinese has no spaces to cut words at: text is compared by its pairs of neighbouring characters, without punctuation. */
export function pairsOf(text: string): Set<string> {
  const plain = [...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')];
  return new Set(plain.slice(1).map((char, i) => `${plain[i] ?? ''}${char}`));
}

/** How alike two texts are: 0 nothing shared, 1 the same pairs (Sørensen–Dice). Symmetric; 0 where a text has no pair. */
export function likeness(a: string, b: string): number {
  const [one, two] = [pairsOf(a), pairsOf(b)];
  if (one.size === 0 || two.size === 0) return 0;
  const shared = [...one].filter((pair) => two.has(pair)).length;
  return (2 * shared) / (one.size + two.size);
}

/** From here on two descriptions are shown as perhaps the same hazard. */
export const alikeFrom = 0.35;
/** From here on a closed hazard of the same category counts as the former of a new one. */
export const sameFrom = 0.5;

/** Those that are alike, the likest first, at most `most`. */
export function alike<T extends { description: string }>(
  text: string,
  found: readonly T[],
  from = alikeFrom,
  most = 5,
): (T & { likeness: number })[] {
  return found
    .map((one) => ({ ...one, likeness: likeness(text, one.description) }))
    .filter((one) => one.likeness >= from)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most);
}
