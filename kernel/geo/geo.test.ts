import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromGcj02, toGcj02 } from './datum.ts';
import { areaOf, bearing, bufferPoint, destination, distance, earthRadius, lengthOf, ringArea } from './measure.ts';
import { chinaBox, parsePlace } from './place.ts';
import { type Area, areaBox, boxesMeet, boxOf, inBox, type Position, pointInArea } from './shape.ts';

const inChina = fc.tuple(fc.double({ min: 75, max: 134, noNaN: true }), fc.double({ min: 18, max: 53, noNaN: true }));
const metres = fc.double({ min: 1, max: 200_000, noNaN: true });

const square: Area = {
  type: 'Polygon',
  coordinates: [
    [
      [117, 36],
      [118, 36],
      [118, 37],
      [117, 37],
      [117, 36],
    ],
    [
      [117.4, 36.4],
      [117.4, 36.6],
      [117.6, 36.6],
      [117.6, 36.4],
      [117.4, 36.4],
    ],
  ],
};

describe('measure', () => {
  test('known distances', () => {
    expect(distance([117, 36], [117, 37])).toBeCloseTo((Math.PI / 180) * earthRadius, 3);
    // Jinan West station to Jinan station, 11 km apart as the crow flies.
    expect(distance([116.8857, 36.6685], [116.991, 36.6713])).toBeGreaterThan(9000);
    expect(distance([117, 36], [117, 36])).toBe(0);
  });
  test('a destination is as far away as one went, in that direction', () => {
    fc.assert(
      fc.property(inChina, fc.double({ min: 0, max: 359.9, noNaN: true }), metres, (start, direction, far) => {
        const end = destination(start, direction, far);
        expect(Math.abs(distance(start, end) - far)).toBeLessThan(0.001 + far * 1e-9);
        const turn = Math.abs(bearing(start, end) - direction);
        expect(Math.min(turn, 360 - turn)).toBeLessThan(0.01);
      }),
    );
  });
  test('distance is symmetric and obeys the triangle inequality', () => {
    fc.assert(
      fc.property(inChina, inChina, inChina, (a, b, c) => {
        expect(distance(a, b)).toBeCloseTo(distance(b, a), 6);
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c) + 1e-6);
        expect(lengthOf([a, b, c])).toBeCloseTo(distance(a, b) + distance(b, c), 6);
      }),
    );
  });
  test('a buffer holds what is nearer and not what is farther, and has nearly the area of its circle', () => {
    fc.assert(
      fc.property(
        inChina,
        fc.double({ min: 10, max: 20_000, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        (center, far, direction) => {
          const circle = bufferPoint(center, far);
          expect(pointInArea(destination(center, direction, far * 0.99), circle)).toBe(true);
          expect(pointInArea(destination(center, direction, far * 1.01), circle)).toBe(false);
          expect(areaOf(circle) / (Math.PI * far ** 2)).toBeGreaterThan(0.997);
          expect(areaOf(circle) / (Math.PI * far ** 2)).toBeLessThan(1.001);
          expect(ringArea(circle.coordinates[0] ?? [])).toBeGreaterThan(0);
        },
      ),
    );
    expect(() => bufferPoint([117, 36], 0)).toThrow(RangeError);
    expect(() => bufferPoint([117, 36], 100, 2)).toThrow(RangeError);
  });
  test('a hole is left out of the area', () => {
    const whole: Area = { type: 'Polygon', coordinates: square.type === 'Polygon' ? square.coordinates.slice(0, 1) : [] };
    // One degree square at 36.5° north is about 9,940 km².
    expect(areaOf(whole) / 1e6).toBeGreaterThan(9900);
    expect(areaOf(whole) / 1e6).toBeLessThan(9980);
    expect(areaOf(square)).toBeCloseTo(areaOf(whole) * 0.96, -7);
  });
});

