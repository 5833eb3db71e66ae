import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { fault } from '../../fault.ts';
import { keyZoom } from '../../geo/mercator.ts';
import { sightOf } from '../../geo/point-index.ts';
import type { PointFilter } from '../../geo/sight.ts';
import { marksIn } from '../../geo/tile-cells.ts';
import { hasRole } from '../../permission.ts';
import { getCaller } from '../caller.ts';
import type { Runtime } from '../context.ts';
import { findRow } from '../db/pool.ts';
import { type Guard, guardOf } from '../db/transaction.ts';
import { directory } from '../directory.ts';
import { parseWith } from '../parse.ts';
import { keepIndexes } from './layer-index.ts';
import type { MapLayer } from './layers.ts';
import { encodeMarks } from './vector-tile.ts';

const place = z.object({
  layer: z.string().max(80),
  z: z.coerce.number().int().min(0).max(keyZoom),
  x: z.coerce.number().int().min(0),
  y: z.coerce.number().int().min(0),
});

const list = z
  .string()
  .max(400)
  .transform((text) => text.split(',').filter(Boolean));

/** `?level=1,2&line=fire&state=…&area=12`: level 0 is what is not graded, an area stands for all within it. */
const asked = z.object({
  level: list
    .transform((texts) => texts.map(Number))
    .refine((levels) => levels.every((level) => [0, 1, 2, 3, 4].includes(level)))
    .optional(),
  line: list.optional(),
  state: list.optional(),
  area: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
});

type Asked = z.output<typeof asked>;
type Reached = { named: string[]; orgs: number[] | undefined };

/** What only the database knows: on which matters the caller is named, and what lies within the area. */
async function askDatabase(runtime: Runtime, guard: Guard, named: boolean, area: number | undefined): Promise<Reached> {
  if (!named && area === undefined) return { named: [], orgs: undefined };
  return runtime.db.read(guard, async (tx) => ({
    named: named ? ((await findRow(tx, sql<{ ids: string[] | null }>`select kernel.involved() as ids`))?.ids ?? []) : [],
    orgs: area === undefined ? undefined : await runtime.providers.use(directory).subtree(tx, area),
  }));
}

function filterOf({ level, line, state }: Asked, orgs: number[] | undefined): PointFilter {
  return { ...(level && { levels: level }), ...(line && { lines: line }), ...(state && { states: state }), ...(orgs && { orgs }) };
}

/**
 * `GET /api/map/tile/:layer/:z/:x/:y` answers a vector tile with what the caller may see and asks for; 204 where that is nothing.
 * The tag stands for the layer's version, the caller's reach and the filter: a browser never shows one person another's tile.
 */
export function tileRoute(http: FastifyInstance, runtime: Runtime, layers: () => readonly MapLayer[]): void {
  const indexOf = keepIndexes(runtime);
  http.get('/api/map/tile/:layer/:z/:x/:y', async (request, reply) => {
    const { principal } = getCaller(request);
    const { layer: id, ...tile } = parseWith(place, request.params);
    const query = parseWith(asked, request.query);
    const layer = layers().find((one) => one.id === id && hasRole(principal, one.by));
    if (!layer?.things || tile.x >= 2 ** tile.z || tile.y >= 2 ** tile.z) throw fault('map.unknown_layer', { layer: id });
    const guard = guardOf(principal);
    const [{ index, version }, { named, orgs }] = await Promise.all([
      indexOf(layer.things),
      askDatabase(runtime, guard, layer.things.named, query.area),
    ]);
    const now = runtime.clock();
    // Deadlines pass without a ledger row: a tile is good for the minute.
    const minute = Math.floor(now.getTime() / 60_000);
    const etag = `"${createHash('sha256')
      .update(JSON.stringify([version, minute, tile, query, orgs, guard, named]))
      .digest('base64url')
      .slice(0, 27)}"`;
    reply.header('cache-control', 'private, no-cache').header('vary', 'cookie').header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    const marks = marksIn(index, sightOf(index, { ...guard, named }, filterOf(query, orgs)), tile);
    if (marks.length === 0) return reply.code(204).send();
    return reply.type('application/vnd.mapbox-vector-tile').send(Buffer.from(encodeMarks(marks, tile, now)));
  });
}
