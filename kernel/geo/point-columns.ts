import { curveKey, keyZoom, worldBits, worldX, worldY } from './mercator.ts';

/** One thing on the map with what decides who sees it and what it can be filtered by. `due`: ms since 1970, null without. */
export type MapThing = {
  id: string;
  lng: number;
  lat: number;
  org: number;
  line: string | null;
  party: string | null;
  level: number | null;
  state: string;
  due: number | null;
};

/** What many things share: visibility and filters are decided once for each class, not for each thing. */
export type ThingClass = Pick<MapThing, 'org' | 'line' | 'level' | 'state'>;

/** Things as columns, in Z-order. 64 bytes a thing. */
export type PointColumns = {
  count: number;
  key: Uint32Array;
  x: Int32Array;
  y: Int32Array;
  cls: Uint32Array;
  party: Uint32Array;
  due: Float64Array;
  /** 16 bytes a thing. */
  id: Uint8Array;
  /** 0: taken out since the columns were made. */
  alive: Uint8Array;
  classes: ThingClass[];
  /** Numbers of the parties, from 1; 0 is none. */
  parties: Map<string, number>;
};

type Column = Uint32Array | Int32Array | Float64Array | Uint8Array;

export function writeId(into: Uint8Array, at: number, id: string): void {
  const hex = id.replaceAll('-', '');
  for (let i = 0; i < 16; i++) into[at + i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function readId(from: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += pairs[from[at + i] ?? 0];
  }
  return text;
}

function blank(size: number): Omit<PointColumns, 'count' | 'classes' | 'parties'> {
  return {
    key: new Uint32Array(size),
    x: new Int32Array(size),
    y: new Int32Array(size),
    cls: new Uint32Array(size),
    party: new Uint32Array(size),
    due: new Float64Array(size),
    id: new Uint8Array(16 * size),
    alive: new Uint8Array(size).fill(1),
  };
}

/** Takes things one by one, as they come from the database; `finish` sorts them. */
export function gatherPoints(expected = 4096): { add: (thing: MapThing) => void; finish: () => PointColumns } {
  let held = blank(expected);
  let count = 0;
  const classes: ThingClass[] = [];
  const known = new Map<string, number>();
  const parties = new Map<string, number>();
  const classOf = ({ org, line, level, state }: MapThing): number => {
    const name = `${org}|${line}|${level}|${state}`;
    const found = known.get(name) ?? classes.push({ org, line, level, state }) - 1;
    known.set(name, found);
    return found;
  };
  const partyOf = (party: string | null): number => {
    if (party === null) return 0;
    const found = parties.get(party) ?? parties.size + 1;
    parties.set(party, found);
    return found;
  };
  return {
    add(thing) {
      if (count === held.key.length) held = grown(held, 2 * count);
      const [x, y] = [worldX(thing.lng), worldY(thing.lat)];
      held.x[count] = x;
      held.y[count] = y;
      held.key[count] = curveKey(x >>> (worldBits - keyZoom), y >>> (worldBits - keyZoom));
      held.cls[count] = classOf(thing);
      held.party[count] = partyOf(thing.party);
      held.due[count] = thing.due ?? Number.POSITIVE_INFINITY;
      writeId(held.id, 16 * count, thing.id);
      count++;
    },
    finish: () => ({ ...sorted(held, count), count, classes, parties }),
  };
}

function grown(held: ReturnType<typeof blank>, size: number): ReturnType<typeof blank> {
  const larger = blank(size);
  for (const name of Object.keys(held) as (keyof typeof held)[]) larger[name].set(held[name]);
  return larger;
}

function sorted(held: ReturnType<typeof blank>, count: number): ReturnType<typeof blank> {
  const order = orderOf(held.key, count);
  const next = blank(count);
  const take = (from: Column, into: Column) => {
    for (let i = 0; i < count; i++) into[i] = from[order[i] ?? 0] ?? 0;
  };
  for (const name of ['key', 'x', 'y', 'cls', 'party', 'due'] as const) take(held[name], next[name]);
  for (let i = 0; i < count; i++) next.id.set(held.id.subarray(16 * (order[i] ?? 0), 16 * (order[i] ?? 0) + 16), 16 * i);
  return next;
}

/** A radix sort by two digits of 16 bits: linear, where a comparing sort of two million costs seconds. */
function orderOf(key: Uint32Array, count: number): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(65_537);
    for (let i = 0; i < count; i++) {
      const digit = ((key[i] ?? 0) >>> shift) & 0xffff;
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < 65_536; digit++) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    const next = new Uint32Array(count);
    for (const at of order) {
      const digit = ((key[at] ?? 0) >>> shift) & 0xffff;
      const place = starts[digit] ?? 0;
      next[place] = at;
      starts[digit] = place + 1;
    }
    order = next;
  }
  return order;
}
