import { type Box, inBox } from './shape.ts';

/** A point as records keep it; `accuracy` is the device's own estimate in metres. */
export type Place = { lng: number; lat: number; accuracy?: number };

export type PlaceFault = 'place.not_a_point' | 'place.out_of_range' | 'place.swapped' | 'place.outside';

export type ParsedPlace = { ok: true; place: Place } | { ok: false; fault: PlaceFault };

/** The widest box of China's land and sea, only to find points that cannot be meant. */
export const chinaBox: Box = [73, 3, 136, 54];

/**
 * Reads `{lng, lat}`, `{lon, lat}`, `{longitude, latitude}`, `[lng, lat]` or `"117.02,36.66"`, numbers or numerals, and checks the range.
 * A latitude and longitude that only make sense the other way round are reported as swapped, never silently turned; (0, 0) is
 * what broken receivers send and lies outside. `within` narrows the check, for example to the city's box.
 */
export function parsePlace(input: unknown, within: Box = chinaBox): ParsedPlace {
  const place = read(input);
  if (place === null) return { ok: false, fault: 'place.not_a_point' };
  const { lng, lat } = place;
  if (inBox([lng, lat], within)) return { ok: true, place };
  if (inBox([lat, lng], within)) return { ok: false, fault: 'place.swapped' };
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) return { ok: false, fault: 'place.out_of_range' };
  return { ok: false, fault: 'place.outside' };
}

function read(input: unknown): Place | null {
  if (typeof input === 'string') return fromPair(input.split(/[,，]/));
  if (Array.isArray(input)) return fromPair(input);
  if (typeof input !== 'object' || input === null) return null;
  const at = (...names: string[]): unknown => names.map((name) => Reflect.get(input, name)).find((value) => value !== undefined);
  const place = fromPair([at('lng', 'lon', 'longitude'), at('lat', 'latitude')]);
  const accuracy = numeral(at('accuracy'));
  return place !== null && accuracy !== null && accuracy >= 0 ? { ...place, accuracy } : place;
}

function fromPair(pair: readonly unknown[]): Place | null {
  const lng = numeral(pair[0]);
  const lat = numeral(pair[1]);
  return pair.length === 2 && lng !== null && lat !== null ? { lng, lat } : null;
}

function numeral(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' && /^\s*[+-]?\d{1,3}(\.\d+)?\s*$/.test(value) ? Number(value) : null;
}
