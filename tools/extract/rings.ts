/**
 * Repair of rings that touch themselves: they run over a point twice, back on themselves, or end a corner on another side.
 * Coordinates are whole numbers (the source has a grid of 1/1024°), so every comparison here is exact.
 */
export type GridPoint = readonly [x: number, y: number];
export type Loop = readonly GridPoint[];

const same = (a: GridPoint, b: GridPoint): boolean => a[0] === b[0] && a[1] === b[1];
const nameOf = ([x, y]: GridPoint): string => `${x},${y}`;
const cross = (a: GridPoint, b: GridPoint, c: GridPoint): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** The sides of an open loop, the closing one included. */
export function sidesOf(loop: Loop): [GridPoint, GridPoint][] {
  return loop.flatMap((a, i) => {
    const b = loop[(i + 1) % loop.length];
    return b === undefined ? [] : [[a, b] as [GridPoint, GridPoint]];
  });
}

/** Is `p` on the side between `a` and `b`, its ends left out? */
export function onSide(p: GridPoint, a: GridPoint, b: GridPoint): boolean {
  if (cross(a, b, p) !== 0 || same(p, a) || same(p, b)) return false;
  return Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);
}

/** Twice the signed area; positive when the loop runs anticlockwise. */
export function doubleArea(loop: Loop): number {
  return sidesOf(loop).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0);
}

/** Puts every corner that lies on a side into that side, so that touching becomes meeting in a common corner. */
function withTouchingCorners(loop: Loop): GridPoint[] {
  return sidesOf(loop).flatMap(([a, b]) => {
    const between = loop.filter((p) => onSide(p, a, b));
    const far = (p: GridPoint): number => Math.abs(p[0] - a[0]) + Math.abs(p[1] - a[1]);
    return [a, ...between.sort((p, q) => far(p) - far(q))];
  });
}

/** Cuts a closed walk wherever it comes to a corner for the second time; what encloses nothing (spikes, repetitions) falls away. */
function simpleLoops(walk: readonly GridPoint[]): Loop[] {
  const loops: Loop[] = [];
  const path: GridPoint[] = [];
  for (const point of [...walk, ...walk.slice(0, 1)]) {
    const met = path.findIndex((earlier) => same(earlier, point));
    if (met >= 0) loops.push(path.splice(met));
    path.push(point);
  }
  return loops.filter((loop) => loop.length > 2 && doubleArea(loop) !== 0);
}

function inLoop([x, y]: readonly [number, number], loop: Loop): boolean {
  return (
    sidesOf(loop).filter(([a, b]) => a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) * (b[0] - a[0])) / (b[1] - a[1])).length % 2 === 1
  );
}

function midpoint(loop: Loop): [number, number] {
  const [a = [0, 0], b = [0, 0]] = loop;
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/**
 * The parts that a ring encloses (by the even-odd rule), each an outer loop and its holes, open and without repeated corners,
 * the largest part first. `ring` may be closed or not.
 */
export function repairRing(ring: readonly GridPoint[]): Loop[][] {
  const loops = simpleLoops(withTouchingCorners(ring.filter((p, i) => i === 0 || !same(p, ring[i - 1] ?? p))));
  loops.sort((a, b) => Math.abs(doubleArea(b)) - Math.abs(doubleArea(a)));
  const parts: Loop[][] = [];
  for (const [i, loop] of loops.entries()) {
    const around = loops.slice(0, i).filter((larger) => inLoop(midpoint(loop), larger));
    const host = parts.find(([outer]) => outer === around.at(-1));
    if (around.length % 2 === 0 || host === undefined) parts.push([loop]);
    else host.push(loop);
  }
  return parts;
}

/** Leaves out the corners that lie on a straight line in every loop that has them: no border moves, and neighbours stay closed. */
export function withoutStraightCorners(loops: readonly Loop[]): Loop[] {
  const kept = new Set<string>();
  for (const loop of loops) {
    for (const [i, point] of loop.entries()) {
      const before = loop.at(i - 1);
      const after = loop[(i + 1) % loop.length];
      if (before === undefined || after === undefined || !onSide(point, before, after)) kept.add(nameOf(point));
    }
  }
  return loops.map((loop) => loop.filter((point) => kept.has(nameOf(point))));
}
