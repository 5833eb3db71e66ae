import { type PointColumns, writeId } from './point-columns.ts';
import type { Finder } from './sight.ts';

/** An open hash of the ids: 8 bytes a thing instead of the hundred of a Map of texts. */
function hashIds({ id, count }: PointColumns): (wanted: string) => number {
  const size = 2 ** Math.ceil(Math.log2(2 * count + 2));
  const slots = new Uint32Array(size);
  // The last bytes of a version 7 UUID are random.
  const slotOf = (bytes: Uint8Array, at: number) =>
    (((bytes[at + 12] ?? 0) << 24) | ((bytes[at + 13] ?? 0) << 16) | ((bytes[at + 14] ?? 0) << 8) | (bytes[at + 15] ?? 0)) & (size - 1);
  for (let i = 0; i < count; i++) {
    let slot = slotOf(id, 16 * i);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = i + 1;
  }
  const same = (bytes: Uint8Array, at: number) => bytes.every((byte, i) => byte === id[16 * at + i]);
  return (wanted) => {
    const bytes = new Uint8Array(16);
    writeId(bytes, 0, wanted);
    for (let slot = slotOf(bytes, 0); slots[slot] !== 0; slot = (slot + 1) & (size - 1)) {
      const at = (slots[slot] ?? 0) - 1;
      if (same(bytes, at)) return at;
    }
    return -1;
  };
}

/** The things of each party, one behind the other. */
function listParties({ party, parties, count }: PointColumns): (wanted: string) => Iterable<number> {
  const starts = new Uint32Array(parties.size + 2);
  for (let i = 0; i < count; i++) starts[(party[i] ?? 0) + 1] = (starts[(party[i] ?? 0) + 1] ?? 0) + 1;
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const ends = starts.slice(0, -1);
  const members = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const place = ends[party[i] ?? 0] ?? 0;
    members[place] = i;
    ends[party[i] ?? 0] = place + 1;
  }
  return (wanted) => {
    const number = parties.get(wanted);
    return number === undefined ? [] : members.subarray(starts[number], starts[number + 1]);
  };
}

export function makeFinder(points: PointColumns): Finder {
  return { ofId: hashIds(points), ofParty: listParties(points) };
}
