/** Numbers that look random and are the same on every machine (mulberry32). */
export function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(list: readonly T[], draw: () => number): T => list[Math.floor(draw() * list.length)] as T;

/** A UUIDv7 that carries a time and a number of its kind: sorted by time, never twice the same for `(space, n)`. */
export function idAt(ms: number, space: number, n: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const number = n.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${(n & 0xfff).toString(16).padStart(3, '0')}-8${space.toString(16).padStart(3, '0')}-${number}`;
}
