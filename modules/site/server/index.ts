import { sql } from 'kysely';
import { rows } from '#kernel/server/db/pool.ts';
import { implementModule } from '#kernel/server/implement.ts';
import { mapLayers } from '#kernel/server/map/layers.ts';
import { labels } from '#kernel/server/matter/lines.ts';
import { provide } from '#kernel/server/providers.ts';
import { siteModule } from '../module.ts';
import { closeSite, saveSite } from './actions.ts';
import { exportRoutes } from './export.ts';
import { siteLayer } from './layer.ts';
import { movedReader } from './moved.ts';
import { contactQuery, getQuery, listQuery, searchQuery } from './queries.ts';

export const server = implementModule({
  contract: siteModule,
  migrations: new URL('./migrations/', import.meta.url),
  actions: [saveSite, closeSite],
  queries: [listQuery, searchQuery, getQuery, contactQuery],
  readers: [movedReader],
  routes: exportRoutes,
  provides: [
    provide(labels, (tx, ids) => rows(tx, sql<{ id: string; name: string }>`select id, name from site.names(${[...ids]}::uuid[])`)),
    provide(mapLayers, siteLayer),
  ],
});
