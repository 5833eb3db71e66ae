import { sql } from 'kysely';
import { rows } from '#kernel/server/db/pool.ts';
import { implementModule } from '#kernel/server/implement.ts';
import { provide } from '#kernel/server/providers.ts';
import { type Official, responsible } from '#modules/site/server/public.ts';
import { dutyModule } from '../module.ts';
import type { Side } from '../schema.ts';
import { assignDuty, endDuty } from './actions.ts';
import { movedReader } from './moved.ts';
import { orphanJob } from './orphan-job.ts';
import { itemsQuery, orphansQuery, overlapsQuery, registerQuery } from './queries.ts';

export const server = implementModule({
  contract: dutyModule,
  migrations: new URL('./migrations/', import.meta.url),
  actions: [assignDuty, endDuty],
  jobs: [orphanJob],
  readers: [movedReader],
  queries: [registerQuery, orphansQuery, overlapsQuery, itemsQuery],
  provides: [
    provide(responsible, async (tx, site) => {
      const found = await rows(
        tx,
        sql<{ side: Side; unit: number; official: string }>`select side, unit, official from duty.responsible(${site})`,
      );
      const of = (side: Side): Official | null => {
        const row = found.find((one) => one.side === side);
        return row ? { unit: row.unit, person: row.official } : null;
      };
      return { territory: of('territory'), industry: of('industry') };
    }),
  ],
});
