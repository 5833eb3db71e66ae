import { fault, isFault } from '../fault.ts';
import { can, type Principal } from '../permission.ts';
import { type AnyWorkflow, actionName, isMove, type MoveName, moves } from '../workflow.ts';
import { applyMove, decideMove, type MoveInput } from '../workflow-moves.ts';
import { type Actor, apply, decide, emptyCourse, enter, type Next, type Turn } from '../workflow-step.ts';
import type { Context, Runtime } from './context.ts';
import { kyselyOn, type PipelinedClient, type Tx } from './db/pool.ts';
import { type Guard, guardOf, sendGuard } from './db/transaction.ts';
import { directory } from './directory.ts';
import type { Opening, Outcome, WorkflowServer } from './implement.ts';
import { involve, involveOwner, type Place } from './involvement.ts';
import { sendEvent } from './ledger.ts';
import { columnsOf, fieldsOf, type MatterRow, matterOf, ownerColumns } from './matter-row.ts';
import { parseInput, withoutPersonal } from './parse.ts';
import { replayed, sendReplayCheck, sendRequest } from './request.ts';

/** What came in: which matter, which action, once. `version` is what the person was looking at (optional). */
export type Call = { request: string; id: string; version?: number | undefined; input: unknown };
export type Acted = { id: string; code: string; state: string; version: number; due: string | null };

type AnyOutcome = Outcome<{ actions: Record<string, { to: readonly string[] }>; row: never }, never> & {
  to?: string;
  set?: Record<string, unknown>;
};

/**
 * The one write path of every matter: lock, replay check, version, state, permission in scope, input, effect, update,
 * ledger row, request: one transaction, three round trips besides what the effect asks.
 */
export async function act(runtime: Runtime, server: WorkflowServer, name: string, who: Principal, call: Call): Promise<Acted> {
  const { workflow } = server;
  return withClient(runtime, guardOf(who), call.id, async (client, opened) => {
    const [row] = await Promise.all([sendLock(client, workflow, call.id), sendReplayCheck(client, call.request), opened]).then(
      ([locked, replay]) => {
        const before = replayed<Acted>(replay, actionName(workflow.kind, name), who.person);
        return before ? [before] : [locked];
      },
    );
    if (row !== undefined && !('course' in row)) return row;
    if (row === undefined) throw fault('record.not_found');
    if (call.version !== undefined && call.version !== row.version)
      throw fault('record.conflict', { version: row.version, state: row.state });
    const now = runtime.clock();
    const done = await carryOut(runtime, server, name, who, call, row, { client, db: kyselyOn(client) }, now);
    await store(client, workflow, name, row, done, call, now);
    return { id: row.id, code: row.code, state: done.next.state, version: row.version + 1, due: done.next.due?.toISOString() ?? null };
  });
}

type Done = { next: Next; actor: Actor; outcome: AnyOutcome; data: Record<string, unknown> };

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
  if (isMove(name)) return move(runtime, workflow, name, call, matter, actor, tx, now);
  const definition = workflow.actions[name];
  const input = parseInput(definition?.input, call.input, definition?.to);
  const ctx = { ...contextOf(runtime, tx, who, call.request, now), actor, matter: { ...matter, row: fieldsOf(workflow, row) } };
  const effect = server.actions[name] as ((ctx: unknown, input: unknown) => Promise<AnyOutcome>) | undefined;
  const outcome = effect ? await effect(ctx, input) : ({} as AnyOutcome);
  const turn: Turn = { ...pick(outcome), ...(typeof input.step === 'string' ? { step: input.step } : {}) };
  const next = apply(workflow, matter, name, actor, turn, now);
  return { next, actor, outcome, data: { ...withoutPersonal(definition?.input, input), ...outcome.data } };
}

function pick({ to, owner, due, signers }: AnyOutcome): Turn {
  return {
    ...(to === undefined ? {} : { to }),
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
    ...(signers === undefined ? {} : { signers }),
  };
}

async function move(
  runtime: Runtime,
  workflow: AnyWorkflow,
  name: MoveName,
  call: Call,
  matter: ReturnType<typeof matterOf>,
  actor: Actor,
  tx: Tx,
  now: Date,
): Promise<Done> {
  const input = parseInput(moves[name].input, call.input) as MoveInput;
  const people = [...(input.people ?? []), ...(input.person ? [input.person] : []), ...(input.to ? [input.to] : [])];
  await requirePeople(runtime, tx, people);
  const next = applyMove(workflow, matter, name, actor, input, now);
  return { next, actor, outcome: { copy: input.people ?? [] } as AnyOutcome, data: input };
}

