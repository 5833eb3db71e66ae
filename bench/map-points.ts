import type { MapThing } from '#kernel/geo/point-columns.ts';
import { newId } from '#kernel/id.ts';

/** The same numbers on every run (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const lines = ['fire', 'gas', 'hazchem', 'construction', 'industry', 'commerce', 'traffic', 'school', 'grid', 'water'];

/**
 * A city's points: four of five in 400 hot spots some 2 km wide, the others anywhere; 160 towns, ten lines, one in ten of level 1 or 2.
 */
export function* cityPoints(count: number, seed = 7): Generator<MapThing> {
  const random = makeRandom(seed);
  const spots = Array.from({ length: 400 }, () => ({
    lng: 116.3 + random() * 1.5,
    lat: 36.05 + random() * 1.4,
    org: 1 + Math.floor(random() * 160),
  }));
  const anywhere = { lng: 117.05, lat: 36.75, org: 0 };
  for (let i = 0; i < count; i++) {
    const spot = random() < 0.8 ? (spots[Math.floor(random() * spots.length)] ?? anywhere) : anywhere;
    const wide = spot === anywhere ? 0.75 : 0.01;
    const drawn = random();
    yield {
      id: newId(),
      lng: spot.lng + (random() + random() - 1) * wide,
      lat: spot.lat + (random() + random() - 1) * wide * 0.9,
      org: spot.org || 1 + Math.floor(random() * 160),
      line: lines[Math.floor(random() * lines.length)] ?? 'fire',
      party: null,
      level: drawn < 0.02 ? 1 : drawn < 0.1 ? 2 : drawn < 0.4 ? 3 : 4,
      state: 'open',
      due: null,
    };
  }
}
