import { keysOf, keyZoom, lowerBound, type Tile, worldBits } from './mercator.ts';
import { readId } from './point-columns.ts';
import type { LateThing, PointIndex } from './point-index.ts';
import { cellDepth, pyramidZoom, type Runs } from './pyramid.ts';
import type { Sight } from './sight.ts';

const side = 2 ** cellDepth;
const cells = side * side;
/** Levels 1 to 4 and, at 0, what is not graded. */
const levels = 5;

/** What is drawn: one thing, or a cell of several at their mean place. `x`, `y` in world units; `level` 1 (worst) to 4 or null. */
export type Mark = { x: number; y: number; level: number | null; count: number; one: { id: string; state: string; due: number } | null };

/** At most so many things are drawn one by one in a tile: at close view, in the middle, from afar. */
const singles = (z: number) => (z >= 14 ? 3000 : z >= 11 ? 150 : 30);

type Sums = { count: Float64Array; x: Float64Array; y: Float64Array; total: number };

/** Row-major place in the tile of each of the last six bits of a Z-order key. */
const unfolded = Uint8Array.from({ length: cells }, (_, key) => {
  const bit = (from: number, to: number) => ((key >> from) & 1) << to;
  return bit(0, 0) | bit(2, 1) | bit(4, 2) | bit(1, 3) | bit(3, 4) | bit(5, 5);
});

function addRuns(sums: Sums, runs: Runs, start: number, end: number, index: PointIndex, mask: Uint8Array): void {
  const level = index.points.classes.map((one) => one.level ?? 0);
  for (let i = start; i < end; i++) {
    const cls = runs.cls[i] ?? 0;
    const count = runs.count[i] ?? 0;
    if (mask[cls] === 0 || count === 0) continue;
    const cell = unfolded[(runs.key[i] ?? 0) & (cells - 1)] ?? 0;
    const place = cell * levels + (level[cls] ?? 0);
    sums.count[place] = (sums.count[place] ?? 0) + count;
    sums.x[cell] = (sums.x[cell] ?? 0) + (runs.sumX[i] ?? 0);
    sums.y[cell] = (sums.y[cell] ?? 0) + (runs.sumY[i] ?? 0);
    sums.total += count;
  }
}

const cellOf = (z: number, x: number, y: number) => {
  const shift = worldBits - z - cellDepth;
  return ((y >>> shift) & (side - 1)) * side + ((x >>> shift) & (side - 1));
};

function addOne(sums: Sums, z: number, x: number, y: number, level: number): void {
  const cell = cellOf(z, x, y);
  const place = cell * levels + level;
  sums.count[place] = (sums.count[place] ?? 0) + 1;
  sums.x[cell] = (sums.x[cell] ?? 0) + x;
  sums.y[cell] = (sums.y[cell] ?? 0) + y;
  sums.total++;
}

/** The late things of a tile that are seen and wanted. */
function lateIn(index: PointIndex, { judge }: Sight, { z, x, y }: Tile): LateThing[] {
  const shift = worldBits - z;
  return [...index.late.values()].filter(
    (thing) => thing.x >>> shift === x && thing.y >>> shift === y && judge.wanted(thing) && (judge.byClass(thing) || judge.byName(thing)),
  );
}

/** The single things of a run of the columns, seen through the sight. */
function* seenIn(index: PointIndex, { mask, extras }: Sight, start: number, end: number): Generator<number> {
  const { alive, cls } = index.points;
  let extra = lowerBound(extras, start);
  for (let i = start; i < end; i++) {
    const named = extras[extra] === i;
    if (named) extra++;
    if (alive[i] === 1 && (named || mask[cls[i] ?? 0] === 1)) yield i;
  }
}

function markOf(index: PointIndex, at: number): Mark {
  const { points } = index;
  const { level = null, state = '' } = points.classes[points.cls[at] ?? 0] ?? {};
  return {
    x: points.x[at] ?? 0,
    y: points.y[at] ?? 0,
    level,
    count: 1,
    one: { id: readId(points.id, 16 * at), state, due: points.due[at] ?? Number.POSITIVE_INFINITY },
  };
}

const lateMark = (thing: LateThing): Mark => ({
  x: thing.x,
  y: thing.y,
  level: thing.level,
  count: 1,
  one: { id: thing.id, state: thing.state, due: thing.due ?? Number.POSITIVE_INFINITY },
});

