import { type Area, type Polygon, type Position, partsOf, type Ring } from './shape.ts';

/** The mean radius of the earth in metres (IUGG). Distances on this sphere are within 0.5 % of those on the ellipsoid. */
export const earthRadius = 6_371_008.8;

const rad = (degrees: number): number => (degrees * Math.PI) / 180;
const deg = (radians: number): number => (radians * 180) / Math.PI;

/** Great-circle distance in metres (haversine, exact also for points a few centimetres apart). */
export function distance(a: Position, b: Position): number {
  const dLat = rad(b[1] - a[1]);
  const dLng = rad(b[0] - a[0]);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(dLng / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Length of a line in metres. */
export function lengthOf(line: readonly Position[]): number {
  let sum = 0;
  let before: Position | undefined;
  for (const position of line) {
    if (before !== undefined) sum += distance(before, position);
    before = position;
  }
  return sum;
}

/** Where one arrives from `start` after `metres` in direction `bearing` (degrees clockwise from north). */
export function destination(start: Position, bearing: number, metres: number): Position {
  const angle = metres / earthRadius;
  const lat1 = rad(start[1]);
  const lat2 = Math.asin(Math.sin(lat1) * Math.cos(angle) + Math.cos(lat1) * Math.sin(angle) * Math.cos(rad(bearing)));
  const dLng = Math.atan2(Math.sin(rad(bearing)) * Math.sin(angle) * Math.cos(lat1), Math.cos(angle) - Math.sin(lat1) * Math.sin(lat2));
  return [((start[0] + deg(dLng) + 540) % 360) - 180, deg(lat2)];
}

/** Direction from `a` to `b` in degrees clockwise from north, 0 ≤ bearing < 360. */
export function bearing(a: Position, b: Position): number {
  const dLng = rad(b[0] - a[0]);
  const y = Math.sin(dLng) * Math.cos(rad(b[1]));
  const x = Math.cos(rad(a[1])) * Math.sin(rad(b[1])) - Math.sin(rad(a[1])) * Math.cos(rad(b[1])) * Math.cos(dLng);
  return (deg(Math.atan2(y, x)) + 360) % 360;
}

/** A circle of `metres` around a point as a polygon of `corners` corners on the circle, anticlockwise (RFC 7946 §3.1.6). */
export function bufferPoint(center: Position, metres: number, corners = 64): Polygon {
  if (!(metres > 0) || !Number.isFinite(metres)) throw new RangeError(`not a radius in metres: ${metres}`);
  if (!Number.isInteger(corners) || corners < 3) throw new RangeError(`not a number of corners: ${corners}`);
  const ring = Array.from({ length: corners }, (_, i) => destination(center, 360 - (i * 360) / corners, metres));
  return { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] };
}

/** Signed area on the sphere (Chamberlain and Duquette 2007), positive when the ring runs anticlockwise. Square metres. */
export function ringArea(ring: Ring): number {
  let sum = 0;
  let before: Position | undefined;
  for (const position of ring) {
    if (before !== undefined) sum += rad(position[0] - before[0]) * (2 + Math.sin(rad(before[1])) + Math.sin(rad(position[1])));
    before = position;
  }
  return (-sum * earthRadius ** 2) / 2;
}

/** Area in square metres, holes left out. */
export function areaOf(area: Area): number {
  let sum = 0;
  for (const [outer = [], ...holes] of partsOf(area)) {
    sum += Math.abs(ringArea(outer));
    for (const hole of holes) sum -= Math.abs(ringArea(hole));
  }
  return sum;
}
