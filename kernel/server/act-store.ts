import { fault } from '../fault.ts';
import { type AnyWorkflow, actionName } from '../workflow.ts';
import type { Actor, Next } from '../workflow-step.ts';
import { kyselyOn, type PipelinedClient, type Tx } from './db/pool.ts';
import type { Attach, Outcome } from './implement.ts';
import { involve, involveOwner, type Place } from './involvement.ts';
import { sendEvent } from './ledger.ts';
import { columnsOf, type MatterRow, ownerColumns } from './matter-row.ts';
import { sendRequest } from './request.ts';

/** What came in: which matter, which action, once. `version` is what the person was looking at (optional). */
export type Call = { request: string; id: string; version?: number | undefined; input: unknown };
export type Acted = { id: string; code: string; state: string; version: number; due: string | null };

export type AnyOutcome = Outcome<{ actions: Record<string, { to: readonly string[] }>; row: never }, never> & {
  to?: string;
  set?: Record<string, unknown>;
};

export type Done = { next: Next; actor: Actor; outcome: AnyOutcome; data: Record<string, unknown> };

/** The last round trip before the commit: everything that was decided, sent at once. */
export async function store(
  client: PipelinedClient,
  workflow: AnyWorkflow,
  name: string,
  row: MatterRow,
  done: Done,
  call: Pick<Call, 'request'> & { digest: string },
  now: Date,
): Promise<Acted> {
  const { next, actor, outcome } = done;
  const acted: Acted = { id: row.id, code: row.code, state: next.state, version: row.version + 1, due: next.due?.toISOString() ?? null };
  const place: Place = { kind: workflow.kind, subject: row.id, org: row.org, line: row.line, party: row.party };
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
    sendRequest(client, { id: call.request, person: actor.person, name: full, digest: call.digest, outcome: acted }),
    involveOwner(tx, place, row, next),
    involve(tx, place, outcome.copy ?? [], 'copy', false),
    attach(client, place, outcome.attach ?? [], actor.person),
  ]);
  if (updated !== 1) throw fault('record.not_found');
  return acted;
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
    involve(tx, place, full.outcome.copy ?? [], 'copy', false),
    attach(tx.client, place, full.outcome.attach ?? [], row.starter),
  ]);
}

type Change = { set?: Record<string, unknown>; data?: Record<string, unknown>; copy?: string[]; attach?: Attach[] };

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

/** Evidence is one's own: a file somebody else brought counts only where it already belongs to this very matter. */
export async function attach(client: PipelinedClient, place: Place, files: readonly Attach[], by: string): Promise<void> {
  if (files.length === 0) return;
  const result = await client.run(
    `insert into kernel.attachment (file, subject, kind, purpose, org, line, party, by)
     select f.id, $2, $3, x.purpose, $4, $5, $6, $7 from unnest($1::uuid[], $8::text[]) x(file, purpose) join kernel.file f on f.id = x.file
       and (f.by = $7 or exists (select 1 from kernel.attachment a where a.file = f.id and a.subject = $2))
     on conflict do nothing`,
    [files.map((one) => one.file), place.subject, place.kind, place.org, place.line, place.party, by, files.map((one) => one.purpose)],
  );
  if ((result.rowCount ?? 0) < new Set(files.map((one) => `${one.file} ${one.purpose}`)).size) {
    const known = await client.run<{ file: string }>('select file from kernel.attachment where subject = $1', [place.subject]);
    const missing = files.find((one) => !known.rows.some((row) => row.file === one.file));
    if (missing) throw fault('file.missing', { file: missing.file });
  }
}
