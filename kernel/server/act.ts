import { fault, isFault } from '../fault.ts';
import { hasRole, type Principal, separatedRoles } from '../permission.ts';
import { type AnyWorkflow, actionName, isMove, type MoveName, moves } from '../workflow.ts';
import { applyMove, decideMove, type MoveInput, mayReceive } from '../workflow-moves.ts';
import { type Actor, apply, decide, type Former, type Matter, type Next, type Turn } from '../workflow-step.ts';
import { type Acted, type AnyOutcome, type Call, type Done, store } from './act-store.ts';
import type { Context, Runtime } from './context.ts';
import { kyselyOn, type PipelinedClient, type Tx } from './db/pool.ts';
import { guardOf, inTransaction } from './db/transaction.ts';
import { directory } from './directory.ts';
import type { WorkflowServer } from './implement.ts';
import { fieldsOf, type MatterRow, matterOf } from './matter-row.ts';
import { parseInput, withoutPersonal } from './parse.ts';
import { digestOf, replayed, sendReplayCheck } from './request.ts';

/**
 * The one write path of every matter: lock, replay check, version, state, permission in scope, input, effect, update,
 * ledger row, request: one transaction, three round trips besides what the effect asks.
 */
export async function act(runtime: Runtime, server: WorkflowServer, name: string, who: Principal, call: Call): Promise<Acted> {
  const { workflow } = server;
  const digest = digestOf(call.id, call.input);
  const full = actionName(workflow.kind, name);
  return inTransaction(runtime.db.pool, guardOf(who), { act: call.id }, async (client, opened) => {
    const [row, replay] = await Promise.all([sendLock(client, workflow, call.id), sendReplayCheck(client, call.request), opened]);
    const before = replayed<Acted>(replay, { name: full, person: who.person, digest });
    if (before) return before;
    if (row === undefined) throw fault('record.not_found');
    if (call.version !== undefined && call.version !== row.version)
      throw fault('record.conflict', { version: row.version, state: row.state });
    const now = runtime.clock();
    const done = await carryOut(runtime, server, name, who, call, row, { client, db: kyselyOn(client) }, now);
    return store(client, workflow, name, row, done, { ...call, digest }, now);
  });
}

async function carryOut(
  runtime: Runtime,
  server: WorkflowServer,
  name: string,
  who: Principal,
  call: Call,
  row: MatterRow,
  tx: Tx,
  now: Date,
): Promise<Done> {
  const { workflow } = server;
  const matter = matterOf(row);
  const actor = isMove(name) ? decideMove(workflow, matter, name, who, now) : decide(workflow, matter, name, who);
  if (isFault(actor)) throw actor;
  if (isMove(name)) return move({ runtime, workflow, who, tx, now }, name, call, matter, actor);
  const definition = workflow.actions[name];
  const input = parseInput(definition?.input, call.input, definition?.to);
  const ctx = { ...contextOf(runtime, tx, who, call.request, now), actor, matter: { ...matter, row: fieldsOf(workflow, row) } };
  const effect = server.actions[name] as ((ctx: unknown, input: unknown) => Promise<AnyOutcome>) | undefined;
  const outcome = effect ? await effect(ctx, input) : ({} as AnyOutcome);
  const turn: Turn = { ...pick(outcome), ...(typeof input.step === 'string' ? { step: input.step } : {}) };
  const next = remembering(workflow, row, outcome, apply(workflow, matter, name, actor, turn, now));
  return { next, actor, outcome, data: { ...withoutPersonal(definition?.input, input), ...outcome.data } };
}

/** A step that may be withdrawn remembers what its effect writes over: its withdrawal brings the grade back with the state. */
function remembering(workflow: AnyWorkflow, row: MatterRow, outcome: AnyOutcome, next: Next): Next {
  const { last } = next.course;
  if (!last?.undo) return next;
  const now = fieldsOf(workflow, row);
  const set = Object.fromEntries(Object.keys(outcome.set ?? {}).map((name) => [name, now[name]]));
  const fields: Former = {
    set,
    ...(outcome.title === undefined ? {} : { title: row.title }),
    ...(outcome.level === undefined ? {} : { level: row.level as 1 | 2 | 3 | 4 | null }),
  };
  return { ...next, course: { ...next.course, last: { ...last, undo: { ...last.undo, fields } } } };
}

function pick({ to, owner, due, signers }: AnyOutcome): Turn {
  return {
    ...(to === undefined ? {} : { to }),
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
    ...(signers === undefined ? {} : { signers }),
  };
}

type Mover = { runtime: Runtime; workflow: AnyWorkflow; who: Principal; tx: Tx; now: Date };

async function move(mover: Mover, name: MoveName, call: Call, matter: Matter, actor: Actor): Promise<Done> {
  const { runtime, workflow, who, tx, now } = mover;
  const input = parseInput(moves[name].input, call.input) as MoveInput;
  const people = [...(input.people ?? []), ...(input.person ? [input.person] : []), ...(input.to ? [input.to] : [])];
  const found = await requirePeople(runtime, tx, people, now);
  const to = name === 'transfer' ? found.find((one) => one.person === input.to) : undefined;
  if (to && !mayReceive(matter, who, actor.behalf, to)) throw fault('workflow.out_of_reach', { people: [to.person] });
  const next = applyMove(workflow, matter, name, actor, input, now);
  const former = name === 'withdraw' ? matter.course.last?.undo?.fields : undefined;
  return { next, actor, outcome: { copy: input.people ?? [], ...former } as AnyOutcome, data: input };
}

/**
 * Whoever is to act or to be told must be there: a person who has left would keep the matter for ever. Administrators read no
 * business records (三员分立, GB/T 22239-2019 8.1.5), so nobody names them on one either.
 */
async function requirePeople(runtime: Runtime, tx: Tx, people: readonly string[], now: Date): Promise<Principal[]> {
  const book = runtime.providers.use(directory);
  const found: Principal[] = [];
  for (const person of people) {
    const who = await book.findPrincipal(tx, person, now);
    if (!who || hasRole(who, separatedRoles)) throw fault('person.unknown', { people: [person] });
    found.push(who);
  }
  return found;
}

function sendLock(client: PipelinedClient, workflow: AnyWorkflow, id: string): Promise<MatterRow | undefined> {
  return client.run<MatterRow>(`select * from ${workflow.kind} where id = $1 for update`, [id]).then((result) => result.rows[0]);
}

export function contextOf(runtime: Runtime, tx: Tx, who: Principal, request: string, now: Date): Context {
  return { tx, who, now, log: runtime.log, request, use: (provider) => runtime.providers.use(provider) };
}
