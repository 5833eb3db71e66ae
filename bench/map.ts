import { type Tile, worldBits } from '#kernel/geo/mercator.ts';
import { gatherPoints, type MapThing } from '#kernel/geo/point-columns.ts';
import { makePointIndex, type PointIndex, sightOf } from '#kernel/geo/point-index.ts';
import type { PointFilter, Reach } from '#kernel/geo/sight.ts';
import { marksIn } from '#kernel/geo/tile-cells.ts';
import { encodeMarks } from '#kernel/server/map/vector-tile.ts';
import { print } from './figure.ts';
import { withPeer } from './map-peer.ts';
import { cityPoints, makeRandom } from './map-points.ts';

const city: Reach = { orgs: Array.from({ length: 160 }, (_, i) => i + 1), lineOrgs: [], orgLines: [], parties: [], named: [] };
/** A line-limited department: the class test has the most to do. */
const department: Reach = { ...city, orgs: [], lineOrgs: city.orgs, orgLines: city.orgs.map((org) => `${org}:fire`) };
const zooms = [6, 7, 8, 9, 10, 11, 12, 13, 14];

/** Tiles as people look at them: each the tile of a random point. */
function tilesOf({ points }: PointIndex, z: number, count: number): Tile[] {
  const random = makeRandom(z);
  return Array.from({ length: count }, () => {
    const at = Math.floor(random() * points.count);
    return { z, x: (points.x[at] ?? 0) >>> (worldBits - z), y: (points.y[at] ?? 0) >>> (worldBits - z) };
  });
}

const rounded = (value: number) => Number(value.toFixed(3));
const share = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

/** One request each: the judgement of the classes, the marks and the tile's bytes. */
function timeTiles(index: PointIndex, tiles: readonly Tile[], reach: Reach, filter: PointFilter): number[] {
  return tiles.map((tile) => {
    const start = performance.now();
    encodeMarks(marksIn(index, sightOf(index, reach, filter), tile), tile, new Date(0));
    return performance.now() - start;
  });
}

function build(things: Iterable<MapThing>): { index: PointIndex; ms: number } {
  const gathered = gatherPoints();
  for (const thing of things) gathered.add(thing);
  const start = performance.now();
  return { index: makePointIndex(gathered.finish()), ms: performance.now() - start };
}

function measure(index: PointIndex, size: string, reach: Reach, filter: PointFilter, target: number): boolean {
  let passed = true;
  for (const z of zooms) {
    const tiles = tilesOf(index, z, 30);
    timeTiles(index, tiles, reach, filter);
    const times = timeTiles(index, tiles, reach, filter);
    const p95 = share(times, 0.95);
    print({ bench: 'map', figure: `${size}, z${z}, p50`, value: rounded(share(times, 0.5)), unit: 'ms' });
    print({ bench: 'map', figure: `${size}, z${z}, p95`, value: rounded(p95), unit: 'ms', target: `<= ${target}`, pass: p95 <= target });
    passed &&= p95 <= target;
  }
  return passed;
}

/** Tiles of one layer: 300,000 and 2,000,000 points, against PostGIS on the same points with the same filter where it is installed. */
export async function benchMap(): Promise<boolean> {
  const things = [...cityPoints(300_000)];
  const small = build(things);
  print({ bench: 'map', figure: 'index of 300,000 points built', value: Math.round(small.ms), unit: 'ms' });
  let passed = measure(small.index, '300,000 points, level <= 2', city, { levels: [1, 2] }, 50);
  const tiles = tilesOf(small.index, 10, 30);
  const own = share(timeTiles(small.index, tiles, city, { levels: [1, 2] }), 0.5);
  const peer = await withPeer(things, async (time) => share(await time(tiles), 0.5));
  if (peer === undefined) process.stderr.write('PostGIS is not installed here: no comparison\n');
  else {
    const ratio = own / peer;
    const pass = ratio <= 1 / 6;
    print({
      bench: 'map',
      figure: 'z10 with the filter, p50',
      value: rounded(own),
      unit: 'ms',
      against: `PostGIS ${rounded(peer)} ms`,
      ratio: rounded(ratio),
      target: '<= 1/6',
      pass,
    });
    passed &&= pass;
  }
  const large = build(cityPoints(2_000_000));
  print({ bench: 'map', figure: 'index of 2,000,000 points built', value: Math.round(large.ms), unit: 'ms' });
  passed = measure(large.index, '2,000,000 points, all', city, {}, 50) && passed;
  return measure(large.index, '2,000,000 points, one line, level <= 2', department, { levels: [1, 2] }, 50) && passed;
}