describe('shape', () => {
  test('inside, outside, in the hole', () => {
    expect(pointInArea([117.1, 36.1], square)).toBe(true);
    expect(pointInArea([117.5, 36.5], square)).toBe(false);
    expect(pointInArea([116.9, 36.5], square)).toBe(false);
    expect(areaBox(square)).toEqual([117, 36, 118, 37]);
    expect(areaBox({ type: 'MultiPolygon', coordinates: [] })).toBeNull();
  });
  test('a cut through an area by any line puts every point, on the cut too, in exactly one half', () => {
    const grid = fc.integer({ min: 0, max: 16 });
    fc.assert(
      fc.property(
        grid,
        grid,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), grid), { maxLength: 5 }),
        grid,
        grid,
        (top, bottom, mid, x, y) => {
          const cut: Position[] = [[bottom, 0], ...mid.map(([h, w]): Position => [w, h]).sort((a, b) => a[1] - b[1]), [top, 16]];
          const west: Area = { type: 'Polygon', coordinates: [[[0, 0], ...cut, [0, 16], [0, 0]]] };
          const east: Area = { type: 'Polygon', coordinates: [[[16, 16], ...[...cut].reverse(), [16, 0], [16, 16]]] };
          const whole: Area = {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [16, 0],
                [16, 16],
                [0, 16],
                [0, 0],
              ],
            ],
          };
          const halves = [west, east].filter((half) => pointInArea([x, y], half)).length;
          expect(halves).toBe(pointInArea([x, y], whole) ? 1 : 0);
        },
      ),
    );
  });
  test('a ray through a corner, and along a side', () => {
    const diamond: Area = {
      type: 'Polygon',
      coordinates: [
        [
          [0, -2],
          [2, 0],
          [0, 2],
          [-2, 0],
          [0, -2],
        ],
      ],
    };
    expect([-3, -1, 0, 1, 3].map((x) => pointInArea([x, 0], diamond))).toEqual([false, true, true, true, false]);
    const steps: Area = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [4, 0],
          [4, 2],
          [2, 2],
          [2, 4],
          [0, 4],
          [0, 0],
        ],
      ],
    };
    expect([-1, 1, 3, 5].map((x) => pointInArea([x, 2], steps))).toEqual([false, true, false, false]);
  });
  test('boxes', () => {
    fc.assert(
      fc.property(fc.array(inChina, { minLength: 1 }), (points) => {
        const box = boxOf(points);
        expect(box).not.toBeNull();
        if (box !== null) expect(points.every((point) => inBox(point, box))).toBe(true);
      }),
    );
    expect(boxOf([])).toBeNull();
    expect(boxesMeet([0, 0, 2, 2], [2, 2, 3, 3])).toBe(true);
    expect(boxesMeet([0, 0, 2, 2], [2.1, 0, 3, 3])).toBe(false);
  });
});

describe('datum', () => {
  test('in Jinan GCJ-02 lies some 500 m off, and the way back is exact to 20 cm (gcoord stops at a millionth of a degree)', () => {
    const off = distance([117.02, 36.66], toGcj02([117.02, 36.66]));
    expect(off).toBeGreaterThan(400);
    expect(off).toBeLessThan(700);
    fc.assert(
      fc.property(fc.double({ min: 115.9, max: 118, noNaN: true }), fc.double({ min: 36, max: 37.6, noNaN: true }), (lng, lat) => {
        expect(distance([lng, lat], fromGcj02(toGcj02([lng, lat])))).toBeLessThan(0.2);
      }),
    );
  });
  test('outside China nothing moves', () => {
    expect(toGcj02([2.35, 48.86])).toEqual([2.35, 48.86]);
  });
});

describe('parsePlace', () => {
  const good = { ok: true, place: { lng: 117.02, lat: 36.66 } };
  test.each([
    [{ lng: 117.02, lat: 36.66 }],
    [{ lon: '117.02', lat: ' 36.66' }],
    [{ longitude: 117.02, latitude: 36.66 }],
    [[117.02, 36.66]],
    ['117.02,36.66'],
    ['117.02， 36.66'],
  ])('%j', (input) => {
    expect(parsePlace(input)).toEqual(good);
  });
  test.each([
    [{ lng: 36.66, lat: 117.02 }, 'place.swapped'],
    [{ lng: 0, lat: 0 }, 'place.outside'],
    [{ lng: 217, lat: 36 }, 'place.out_of_range'],
    [{ lng: 117.02 }, 'place.not_a_point'],
    [{ lng: Number.NaN, lat: 36 }, 'place.not_a_point'],
    ['117.02', 'place.not_a_point'],
    ['1e2,36', 'place.not_a_point'],
    [[117, 36, 12], 'place.not_a_point'],
    [null, 'place.not_a_point'],
    [7, 'place.not_a_point'],
  ])('%j is refused: %s', (input, fault) => {
    expect(parsePlace(input)).toEqual({ ok: false, fault });
  });
  test('the accuracy comes along; a narrower box narrows', () => {
    expect(parsePlace({ lng: 117, lat: 36.6, accuracy: 12 })).toEqual({ ok: true, place: { lng: 117, lat: 36.6, accuracy: 12 } });
    expect(parsePlace({ lng: 117, lat: 36.6, accuracy: -1 })).toEqual({ ok: true, place: { lng: 117, lat: 36.6 } });
    expect(parsePlace({ lng: 110, lat: 36.6 }, [115.9, 36, 118, 37.6])).toEqual({ ok: false, fault: 'place.outside' });
    fc.assert(fc.property(inChina, ([lng, lat]) => parsePlace({ lng, lat }).ok === inBox([lng, lat], chinaBox)));
  });
  test('anything at all is answered, never thrown', () => {
    fc.assert(fc.property(fc.anything(), (input) => typeof parsePlace(input).ok === 'boolean'));
  });
});
