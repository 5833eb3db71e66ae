import { sql } from 'kysely';
import { type Principal, roleNames } from '../permission.ts';
import { actionName } from '../workflow.ts';
import { asked } from '../workflow-moves.ts';
import { apply, type Matter, nextTimer, type Rung, rungs } from '../workflow-step.ts';
import { storeSystemStep } from './act-store.ts';
import type { Context, Runtime } from './context.ts';
import { rows, type Tx } from './db/pool.ts';
import { directory } from './directory.ts';
import type { Chore, WorkflowServer } from './implement.ts';
import { involve, type Place } from './involvement.ts';
import { sendEvent } from './ledger.ts';
import { fieldsOf, type MatterRow, matterOf } from './matter-row.ts';
import { timersFired } from './metrics.ts';

/** Who acts when a deadline acts by itself: nobody's name stands in the ledger's actor column. */
export const systemPerson = '00000000-0000-7000-8000-000000000001';

const systemPrincipal = (orgs: readonly number[]): Principal => ({
  person: systemPerson,
  name: '系统',
  title: '',
  grants: roleNames.map((role) => ({ post: 'system', role, unit: null, orgs, lines: null, party: null, behalf: null })),
});

/** Looks at every clock that has run out: time-outs act, all others climb the ladder. Each step is a ledger row. */
export function timerChore(workflows: () => ReadonlyMap<string, WorkflowServer>): Chore {
  return {
    name: 'timers',
    everySeconds: 5,
    async run(runtime) {
      const guard = await runtime.system();
      const now = runtime.clock();
      const ripe = await runtime.db.read(guard, (tx) =>
        rows(tx, sql<{ kind: string; id: string }>`select kind, id from kernel.matter where next_at <= ${now} order by next_at limit 500`),
      );
      for (const { kind, id } of ripe) {
        const server = workflows().get(kind);
        if (server) await ringSafely(runtime, server, id);
      }
    },
  };
}

/** One matter whose step fails must not stop the clocks of all others: it is logged and looked at again in five minutes. */
async function ringSafely(runtime: Runtime, server: WorkflowServer, id: string): Promise<void> {
  try {
    await ring(runtime, server, id);
  } catch (error) {
    runtime.log.error({ err: error, kind: server.workflow.kind, subject: id }, 'a deadline could not be handled');
    const later = new Date(runtime.clock().getTime() + 300_000);
    await runtime.db.write(await runtime.system(), (tx) =>
      tx.client.run(`update ${server.workflow.kind} set next_at = $2 where id = $1 and next_at is not null`, [id, later]),
    );
  }
}

/** One clock, in its own transaction: another process or a person may have been faster, then nothing happens. */
export async function ring(runtime: Runtime, server: WorkflowServer, id: string): Promise<void> {
  const guard = await runtime.system();
  const now = runtime.clock();
  await runtime.db.write(guard, async (tx) => {
    await tx.client.run(`select set_config('vigil.act', $1, true)`, [id]);
    const locked = await tx.client.run<MatterRow & { next_at: Date | null }>(
      `select * from ${server.workflow.kind} where id = $1 for update skip locked`,
      [id],
    );
    const row = locked.rows[0];
    if (!row || row.next_at === null || row.next_at > now) return;
    const timeout = server.workflow.states[row.state]?.timeout;
    if (timeout !== undefined) await timeOut(runtime, server, timeout, row, tx, systemPrincipal(guard.orgs), now);
    else await climb(runtime, server, row, tx, now);
  });
}

async function timeOut(
  runtime: Runtime,
  server: WorkflowServer,
  action: string,
  row: MatterRow,
  tx: Tx,
  who: Principal,
  now: Date,
): Promise<void> {
  const matter = matterOf(row);
  const actor = { person: systemPerson, behalf: null };
  const ctx: Context & Record<string, unknown> = {
    ...{
      tx,
      who,
      now,
      log: runtime.log,
      request: 'timer',
      use: <T>(provider: { slot: string; type?: T }) => runtime.providers.use<T>(provider),
    },
    actor,
    matter: { ...matter, row: fieldsOf(server.workflow, row) },
  };
  const effect = server.actions[action] as ((ctx: unknown, input: unknown) => Promise<Record<string, unknown>>) | undefined;
  const defaults = server.workflow.actions[action]?.input?.safeParse({});
  const outcome = effect ? await effect(ctx, defaults?.success ? defaults.data : {}) : {};
  const next = apply(server.workflow, matter, action, actor, outcome, now);
  await storeSystemStep(tx, server.workflow, action, row, { next, outcome }, now);
  timersFired.inc({ step: 'timeout' });
}

async function climb(runtime: Runtime, server: WorkflowServer, row: MatterRow, tx: Tx, now: Date): Promise<void> {
  const matter = matterOf(row);
  const rung = rungs[row.ladder];
  const { kind } = server.workflow;
  const nextAt = nextTimer(row.entered_at, row.due, row.ladder + 1);
  await tx.client.run(`update ${kind} set ladder = ladder + 1, next_at = $2 where id = $1`, [row.id, nextAt]);
  if (rung === undefined) return;
  const people = await whom(runtime, tx, matter, rung, now);
  const place: Place = { kind, subject: row.id, org: row.org, line: row.line, party: row.party };
  await Promise.all([
    sendEvent(tx.client, {
      name: actionName(kind, rung),
      ...place,
      data: { people, due: row.due?.toISOString() ?? null, state: row.state },
    }),
    rung === 'remind' ? undefined : involve(tx, place, people, 'superior', false),
  ]);
  timersFired.inc({ step: rung });
}

async function whom(runtime: Runtime, tx: Tx, matter: Matter, rung: Rung, now: Date): Promise<string[]> {
  const book = runtime.providers.use(directory);
  if (rung !== 'remind') return (await book.superiors(tx, matter.owner, matter.org, rung === 'superior' ? 1 : 2, now)).map((one) => one.id);
  const held = matter.owner ? await book.holders(tx, matter.owner, matter.party, now) : [];
  return [...new Set([...held.map((one) => one.id), ...asked(matter)])];
}

/** How long a request may come again and still be answered as the first time: longer than any device stays unplugged. */
const requestDays = 90;

export const requestChore: Chore = {
  name: 'requests',
  everySeconds: 3600,
  async run(runtime) {
    const before = new Date(runtime.clock().getTime() - requestDays * 86_400_000);
    await runtime.db.write(await runtime.system(), (tx) => tx.client.run('delete from kernel.request where at < $1', [before]));
  },
};
