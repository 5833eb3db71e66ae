/** Longitude, latitude in degrees, WGS84 (equal to CGCS2000 at our accuracy), as in GeoJSON (RFC 7946). */
export type Position = readonly [lng: number, lat: number];

/** A closed ring: the first position comes again at the end. */
export type Ring = readonly Position[];

export type Polygon = { type: 'Polygon'; coordinates: readonly Ring[] };
export type MultiPolygon = { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] };
export type Area = Polygon | MultiPolygon;

/** West, south, east, north. Boxes across the 180th meridian are not supported: a Chinese city never meets it. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** The parts of an area, each an outer ring followed by its holes. */
export function partsOf(area: Area): readonly (readonly Ring[])[] {
  return area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
}

/** The smallest box around some positions; null when there are none. */
export function boxOf(positions: Iterable<Position>): Box | null {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (const [lng, lat] of positions) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west <= east ? [west, south, east, north] : null;
}

export function areaBox(area: Area): Box | null {
  return boxOf(partsOf(area).flatMap((rings) => rings.flat()));
}

export function inBox([lng, lat]: Position, [west, south, east, north]: Box): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north;
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/**
 * Counts the sides that a ray from the point to the east crosses. A side's lower end counts and its upper does not, and the side
 * is always read upwards: so a point on a border shared by two areas lies in exactly one of them.
 */
function inRing([lng, lat]: Position, ring: Ring): boolean {
  let inside = false;
  let before = ring[0];
  for (let i = 1; before !== undefined && i < ring.length; i++) {
    const next = ring[i];
    if (next === undefined) break;
    const rises = before[1] <= next[1];
    const low = rises ? before : next;
    const high = rises ? next : before;
    before = next;
    if (lat < low[1] || lat >= high[1]) continue;
    if ((lng - low[0]) * (high[1] - low[1]) < (lat - low[1]) * (high[0] - low[0])) inside = !inside;
  }
  return inside;
}

/** Is the point in the area? Holes are left out; a point in the hole's own part (an island in it) is in again. */
export function pointInArea(point: Position, area: Area): boolean {
  return partsOf(area).some(([outer = [], ...holes]) => inRing(point, outer) && !holes.some((hole) => inRing(point, hole)));
}
