import { sql } from 'kysely';
import { rows } from '#kernel/server/db/pool.ts';
import type { MapLayer } from '#kernel/server/map/layers.ts';
import { readThings } from '#kernel/server/map/read-things.ts';

type Row = { id: string; title: string; level: number; point: { x: number; y: number } };

/** Supervised objects on the one map (一张图). */
export const siteLayer: MapLayer = {
  id: 'site.site',
  title: { zh: '监管对象', en: 'Supervised objects' },
  by: ['officer', 'leader', 'enforcer', 'duty', 'grid', 'enterprise'],
  things: {
    kinds: ['site.site'],
    named: false,
    read: (tx, which) => readThings(tx, { table: 'site.site', state: 'kind', due: null, open: sql`status = 'active'` }, which),
  },
  async features(ctx, box, limit) {
    const found = await rows(
      ctx.tx,
      sql<Row>`select id, name as title, level, point from site.site
        where status = 'active' and point <@ box(point(${box.west}, ${box.south}), point(${box.east}, ${box.north})) limit ${limit}`,
    );
    return found.map((row) => ({
      id: row.id,
      kind: 'site.site',
      title: row.title,
      level: row.level,
      state: 'active',
      overdue: false,
      lng: row.point.x,
      lat: row.point.y,
    }));
  },
};
