import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { areaOf, ringArea } from '#kernel/geo/measure.ts';
import { type Area, areaBox, inBox, type Position, partsOf, pointInArea, type Ring } from '#kernel/geo/shape.ts';
import { findDivision } from '#modules/org/data/divisions.ts';

type Collection<P> = { features: { properties: P; geometry: Area }[] };

const read = <P>(url: URL): Collection<P> => JSON.parse(readFileSync(url, 'utf8'));
const shipped = new URL('../../web/public/map/jinan-districts.geojson', import.meta.url);
const beside = new URL('../../../shared/data/boundaries/', import.meta.url);
const peer = new URL('jinan_districts_ship_wgs84.geojson', beside);
const outline = new URL('jinan_city_osm_wgs84.geojson', beside);

const { features } = read<{ code: string; name: string; center: Position }>(shipped);
const boxed = features.map((one) => ({ ...one, box: areaBox(one.geometry) }));
const at = (point: Position) =>
  boxed.filter((one) => one.box !== null && inBox(point, one.box) && pointInArea(point, one.geometry)).map((one) => one.properties.name);

/** Evenly spread points over the city (a Halton sequence), the same in every run. */
function spread(count: number): Position[] {
  const halton = (i: number, base: number): number => {
    let value = 0;
    for (let n = i, part = 1 / base; n > 0; n = Math.floor(n / base), part /= base) value += (n % base) * part;
    return value;
  };
  return Array.from({ length: count }, (_, i) => [116.2 + 1.8 * halton(i + 1, 2), 35.98 + 1.58 * halton(i + 1, 3)]);
}

function crossing(ring: Ring): number {
  const turn = (a: Position, b: Position, c: Position) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const sides = ring.slice(1).map((b, i): [Position, Position] => [ring[i] ?? b, b]);
  let count = 0;
  for (const [i, [a, b]] of sides.entries()) {
    for (const [c, d] of sides.slice(i + 2)) {
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) count += 1;
    }
  }
  return count;
}

describe('the shipped district shapes', () => {
  test("twelve districts with today's names and codes, under 250 KB", () => {
    expect(features.map((one) => one.properties.code).sort()).toEqual(
      ['370102', '370103', '370104', '370105', '370112', '370113', '370114', '370115', '370116', '370117', '370124', '370126'].sort(),
    );
    for (const { properties } of features) expect(findDivision(properties.code)?.name).toBe(properties.name);
    expect(readFileSync(shipped).length).toBeLessThan(250_000);
  });
  test('rings are closed, turn the right way, come to no corner twice and never cross themselves', () => {
    for (const { geometry } of features) {
      for (const part of partsOf(geometry)) {
        for (const [i, ring] of part.entries()) {
          expect(ring.at(-1)).toEqual(ring[0]);
          expect(new Set(ring.map(String)).size).toBe(ring.length - 1);
          expect(ringArea(ring) > 0).toBe(i === 0);
          expect(crossing(ring)).toBe(0);
        }
      }
    }
  });
  test('labels stand inside', () => {
    for (const { properties } of features) expect(at(properties.center)).toEqual([properties.name]);
  });
  test('places whose district everybody knows', () => {
    // WGS84: Quancheng Square, Jinan West railway station, the seats of Laiwu, Shanghe and Pingyin.
    expect(at([117.0155, 36.6613])).toEqual(['历下区']);
    expect(at([116.8857, 36.6685])).toEqual(['槐荫区']);
    expect(at([117.676, 36.2035])).toEqual(['莱芜区']);
    expect(at([117.157, 37.309])).toEqual(['商河县']);
    expect(at([116.456, 36.289])).toEqual(['平阴县']);
  });
  test('districts hardly overlap, and together they are the city', () => {
    const hits = spread(4_000).map((point) => at(point).length);
    const inside = hits.filter((n) => n > 0).length;
    expect(hits.filter((n) => n > 1).length / inside).toBeLessThan(0.002);
    const total = features.reduce((sum, one) => sum + areaOf(one.geometry), 0) / 1e6;
    expect(total).toBeGreaterThan(10_100);
    expect(total).toBeLessThan(10_400);
  });
  test.skipIf(!existsSync(peer))('agree with the shapes repaired by other means (needs ../shared/data)', () => {
    const other = read<{ adcode: number }>(peer).features;
    for (const { properties, geometry } of features) {
      const twin = other.find((one) => String(one.properties.adcode) === properties.code)?.geometry;
      expect(twin).toBeDefined();
      if (twin === undefined) continue;
      expect(Math.abs(areaOf(geometry) / areaOf(twin) - 1)).toBeLessThan(0.001);
      const box = areaBox(twin);
      const points = spread(4_000).filter((point) => box !== null && inBox(point, box));
      const differ = points.filter((point) => pointInArea(point, geometry) !== pointInArea(point, twin)).length;
      expect(differ / points.length).toBeLessThan(0.001);
    }
  });
  test.skipIf(!existsSync(outline))('lie on the city outline of another source, so the datum is right (needs ../shared/data)', () => {
    const city = read<unknown>(outline).features[0]?.geometry;
    expect(city).toBeDefined();
    if (city === undefined) return;
    const points = spread(4_000);
    const both = points.filter((point) => pointInArea(point, city) && at(point).length > 0).length;
    const either = points.filter((point) => pointInArea(point, city) || at(point).length > 0).length;
    expect(both / either).toBeGreaterThan(0.98);
  });
});