async function requirePeople(runtime: Runtime, tx: Tx, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  const known = await runtime.providers.use(directory).personNames(tx, people);
  const unknown = people.filter((person) => !known.some((one) => one.id === person));
  if (unknown.length > 0) throw fault('person.unknown', { people: unknown });
}

function sendLock(client: PipelinedClient, workflow: AnyWorkflow, id: string): Promise<MatterRow | undefined> {
  return client.run<MatterRow>(`select * from ${workflow.kind} where id = $1 for update`, [id]).then((result) => result.rows[0]);
}

/** The last round trip before the commit: everything that was decided, sent at once. */
async function store(
  client: PipelinedClient,
  workflow: AnyWorkflow,
  name: string,
  row: MatterRow,
  done: Done,
  call: Call,
  now: Date,
): Promise<void> {
  const { next, actor, outcome } = done;
  const place: Place = { kind: workflow.kind, subject: row.id, org: row.org, line: row.line, party: row.party };
  const outcomeOfCall: Acted = {
    id: row.id,
    code: row.code,
    state: next.state,
    version: row.version + 1,
    due: next.due?.toISOString() ?? null,
  };
  const full = actionName(workflow.kind, name);
  const tx = { client, db: kyselyOn(client) };
  const [updated] = await Promise.all([
    sendUpdate(client, workflow, row, next, outcome, now),
    sendEvent(client, {
      name: full,
      ...place,
      actor: actor.person,
      behalf: actor.behalf,
      request: call.request,
      from: row.state,
      to: next.state,
      data: ledgerData(done, row),
    }),
    sendRequest(client, call.request, actor.person, full, outcomeOfCall),
    involveOwner(tx, place, row, next),
    involve(tx, place, outcome.copy ?? [], 'copy', false),
    attach(client, place, outcome.attach ?? [], actor.person),
  ]);
  if (updated !== 1) throw fault('record.not_found');
}

/** What the readers of the ledger need to know: the input, and who has it now if that changed. */
function ledgerData(done: Done, row: MatterRow): Record<string, unknown> {
  const { next, outcome, data } = done;
  const changed =
    next.entered || JSON.stringify(ownerColumns(next.owner)) !== JSON.stringify([row.owner_person, row.owner_unit, row.owner_role]);
  return {
    ...data,
    ...(changed && next.owner ? { owner: next.owner } : {}),
    ...(next.due && next.due.getTime() !== row.due?.getTime() ? { due: next.due.toISOString() } : {}),
    ...(next.entered && next.course.sign ? { signers: next.course.sign.signers } : {}),
    ...(outcome.copy && outcome.copy.length > 0 ? { copy: outcome.copy } : {}),
  };
}

/** A step the system takes by itself (a time-out): the same writes, no person, no request. */
export async function storeSystemStep(
  tx: Tx,
  workflow: AnyWorkflow,
  name: string,
  row: MatterRow,
  done: { next: Next; outcome: Change },
  now: Date,
): Promise<void> {
  const place: Place = { kind: workflow.kind, subject: row.id, org: row.org, line: row.line, party: row.party };
  const full = {
    next: done.next,
    outcome: done.outcome as AnyOutcome,
    actor: { person: '', behalf: null },
    data: { timeout: true, ...done.outcome.data },
  };
  await Promise.all([
    sendUpdate(tx.client, workflow, row, done.next, full.outcome, now),
    sendEvent(tx.client, {
      name: actionName(workflow.kind, name),
      ...place,
      from: row.state,
      to: done.next.state,
      data: ledgerData(full, row),
    }),
    involveOwner(tx, place, row, done.next),
  ]);
}

type Change = { set?: Record<string, unknown>; data?: Record<string, unknown> };

