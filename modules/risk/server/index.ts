import { implementModule } from '#kernel/server/implement.ts';
import { mapLayers } from '#kernel/server/map/layers.ts';
import { provide } from '#kernel/server/providers.ts';
import { riskModule } from '../module.ts';
import { doCheck } from './check-action.ts';
import { assessmentServer } from './effects.ts';
import { effectsQuery } from './effects-query.ts';
import { saveInstallation } from './installation-action.ts';
import { installationsQuery, promisesQuery } from './installation-queries.ts';
import { riskLayer } from './layer.ts';
import { movedReader } from './moved.ts';
import { makePromise } from './promise-action.ts';
import { checksQuery, pointQuery, pointsQuery } from './queries.ts';
import { reportedReader } from './reported.ts';
import { roundsChore } from './rounds.ts';

export const server = implementModule({
  contract: riskModule,
  migrations: new URL('./migrations/', import.meta.url),
  workflows: [assessmentServer],
  actions: [doCheck, saveInstallation, makePromise],
  queries: [pointsQuery, pointQuery, checksQuery, effectsQuery, installationsQuery, promisesQuery],
  chores: [roundsChore],
  readers: [movedReader, reportedReader],
  provides: [provide(mapLayers, riskLayer)],
});
