/** A point on the pad in CSS pixels. */
export type Spot = { x: number; y: number };

const tenth = (n: number): string => String(Math.round(n * 10) / 10);
const at = ({ x, y }: Spot): string => `${tenth(x)} ${tenth(y)}`;
const between = (a: Spot, b: Spot): Spot => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/**
 * The path of one stroke (SVG path data): through the middles between the points the pen reported, each point the control of a
 * curve, so that a fast stroke is round and not a polygon. A dot where the pen was only set down; empty without points.
 */
export function strokePath(spots: readonly Spot[]): string {
  const [first, ...rest] = spots;
  if (!first) return '';
  const last = rest.at(-1);
  if (!last) return `M ${at(first)} L ${at({ x: first.x + 0.1, y: first.y })}`;
  const curves = rest.slice(0, -1).map((spot, i) => `Q ${at(spot)} ${at(between(spot, rest[i + 1] ?? spot))}`);
  return [`M ${at(first)}`, ...curves, `L ${at(last)}`].join(' ');
}

/** The length drawn, in CSS pixels: a slip of the finger is no signature. */
export function inkLength(strokes: readonly (readonly Spot[])[]): number {
  return strokes.reduce(
    (sum, spots) =>
      sum + spots.slice(1).reduce((part, spot, i) => part + Math.hypot(spot.x - (spots[i]?.x ?? 0), spot.y - (spots[i]?.y ?? 0)), 0),
    0,
  );
}
