import { makeFinder } from './finder.ts';
import { worldX, worldY } from './mercator.ts';
import type { MapThing, PointColumns } from './point-columns.ts';
import { makePyramid, type Runs, takeFromPyramid } from './pyramid.ts';
import { compileSight, type Finder, type PointFilter, type Reach, type Sight } from './sight.ts';

/** A thing that came or changed after the columns were made. */
export type LateThing = MapThing & { x: number; y: number };

export type PointIndex = {
  points: PointColumns;
  pyramid: Runs[];
  finder: Finder;
  late: Map<string, LateThing>;
};

export function makePointIndex(points: PointColumns): PointIndex {
  return { points, pyramid: makePyramid(points), finder: makeFinder(points), late: new Map() };
}

/** Takes the thing out, and puts it in again as it is now; null when it is no longer on the map. */
export function renewThing(index: PointIndex, id: string, now: MapThing | null): void {
  index.late.delete(id);
  const at = index.finder.ofId(id);
  if (at >= 0 && index.points.alive[at] === 1) {
    index.points.alive[at] = 0;
    takeFromPyramid(index.pyramid, index.points, at);
  }
  if (now) index.late.set(id, { ...now, x: worldX(now.lng), y: worldY(now.lat) });
}

export function sightOf(index: PointIndex, reach: Reach, filter: PointFilter): Sight {
  return compileSight(index.points, index.finder, reach, filter);
}
