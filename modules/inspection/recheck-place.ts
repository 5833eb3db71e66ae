import { distance } from '#kernel/geo/measure.ts';

type Point = { lng: number; lat: number };

/** Whole metres between where it was re-checked and where the hazard is; null when either is not known. */
export function metresBetween(here: Point | null, hazard: Point | null): number | null {
  return here && hazard ? Math.round(distance([here.lng, here.lat], [hazard.lng, hazard.lat])) : null;
}

/**
 * Must the re-checker say why? Without a position, or farther away than `limit` metres. A hazard that has no position itself
 * gives no distance, so a position alone is enough there.
 */
export function mustExplain(here: Point | null, hazard: Point | null, limit: number): boolean {
  const metres = metresBetween(here, hazard);
  return here === null || (metres !== null && metres > limit);
}
