import { fault } from '../fault.ts';
import { can, hasRole, type Principal } from '../permission.ts';
import { type AnyWorkflow, actionName } from '../workflow.ts';
import { type Actor, emptyCourse, enter, type Next, type Turn } from '../workflow-step.ts';
import { contextOf } from './act.ts';
import { type Acted, attach, type Call } from './act-store.ts';
import type { Context, Runtime } from './context.ts';
import { kyselyOn, type PipelinedClient } from './db/pool.ts';
import { guardOf, inTransaction } from './db/transaction.ts';
import type { Opening, WorkflowServer } from './implement.ts';
import { involve, involveOwner, type Place } from './involvement.ts';
import { sendEvent } from './ledger.ts';
import { columnsOf, ownerColumns } from './matter-row.ts';
import { parseInput, withoutPersonal } from './parse.ts';
import { digestOf, replayed, sendReplayCheck, sendRequest } from './request.ts';

/** Starts a matter. The id is made on the device, so that an offline start can be referred to and sent twice safely. */
export async function begin(runtime: Runtime, server: WorkflowServer, name: string, who: Principal, call: Call): Promise<Acted> {
  const { workflow } = server;
  const start = workflow.starts[name];
  if (!start) throw fault('workflow.not_allowed', { state: '', action: name, kind: workflow.kind });
  const full = actionName(workflow.kind, name);
  // A role that is needed is asked for before anything is looked up: an effect must not tell strangers what exists.
  if (!hasRole(who, start.by)) throw fault('auth.forbidden', { permission: full });
  const digest = digestOf(call.id, call.input);
  return inTransaction(runtime.db.pool, guardOf(who), { act: call.id }, async (client, opened) => {
    const [replay] = await Promise.all([sendReplayCheck(client, call.request), opened]);
    const before = replayed<Acted>(replay, { name: full, person: who.person, digest });
    if (before) return before;
    const now = runtime.clock();
    const tx = { client, db: kyselyOn(client) };
    const input = parseInput(start.input, call.input);
    const effect = server.starts[name] as (ctx: Context & { id: string }, input: unknown) => Promise<Opening<AnyWorkflow>>;
    const opening = await effect({ ...contextOf(runtime, tx, who, call.request, now), id: call.id }, input);
    const grant = can(who, start.by, opening);
    if (!grant) throw fault('auth.forbidden', { permission: full });
    const actor: Actor = { person: who.person, behalf: grant.behalf };
    return open(
      client,
      workflow,
      full,
      { ...call, digest },
      { opening, actor, input: withoutPersonal(start.input, input), to: start.to },
      now,
    );
  });
}

type Started = { opening: Opening<AnyWorkflow>; actor: Actor; input: Record<string, unknown>; to: string };

async function open(
  client: PipelinedClient,
  workflow: AnyWorkflow,
  full: string,
  call: Call & { digest: string },
  started: Started,
  now: Date,
): Promise<Acted> {
  const { opening, actor } = started;
  const blank = {
    id: call.id,
    code: '',
    title: opening.title,
    state: '',
    version: 0,
    owner: null,
    starter: actor.person,
    due: null,
    enteredAt: now,
    ladder: 0,
  };
  const matter = { ...blank, org: opening.org, line: opening.line, party: opening.party, course: emptyCourse() };
  const turn: Turn = {
    ...(opening.due === undefined ? {} : { due: opening.due }),
    ...(opening.signers ? { signers: opening.signers } : {}),
  };
  const next = enter(workflow, matter, started.to, opening.owner, turn, now);
  next.course = {
    ...next.course,
    hands: { [full.slice(full.lastIndexOf('.') + 1)]: actor.behalf === null ? [actor.person] : [actor.person, actor.behalf] },
  };
  const place: Place = { kind: workflow.kind, subject: call.id, org: opening.org, line: opening.line, party: opening.party };
  const tx = { client, db: kyselyOn(client) };
  // An id is given once, over all kinds: a second matter under it would open the first one to whoever starts it.
  await client.run('insert into kernel.matter_id (id, kind) values ($1, $2)', [call.id, workflow.kind]);
  // The row comes first: whoever starts a matter outside their scope must be named on it before they can write it.
  await involve(tx, place, [actor.person], 'starter', false);
  const code = await insertMatter(client, workflow, call.id, opening, next, actor.person, now);
  const acted: Acted = { id: call.id, code, state: next.state, version: 1, due: next.due?.toISOString() ?? null };
  await Promise.all([
    sendEvent(client, {
      name: full,
      ...place,
      actor: actor.person,
      behalf: actor.behalf,
      request: call.request,
      from: null,
      to: next.state,
      data: {
        ...started.input,
        ...opening.data,
        code,
        title: opening.title,
        ...(next.owner ? { owner: next.owner } : {}),
        ...(next.due ? { due: next.due.toISOString() } : {}),
      },
    }),
    sendRequest(client, { id: call.request, person: actor.person, name: full, digest: call.digest, outcome: acted }),
    involveOwner(tx, place, null, next),
    involve(tx, place, opening.copy ?? [], 'copy', false),
    attach(client, place, opening.attach ?? [], actor.person),
  ]);
  return acted;
}

async function insertMatter(
  client: PipelinedClient,
  workflow: AnyWorkflow,
  id: string,
  opening: Opening<AnyWorkflow>,
  next: Next,
  starter: string,
  now: Date,
): Promise<string> {
  const [person, unit, role] = ownerColumns(next.owner);
  const own = columnsOf(workflow, opening.set as Record<string, unknown>);
  const columns = own.map(([column]) => `, ${column}`).join('');
  const places = own.map((_, i) => `, $${i + 20}`).join('');
  const china = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '');
  const result = await client.run<{ code: string }>(
    `insert into ${workflow.kind} (id, code, title, state, level, org, line, party, owner_person, owner_unit, owner_role, due, next_at, point, place, starter,
       opened_at, entered_at, exercise, course${columns})
     values ($1, $2 || lpad((nextval('${workflow.kind}_no') % 1000000)::text, 6, '0'), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19${places})
     returning code`,
    [
      id,
      `${workflow.prefix}${china}`,
      opening.title,
      next.state,
      opening.level ?? null,
      opening.org,
      opening.line,
      opening.party,
      person,
      unit,
      role,
      next.due,
      next.nextAt,
      opening.point ? `(${opening.point.lng},${opening.point.lat})` : null,
      opening.place ?? null,
      starter,
      now,
      opening.exercise ?? false,
      JSON.stringify(next.course),
      ...own.map(([, value]) => value),
    ],
  );
  return result.rows[0]?.code ?? '';
}
