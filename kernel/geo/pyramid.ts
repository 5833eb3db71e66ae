import { keyZoom, lowerBound } from './mercator.ts';
import type { PointColumns } from './point-columns.ts';

/** A tile shows 8 × 8 cells, so the cells of zoom z are the tiles of zoom z + 3. */
export const cellDepth = 3;
/** Up to this tile zoom the counts are made beforehand; deeper, a tile holds few enough points to be counted as asked. */
export const pyramidZoom = 9;

/** How many things of one class lie in one cell, and the sums of their coordinates. In Z-order of the cells. */
export type Runs = { key: Uint32Array; cls: Uint32Array; count: Uint32Array; sumX: Float64Array; sumY: Float64Array };

/** One entry for each tile zoom 0 to `pyramidZoom`. */
export function makePyramid(points: PointColumns): Runs[] {
  const ones = new Uint32Array(points.count).fill(1);
  const leaves = { key: points.key, cls: points.cls, count: ones, sumX: points.x, sumY: points.y };
  const levels: Runs[] = [];
  const classes = points.classes.length;
  let below = merge(leaves, 2 * (keyZoom - pyramidZoom - cellDepth), classes);
  for (let z = pyramidZoom; z >= 0; z--) {
    levels[z] = below;
    below = merge(below, 2, classes);
  }
  return levels;
}

type Source = { [K in keyof Runs]: Runs[K] | Int32Array };

/** Merges runs whose keys agree after `shift` bits are dropped, class by class. */
function merge(source: Source, shift: number, classes: number): Runs {
  const size = source.key.length;
  const out = {
    key: new Uint32Array(size),
    cls: new Uint32Array(size),
    count: new Uint32Array(size),
    sumX: new Float64Array(size),
    sumY: new Float64Array(size),
  };
  // The place of each class in the present cell; below `first` it belongs to a former one.
  const place = new Int32Array(classes).fill(-1);
  let first = 0;
  let made = 0;
  let present = -1;
  for (let i = 0; i < size; i++) {
    const key = (source.key[i] ?? 0) >>> shift;
    if (key !== present) {
      present = key;
      first = made;
    }
    const cls = source.cls[i] ?? 0;
    let at = place[cls] ?? -1;
    if (at < first) {
      at = made++;
      place[cls] = at;
      out.key[at] = key;
      out.cls[at] = cls;
    }
    out.count[at] = (out.count[at] ?? 0) + (source.count[i] ?? 0);
    out.sumX[at] = (out.sumX[at] ?? 0) + (source.sumX[i] ?? 0);
    out.sumY[at] = (out.sumY[at] ?? 0) + (source.sumY[i] ?? 0);
  }
  return {
    key: out.key.slice(0, made),
    cls: out.cls.slice(0, made),
    count: out.count.slice(0, made),
    sumX: out.sumX.slice(0, made),
    sumY: out.sumY.slice(0, made),
  };
}

/** Takes one thing out of all counts. */
export function takeFromPyramid(levels: readonly Runs[], points: PointColumns, at: number): void {
  for (const [z, runs] of levels.entries()) {
    const key = (points.key[at] ?? 0) >>> (2 * (keyZoom - z - cellDepth));
    let run = lowerBound(runs.key, key);
    while (runs.key[run] === key && runs.cls[run] !== points.cls[at]) run++;
    runs.count[run] = (runs.count[run] ?? 0) - 1;
    runs.sumX[run] = (runs.sumX[run] ?? 0) - (points.x[at] ?? 0);
    runs.sumY[run] = (runs.sumY[run] ?? 0) - (points.y[at] ?? 0);
  }
}
