import { PbfWriter } from 'pbf';
import { type Tile, worldBits } from '../../geo/mercator.ts';
import type { Mark } from '../../geo/tile-cells.ts';

/** Units of a tile's side (Mapbox Vector Tile specification 2.1, §4.3). */
export const extent = 4096;

type Value = string | number | boolean;
type Words = { keys: Map<string, number>; values: Map<Value, number> };

const numberOf = <K>(words: Map<K, number>, word: K): number => {
  const known = words.get(word) ?? words.size;
  words.set(word, known);
  return known;
};

function propertiesOf(mark: Mark, now: number): Record<string, Value> {
  const level = mark.level === null ? {} : { level: mark.level };
  if (mark.one === null) return { ...level, count: mark.count };
  return { ...level, id: mark.one.id, state: mark.one.state, overdue: mark.one.due <= now };
}

/** A tile of points in one layer named `points`: cells carry `count` and `level`, single things `id`, `state`, `overdue` and `level`. */
export function encodeMarks(marks: readonly Mark[], tile: Tile, now: Date): Uint8Array {
  const out = new PbfWriter();
  const words: Words = { keys: new Map(), values: new Map() };
  const scale = extent / 2 ** (worldBits - tile.z);
  const local = (value: number, column: number) => Math.max(0, Math.min(extent - 1, Math.floor(value * scale) - column * extent));
  out.writeMessage(
    3,
    (_, layer: PbfWriter) => {
      layer.writeVarintField(15, 2);
      layer.writeStringField(1, 'points');
      for (const mark of marks) {
        const tags = Object.entries(propertiesOf(mark, now.getTime())).flatMap(([key, value]) => [
          numberOf(words.keys, key),
          numberOf(words.values, value),
        ]);
        layer.writeMessage(2, writePoint, { tags, x: local(mark.x, tile.x), y: local(mark.y, tile.y) });
      }
      for (const key of words.keys.keys()) layer.writeStringField(3, key);
      for (const value of words.values.keys()) layer.writeMessage(4, writeValue, value);
      layer.writeVarintField(5, extent);
    },
    null,
  );
  return out.finish();
}

function writePoint({ tags, x, y }: { tags: number[]; x: number; y: number }, out: PbfWriter): void {
  out.writePackedVarint(2, tags);
  out.writeVarintField(3, 1);
  // One command MoveTo, then the zig-zag coded place.
  out.writePackedVarint(4, [9, x << 1, y << 1]);
}

function writeValue(value: Value, out: PbfWriter): void {
  if (typeof value === 'string') out.writeStringField(1, value);
  else if (typeof value === 'number') out.writeVarintField(5, value);
  else out.writeBooleanField(7, value);
}
