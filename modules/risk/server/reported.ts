import { sql } from 'kysely';
import { write } from '#kernel/server/db/pool.ts';
import type { Reader } from '#kernel/server/implement.ts';

/** Starts of the hidden dangers' workflow, known by name alone: neither module imports the other. */
const starts: readonly string[] = ['inspection.hazard.report', 'inspection.hazard.fixOnSpot'];

/** A check that found a hidden danger knows which one was reported from it; the first report counts, and only of the same object. */
export const reportedReader: Reader = {
  name: 'risk.reported',
  wants: (event) => starts.includes(event.name) && event.subject !== null && typeof event.data.check === 'string',
  async handle(ctx, events) {
    for (const { subject, party, data } of events)
      await write(
        ctx.tx,
        sql`update risk.round set hazard = ${subject} where id = ${data.check} and party = ${party} and result = 'hazard' and hazard is null`,
      );
  },
};
