import { sql } from 'kysely';
import { addDays, chinaDate, startOfDay } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { rows, type Tx, write } from '#kernel/server/db/pool.ts';
import type { Chore } from '#kernel/server/implement.ts';
import { rounds } from '../cycle.ts';
import type { CheckCycle } from '../schema.ts';

export type PlanRow = { id: string; point: string; org: number; line: string; party: string; cycle: CheckCycle; until: Date };

/** Rounds stand in the lists until the end of tomorrow, so that a phone without a line has them over night. */
const horizon = (now: Date) => startOfDay(addDays(chinaDate(now), 2));

/** Writes the rounds of these plans up to the horizon, each once however often it is asked. */
export async function makeRounds(tx: Tx, plans: readonly PlanRow[], now: Date): Promise<number> {
  if (plans.length === 0) return 0;
  const until = horizon(now);
  const made = plans.flatMap((plan) =>
    rounds(plan.cycle, plan.until, until)
      .filter((round) => round.closes > now)
      .map((round) => ({ id: newId(), plan: plan.id, point: plan.point, org: plan.org, line: plan.line, party: plan.party, ...round })),
  );
  const column = <K extends keyof (typeof made)[number]>(key: K) => made.map((one) => one[key]);
  const written = await write(
    tx,
    sql`insert into risk.round (id, plan, point, org, line, party, opens, closes)
      select * from unnest(${column('id')}::uuid[], ${column('plan')}::uuid[], ${column('point')}::uuid[], ${column('org')}::int[], ${column('line')}::text[],
        ${column('party')}::uuid[], ${column('opens')}::timestamptz[], ${column('closes')}::timestamptz[])
      on conflict (plan, opens) do nothing`,
  );
  await write(tx, sql`update risk.plan set until = ${until} where id = any(${plans.map((plan) => plan.id)}::uuid[]) and until < ${until}`);
  return written;
}

const batch = 1000;

/** Tasks of checking come from the plans by themselves, some each time; several processes share the work. */
export const roundsChore: Chore = {
  name: 'risk.rounds',
  everySeconds: 300,
  async run(runtime) {
    const guard = await runtime.system();
    for (let left = true; left; ) {
      left = await runtime.db.write(guard, async (tx) => {
        const now = runtime.clock();
        const plans = await rows(
          tx,
          sql<PlanRow>`select id, point, org, line, party, cycle, until from risk.plan where ended_at is null and until < ${horizon(now)}
            order by until limit ${batch} for update skip locked`,
        );
        await makeRounds(tx, plans, now);
        return plans.length === batch;
      });
    }
  },
};