function sumUp(index: PointIndex, sight: Sight, tile: Tile, range: { start: number; end: number }): Sums {
  const sums = { count: new Float64Array(cells * levels), x: new Float64Array(cells), y: new Float64Array(cells), total: 0 };
  const { points, pyramid } = index;
  const single = (at: number) =>
    addOne(sums, tile.z, points.x[at] ?? 0, points.y[at] ?? 0, points.classes[points.cls[at] ?? 0]?.level ?? 0);
  const runs = pyramid[tile.z];
  if (tile.z <= pyramidZoom && runs) {
    const keys = keysOf(tile);
    const drop = 4 ** (keyZoom - tile.z - cellDepth);
    addRuns(sums, runs, lowerBound(runs.key, keys.start / drop), lowerBound(runs.key, keys.end / drop), index, sight.mask);
    for (let i = lowerBound(sight.extras, range.start); (sight.extras[i] ?? range.end) < range.end; i++) {
      const at = sight.extras[i] ?? 0;
      if (points.alive[at] === 1) single(at);
    }
  } else {
    const level = Uint8Array.from(points.classes, (one) => one.level ?? 0);
    const { alive, cls, x, y } = points;
    for (let i = range.start; i < range.end; i++) {
      const of = cls[i] ?? 0;
      if (sight.mask[of] === 1 && alive[i] === 1) addOne(sums, tile.z, x[i] ?? 0, y[i] ?? 0, level[of] ?? 0);
    }
    for (let i = lowerBound(sight.extras, range.start); (sight.extras[i] ?? range.end) < range.end; i++) {
      const at = sight.extras[i] ?? 0;
      if (points.alive[at] === 1) single(at);
    }
  }
  return sums;
}

function cellMarks(sums: Sums): { cell: number; mark: Mark }[] {
  const marks: { cell: number; mark: Mark }[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const counts = sums.count.subarray(cell * levels, cell * levels + levels);
    const count = counts.reduce((sum, one) => sum + one, 0);
    if (count === 0) continue;
    const worst = [1, 2, 3, 4].find((level) => (counts[level] ?? 0) > 0) ?? null;
    marks.push({ cell, mark: { x: (sums.x[cell] ?? 0) / count, y: (sums.y[cell] ?? 0) / count, level: worst, count, one: null } });
  }
  return marks;
}

/** The one thing of a cell that holds one. */
function onlyOne(index: PointIndex, sight: Sight, tile: Tile, cell: number, late: readonly LateThing[]): Mark | undefined {
  const { points } = index;
  const z = Math.min(keyZoom, tile.z + cellDepth);
  const depth = z - tile.z;
  const within = cellDepth - depth;
  const keys = keysOf({ z, x: (tile.x << depth) | ((cell % side) >> within), y: (tile.y << depth) | (Math.floor(cell / side) >> within) });
  for (const at of seenIn(index, sight, lowerBound(points.key, keys.start), lowerBound(points.key, keys.end)))
    if (cellOf(tile.z, points.x[at] ?? 0, points.y[at] ?? 0) === cell) return markOf(index, at);
  const found = late.find((thing) => cellOf(tile.z, thing.x, thing.y) === cell);
  return found && lateMark(found);
}

/**
 * What a reader sees in a tile of zoom 0 to 16. Visibility and filter come before anything is counted: the counts of all marks
 * sum up to the rows that the row-level policy shows. Where they are few, things come one by one.
 */
export function marksIn(index: PointIndex, sight: Sight, tile: Tile): Mark[] {
  const keys = keysOf(tile);
  const range = { start: lowerBound(index.points.key, keys.start), end: lowerBound(index.points.key, keys.end) };
  const sums = sumUp(index, sight, tile, range);
  const late = lateIn(index, sight, tile);
  for (const thing of late) addOne(sums, tile.z, thing.x, thing.y, thing.level ?? 0);
  if (sums.total === 0) return [];
  if (sums.total <= singles(tile.z)) {
    const found = [...seenIn(index, sight, range.start, range.end)].map((at) => markOf(index, at));
    return [...found, ...late.map(lateMark)];
  }
  return cellMarks(sums).map(({ cell, mark }) => (mark.count === 1 ? (onlyOne(index, sight, tile, cell, late) ?? mark) : mark));
}
