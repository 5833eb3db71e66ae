import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { features, layers, mapModule } from '../../map-contract.ts';
import { hasRole, roleNames } from '../../permission.ts';
import type { AnyWorkflow } from '../../workflow.ts';
import type { Context } from '../context.ts';
import { rows } from '../db/pool.ts';
import { handleQuery, implementModule, type ModuleServer } from '../implement.ts';
import { type MapLayer, type MapPoint, mapLayers } from './layers.ts';
import { readThings } from './read-things.ts';
import { tileRoute } from './tile-route.ts';

/** The open matters of one kind, where they have a place. */
function matterLayer(workflow: AnyWorkflow): MapLayer {
  type Row = Omit<MapPoint, 'lng' | 'lat' | 'kind'> & { point: { x: number; y: number } };
  return {
    id: workflow.kind,
    title: workflow.title,
    by: roleNames,
    things: {
      kinds: [workflow.kind],
      named: true,
      read: (tx, which) => readThings(tx, { table: workflow.kind, state: 'state', due: 'due', open: sql`closed_at is null` }, which),
    },
    async features(ctx, box, limit) {
      const found = await rows(
        ctx.tx,
        sql<Row>`select id, title, level, state, coalesce(due <= ${ctx.now}, false) as overdue, point from ${sql.table(workflow.kind)}
          where closed_at is null and point <@ box(point(${box.west}, ${box.south}), point(${box.east}, ${box.north})) limit ${limit}`,
      );
      return found.map(({ point, ...row }) => ({ ...row, kind: workflow.kind, lng: point.x, lat: point.y }));
    },
  };
}

export function mapServer(workflows: readonly AnyWorkflow[]): ModuleServer {
  // Only what is reported with a place belongs on the map: an exchange of shifts does not.
  const own = workflows.filter((workflow) => Object.values(workflow.starts).some((start) => 'point' in start.input.shape)).map(matterLayer);
  const offered = (ctx: Context) => [...ctx.use(mapLayers), ...own].filter((layer) => hasRole(ctx.who, layer.by));
  return implementModule({
    contract: mapModule,
    routes: (http, runtime) => tileRoute(http, runtime, () => [...runtime.providers.use(mapLayers), ...own]),
    queries: [
      handleQuery(layers, async (ctx) => ({ layers: offered(ctx).map(({ id, title }) => ({ id, title })) })),
      handleQuery(features, async (ctx, input) => {
        const layer = offered(ctx).find((one) => one.id === input.layer);
        if (!layer) throw fault('map.unknown_layer', { layer: input.layer });
        const points = await layer.features(ctx, input.bbox, input.limit + 1);
        return {
          type: 'FeatureCollection' as const,
          cut: points.length > input.limit,
          features: points.slice(0, input.limit).map(({ lng, lat, ...properties }) => ({
            type: 'Feature' as const,
            geometry: { type: 'Point' as const, coordinates: [lng, lat] },
            properties,
          })),
        };
      }),
    ],
  });
}