function sendUpdate(
  client: PipelinedClient,
  workflow: AnyWorkflow,
  row: MatterRow,
  next: Next,
  outcome: AnyOutcome,
  now: Date,
): Promise<number> {
  const [person, unit, role] = ownerColumns(next.owner);
  const own = columnsOf(workflow, outcome.set ?? {});
  if (outcome.title !== undefined) own.push(['title', outcome.title]);
  if (outcome.level !== undefined) own.push(['level', outcome.level]);
  const more = own.map(([column], i) => `, ${column} = $${i + 12}`).join('');
  return client
    .run(
      `update ${workflow.kind} set version = version + 1, state = $2, owner_person = $3, owner_unit = $4, owner_role = $5, due = $6, next_at = $7,
       ladder = $8, entered_at = $9, closed_at = $10, course = $11${more} where id = $1`,
      [
        row.id,
        next.state,
        person,
        unit,
        role,
        next.due,
        next.nextAt,
        next.ladder,
        next.entered ? now : row.entered_at,
        next.final ? now : row.closed_at,
        JSON.stringify(next.course),
        ...own.map(([, value]) => value),
      ],
    )
    .then((result) => result.rowCount ?? 0);
}

async function attach(
  client: PipelinedClient,
  place: Place,
  files: readonly { file: string; purpose: string }[],
  by: string,
): Promise<void> {
  if (files.length === 0) return;
  const result = await client.run(
    `insert into kernel.attachment (file, subject, kind, purpose, org, line, party, by)
     select f.id, $2, $3, x.purpose, $4, $5, $6, $7 from unnest($1::uuid[], $8::text[]) x(file, purpose) join kernel.file f on f.id = x.file
     on conflict do nothing`,
    [files.map((one) => one.file), place.subject, place.kind, place.org, place.line, place.party, by, files.map((one) => one.purpose)],
  );
  if ((result.rowCount ?? 0) < new Set(files.map((one) => `${one.file} ${one.purpose}`)).size) {
    const known = await client.run<{ file: string }>('select file from kernel.attachment where subject = $1', [place.subject]);
    const missing = files.find((one) => !known.rows.some((row) => row.file === one.file));
    if (missing) throw fault('file.missing', { file: missing.file });
  }
}

/** Starts a matter. The id is made on the device, so that an offline start can be referred to and sent twice safely. */
export async function begin(runtime: Runtime, server: WorkflowServer, name: string, who: Principal, call: Call): Promise<Acted> {
  const { workflow } = server;
  const start = workflow.starts[name];
  if (!start) throw fault('workflow.not_allowed', { state: '', action: name, kind: workflow.kind });
  const full = actionName(workflow.kind, name);
  return withClient(runtime, guardOf(who), call.id, async (client, opened) => {
    const [replay] = await Promise.all([sendReplayCheck(client, call.request), opened]);
    const before = replayed<Acted>(replay, full, who.person);
    if (before) return before;
    const now = runtime.clock();
    const tx = { client, db: kyselyOn(client) };
    const input = parseInput(start.input, call.input);
    const effect = server.starts[name] as (ctx: Context & { id: string }, input: unknown) => Promise<Opening<AnyWorkflow>>;
    const opening = await effect({ ...contextOf(runtime, tx, who, call.request, now), id: call.id }, input);
    const grant = can(who, start.by, opening);
    if (!grant) throw fault('auth.forbidden', { permission: full });
    const actor: Actor = { person: who.person, behalf: grant.behalf };
    return open(client, workflow, full, call, { opening, actor, input: withoutPersonal(start.input, input), to: start.to }, now);
  });
}

type Started = { opening: Opening<AnyWorkflow>; actor: Actor; input: Record<string, unknown>; to: string };

async function open(client: PipelinedClient, workflow: AnyWorkflow, full: string, call: Call, started: Started, now: Date): Promise<Acted> {
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
  next.course = { ...next.course, hands: { [full.slice(full.lastIndexOf('.') + 1)]: [actor.person] } };
  const place: Place = { kind: workflow.kind, subject: call.id, org: opening.org, line: opening.line, party: opening.party };
  const tx = { client, db: kyselyOn(client) };
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
    sendRequest(client, call.request, actor.person, full, acted),
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

function contextOf(runtime: Runtime, tx: Tx, who: Principal, request: string, now: Date): Context {
  return { tx, who, now, log: runtime.log, request, use: (provider) => runtime.providers.use(provider) };
}

/** One pinned connection for one action; `opened` resolves when the transaction and its guard stand. */
async function withClient<T>(
  runtime: Runtime,
  guard: Guard,
  id: string,
  fn: (client: PipelinedClient, opened: Promise<unknown>) => Promise<T>,
): Promise<T> {
  const client = (await runtime.db.pool.connect()) as unknown as PipelinedClient & { release: (destroy?: boolean) => void };
  let broken = false;
  try {
    const opened = Promise.all([client.query('begin'), sendGuard(client, guard, id)]);
    const result = await fn(client, opened);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
