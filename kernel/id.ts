const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `asked` is the time the last id was made for; `ms` runs ahead of it when the counter was full. */
type Clock = { asked: number; ms: number; counter: number };

/** Two clocks: ids of the machine's own time never go back; ids made for a given time (seeds, tests) keep that time. */
const own: Clock = { asked: -1, ms: -1, counter: 0 };
const given: Clock = { asked: -1, ms: -1, counter: 0 };

const maxMs = 2 ** 48 - 1;
const maxCounter = 0xfff;

/**
 * A UUIDv7 (RFC 9562 §5.7) in lower case: 48 bits of milliseconds, a 12-bit counter (§6.2 method 1), 62 random bits.
 * Ids made one after the other in one process sort in the order they were made, also within a millisecond and also when the
 * machine's clock is set back. With `now` (milliseconds since 1970) the id carries that time; calls with the same `now` in a
 * row still sort in order. Throws RangeError when `now` does not fit 48 bits.
 */
export function newId(now?: number): string {
  if (now !== undefined && !(Number.isInteger(now) && now >= 0 && now <= maxMs)) throw new RangeError(`not a time in milliseconds: ${now}`);
  const random = globalThis.crypto.getRandomValues(new Uint8Array(10));
  const clock = now === undefined ? own : given;
  tick(clock, now ?? Date.now(), now === undefined, random);
  const hex = [...random.subarray(2)].map((byte, i) => (i === 0 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0')).join('');
  const ms = clock.ms.toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${clock.counter.toString(16).padStart(3, '0')}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** A new millisecond starts the counter at a random place in its lower half, which leaves 2,048 ids or more before it is full. */
function tick(clock: Clock, ms: number, monotone: boolean, random: Uint8Array): void {
  if (monotone ? ms > clock.ms : ms !== clock.asked) {
    clock.asked = ms;
    clock.ms = ms;
    clock.counter = (((random[0] ?? 0) << 8) | (random[1] ?? 0)) & (maxCounter >> 1);
  } else if (clock.counter < maxCounter) {
    clock.counter += 1;
  } else {
    clock.ms += 1;
    clock.counter = 0;
  }
}

/** A UUIDv7 as `newId` writes it. Other UUID versions and upper case are refused: an id has one spelling. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && shape.test(value);
}

/** The time an id was made, to the millisecond. It is the device's word, no evidence. Throws RangeError when it is no id. */
export function idTime(id: string): Date {
  if (!isId(id)) throw new RangeError(`not an id: ${id}`);
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
