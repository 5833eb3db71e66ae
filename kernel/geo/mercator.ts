/** The world as web maps cut it (EPSG:3857) in whole units: 2^30 a side, so that a unit is 4 cm at the equator. */
export const worldBits = 30;
const world = 2 ** worldBits;

/** Tiles are found by cells of zoom 16 in Z-order: the cells of every tile of zoom 0 to 16 then lie in one run. */
export const keyZoom = 16;

const within = (value: number) => Math.max(0, Math.min(world - 1, Math.floor(value)));

export function worldX(lng: number): number {
  return within(((lng + 180) / 360) * world);
}

export function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return within((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world);
}

function spread(value: number): number {
  let bits = value & 0xffff;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

/** The place of a cell (column and row below 2^16) on the Z-order curve. */
export function curveKey(column: number, row: number): number {
  return (spread(column) | (spread(row) << 1)) >>> 0;
}

export type Tile = { z: number; x: number; y: number };

/** The run of keys of a tile of zoom 0 to 16, `end` excluded. */
export function keysOf({ z, x, y }: Tile): { start: number; end: number } {
  const depth = keyZoom - z;
  const start = curveKey(x << depth, y << depth);
  return { start, end: start + 4 ** depth };
}

/** The first place in a sorted column at which `value` could stand. */
export function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
