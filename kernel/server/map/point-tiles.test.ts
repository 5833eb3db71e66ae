import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { expect, test } from 'vitest';
import { type Tile, worldBits, worldX, worldY } from '../../geo/mercator.ts';
import { gatherPoints, type MapThing } from '../../geo/point-columns.ts';
import { makePointIndex, renewThing, sightOf } from '../../geo/point-index.ts';
import { makeJudge, type PointFilter, type Reach } from '../../geo/sight.ts';
import { marksIn } from '../../geo/tile-cells.ts';
import { newId } from '../../id.ts';
import { encodeMarks } from './vector-tile.ts';

const parties = [newId(), newId(), newId()];
const thing: fc.Arbitrary<MapThing> = fc.record({
  id: fc.uuid({ version: 7 }),
  // Some in one place, some all over the city, as in life.
  lng: fc.oneof(fc.constant(117.0231), fc.double({ min: 116.3, max: 117.9, noNaN: true })),
  lat: fc.oneof(fc.constant(36.6659), fc.double({ min: 36.0, max: 37.5, noNaN: true })),
  org: fc.integer({ min: 1, max: 4 }),
  line: fc.constantFrom('fire', 'gas', null),
  party: fc.constantFrom(null, ...parties),
  level: fc.constantFrom(1, 2, 3, 4, null),
  state: fc.constantFrom('open', 'found'),
  due: fc.constantFrom(null, 1, 9e12),
});
const reach: fc.Arbitrary<Reach> = fc.record({
  orgs: fc.subarray([1, 2]),
  lineOrgs: fc.subarray([2, 3]),
  orgLines: fc.subarray(['2:fire', '3:fire', '3:gas', '4:gas']),
  parties: fc.subarray(parties),
  named: fc.constant([]),
});
const filter: fc.Arbitrary<PointFilter> = fc.constantFrom({}, { levels: [1, 0] }, { lines: ['fire'] }, { states: ['open'], orgs: [1, 3] });

const tileAt = (z: number): Tile => ({ z, x: worldX(117.0231) >>> (worldBits - z), y: worldY(36.6659) >>> (worldBits - z) });
const inside = ({ z, x, y }: Tile, one: MapThing) => worldX(one.lng) >>> (worldBits - z) === x && worldY(one.lat) >>> (worldBits - z) === y;

test('at every zoom a tile counts exactly what may be seen and is wanted, also after changes, and decodes', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(thing, { maxLength: 400, minLength: 1, selector: (one) => one.id }),
      fc.array(fc.tuple(fc.nat(500), thing, fc.boolean()), { maxLength: 12 }),
      reach,
      filter,
      (things, changes, who, asked) => {
        const gathered = gatherPoints(2);
        for (const one of things) gathered.add(one);
        const index = makePointIndex(gathered.finish());
        const truth = new Map(things.map((one) => [one.id, one]));
        for (const [which, fresh, stays] of changes) {
          const id = things[which]?.id ?? fresh.id;
          renewThing(index, id, stays ? { ...fresh, id } : null);
          if (stays) truth.set(id, { ...fresh, id });
          else truth.delete(id);
        }
        const named = { ...who, named: things.slice(0, 2).map((one) => one.id) };
        const judge = makeJudge(named, asked);
        const seen = [...truth.values()].filter((one) => judge.wanted(one) && (judge.byClass(one) || judge.byName(one)));
        const sight = sightOf(index, named, asked);
        for (const z of [0, 6, 9, 10, 11, 14, 16]) {
          const tile = tileAt(z);
          const expected = seen.filter((one) => inside(tile, one));
          const marks = marksIn(index, sight, tile);
          expect(marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(expected.length);
          expect(marks.reduce((worst, mark) => Math.min(worst, mark.level ?? 5), 5)).toBe(
            Math.min(5, ...expected.map((one) => one.level ?? 5)),
          );
          const ids = marks.flatMap((mark) => (mark.one ? [mark.one.id] : []));
          expect(ids.filter((id) => !expected.some((one) => one.id === id))).toEqual([]);
          if (marks.some((mark) => mark.count === 1)) expect(marks.filter((mark) => mark.count === 1).every((mark) => mark.one)).toBe(true);
          const layer = new VectorTile(new PbfReader(encodeMarks(marks, tile, new Date(5)))).layers.points;
          const features = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i));
          const counted = features.reduce((sum, one) => sum + Number(one?.properties.count ?? 1), 0);
          expect(counted).toBe(expected.length);
          expect(features.filter((one) => one?.properties.overdue === true).length).toBe(
            marks.filter((mark) => (mark.one?.due ?? 9e12) <= 5).length,
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a point lies where it was put, to the unit of its tile', () => {
  const gathered = gatherPoints();
  const id = newId();
  gathered.add({ id, lng: 117.0231, lat: 36.6659, org: 1, line: null, party: null, level: 2, state: 'open', due: null });
  const index = makePointIndex(gathered.finish());
  const tile = tileAt(16);
  const sight = sightOf(index, { orgs: [1], lineOrgs: [], orgLines: [], parties: [], named: [] }, {});
  const layer = new VectorTile(new PbfReader(encodeMarks(marksIn(index, sight, tile), tile, new Date(0)))).layers.points;
  const found = layer?.feature(0).toGeoJSON(tile.x, tile.y, tile.z);
  expect(found?.properties).toEqual({ id, level: 2, state: 'open', overdue: false });
  const [lng = 0, lat = 0] = found?.geometry.type === 'Point' ? found.geometry.coordinates : [];
  expect(Math.abs(lng - 117.0231)).toBeLessThan(2e-6);
  expect(Math.abs(lat - 36.6659)).toBeLessThan(2e-6);
});
