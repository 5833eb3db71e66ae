import { sql } from 'kysely';
import { coveredUntil, deadline } from '../calendar.ts';
import { actionName } from '../workflow.ts';
import { stay } from '../workflow-step.ts';
import type { Runtime } from './context.ts';
import { rows } from './db/pool.ts';
import type { Chore, WorkflowServer } from './implement.ts';
import { sendEvent } from './ledger.ts';
import { type MatterRow, matterOf } from './matter-row.ts';

/**
 * When a holiday notice has become known (`holidays.json`, or a new version), the deadlines that ran into its year are counted once more.
 * Once for each start of a process: what it knows does not change while it runs.
 */
export function settleChore(workflows: () => ReadonlyMap<string, WorkflowServer>): Chore {
  let settled = '';
  return {
    name: 'calendar',
    everySeconds: 60,
    async run(runtime) {
      const until = coveredUntil();
      if (settled === until) return;
      for (const server of workflows().values()) await settleKind(runtime, server);
      settled = until;
    },
  };
}

async function settleKind(runtime: Runtime, server: WorkflowServer): Promise<void> {
  const guard = await runtime.system();
  const { kind } = server.workflow;
  const marked = await runtime.db.read(guard, (tx) =>
    rows(tx, sql<{ id: string }>`select id from ${sql.table(kind)} where closed_at is null and course @> '{"provisional":true}'`),
  );
  for (const { id } of marked) await settle(runtime, server, id);
}

/** One matter in its own transaction. The version stays: nobody's unsent step is made invalid by a day's shift of the clock. */
async function settle(runtime: Runtime, server: WorkflowServer, id: string): Promise<void> {
  const { workflow } = server;
  const { kind } = workflow;
  await runtime.db.write(await runtime.system(), async ({ client }) => {
    await client.run(`select set_config('vigil.act', $1, true)`, [id]);
    const [row] = (await client.run<MatterRow>(`select * from ${kind} where id = $1 and closed_at is null for update`, [id])).rows;
    const rule = row && workflow.states[row.state]?.deadline;
    if (!row || !rule || row.course.provisional !== true) return;
    const { due, covered } = deadline(rule, row.entered_at);
    if (!covered) return;
    const matter = matterOf(row);
    const next = stay(workflow, matter, matter.course, { due });
    await client.run(`update ${kind} set due = $2, next_at = $3, ladder = $4, course = $5 where id = $1`, [
      id,
      next.due,
      next.nextAt,
      next.ladder,
      JSON.stringify(next.course),
    ]);
    await sendEvent(client, {
      name: actionName(kind, 'due_settled'),
      ...{ kind, subject: id, org: row.org, line: row.line, party: row.party },
      from: row.state,
      to: row.state,
      data: { was: row.due?.toISOString() ?? null, due: due.toISOString() },
    });
  });
}
