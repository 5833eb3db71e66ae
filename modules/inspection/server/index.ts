import { implementModule } from '#kernel/server/implement.ts';
import { inspectionModule } from '../module.ts';
import { hazardServer } from './effects.ts';
import { standardsQuery, wordingsQuery } from './library-queries.ts';
import { doSetRecheckMetres } from './recheck.ts';
import { listedQuery, relativesQuery, similarQuery } from './relatives.ts';

export const server = implementModule({
  contract: inspectionModule,
  migrations: new URL('./migrations/', import.meta.url),
  workflows: [hazardServer],
  actions: [doSetRecheckMetres],
  queries: [wordingsQuery, standardsQuery, similarQuery, relativesQuery, listedQuery],
});
