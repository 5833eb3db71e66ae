import { sql } from 'kysely';
import { rows } from '#kernel/server/db/pool.ts';
import type { MapLayer } from '#kernel/server/map/layers.ts';
import { points } from '../module.ts';

type Row = { id: string; title: string; level: number; point: { x: number; y: number } };

/** Risk points in their four colours on the one map (风险四色图). */
export const riskLayer: MapLayer = {
  id: 'risk.point',
  title: { zh: '风险点', en: 'Risk points' },
  by: Array.isArray(points.by) ? points.by : [],
  async features(ctx, box, limit) {
    const found = await rows(
      ctx.tx,
      sql<Row>`select id, name as title, level, point from risk.point where retired_at is null
        and point <@ box(point(${box.west}, ${box.south}), point(${box.east}, ${box.north})) order by level limit ${limit}`,
    );
    return found.map(({ point, ...row }) => ({
      ...row,
      kind: 'risk.point',
      state: 'in_force',
      overdue: false,
      lng: point.x,
      lat: point.y,
    }));
  },
};
