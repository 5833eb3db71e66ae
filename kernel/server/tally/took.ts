/** Time from opening to closing, in classes: the inverse of kernel.took_class. Both bounds in hours. */
export function tookBounds(took: number): { from: number; to: number } {
  if (took < 48) return { from: took, to: took + 1 };
  if (took < 106) return { from: (took - 46) * 24, to: (took - 45) * 24 };
  return { from: 1440 + (took - 106) * 720, to: 1440 + (took - 105) * 720 };
}

/**
 * Hours below which the share `q` of the counted ones lies: read from the classes, even within a class.
 * Right to the hour for two days, to the day for two months, to thirty days beyond.
 */
export function quantile(counts: ReadonlyMap<number, number>, q: number): number | null {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (total <= 0) return null;
  let rest = q * total;
  for (const [took, n] of [...counts].sort(([a], [b]) => a - b)) {
    if (n <= 0) continue;
    const { from, to } = tookBounds(took);
    if (rest <= n) return from + ((to - from) * rest) / n;
    rest -= n;
  }
  return null;
}
