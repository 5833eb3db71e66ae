import type { By } from '../contract.ts';
import { fault } from '../fault.ts';
import { can, hasRole, type Principal } from '../permission.ts';
import type { Context, Runtime, Words } from './context.ts';
import { guardOf, nobody } from './db/transaction.ts';
import type { ModuleServer } from './implement.ts';
import { sendEvent } from './ledger.ts';
import { parseWith, withoutPersonal } from './parse.ts';
import { digestOf, replayed, sendReplayCheck, sendRequest } from './request.ts';

type ActionHandler = NonNullable<ModuleServer['actions']>[number];
type QueryHandler = NonNullable<ModuleServer['queries']>[number];

/** Somebody who has not signed in: no grants, hence no rows. */
const stranger: Principal = { person: '00000000-0000-0000-0000-000000000000', name: '', title: '', grants: [] };

function permit(by: By, who: Principal | undefined, permission: string): void {
  if (by === 'public') return;
  if (!who) throw fault('auth.required');
  if (by !== 'signed-in' && !hasRole(who, by)) throw fault('auth.forbidden', { permission });
}

/** A create or an edit: replay check, permission in scope, handler, ledger row, request; one transaction. */
export async function runAction(
  runtime: Runtime,
  name: string,
  handler: ActionHandler,
  who: Principal | undefined,
  body: { request: string; input?: unknown },
  log: Words,
): Promise<unknown> {
  const { contract } = handler;
  permit(contract.by, who, name);
  const input = parseWith(contract.input, body.input) as never;
  const actor = who ?? stranger;
  const wanted = { name, person: actor.person, digest: digestOf(body.input) };
  return runtime.db.write(who ? guardOf(who) : nobody, async (tx) => {
    const before = replayed<{ output: unknown }>(await sendReplayCheck(tx.client, body.request), wanted);
    if (before) return before.output;
    const ctx: Context = {
      tx,
      who: actor,
      now: runtime.clock(),
      log,
      request: body.request,
      use: (provider) => runtime.providers.use(provider),
    };
    const where = await handler.scope(ctx, input);
    const grant = typeof where === 'object' && Array.isArray(contract.by) ? can(actor, contract.by, where) : undefined;
    if (grant === null) throw fault('auth.forbidden', { permission: name });
    const done = await handler.run(ctx, input);
    const scope = done.scope ?? (typeof where === 'object' ? where : {});
    await Promise.all([
      sendEvent(tx.client, {
        name,
        kind: done.kind ?? null,
        subject: done.subject ?? null,
        ...scope,
        actor: who?.person ?? null,
        behalf: grant?.behalf ?? null,
        request: body.request,
        data: { ...ledgerInput(contract, input), ...done.data },
      }),
      sendRequest(tx.client, { id: body.request, ...wanted, outcome: { output: done.output } }),
    ]);
    return done.output;
  });
}

function ledgerInput(contract: ActionHandler['contract'], input: unknown): Record<string, unknown> {
  const shaped = 'shape' in contract.input ? (contract.input as never) : undefined;
  return typeof input === 'object' && input !== null ? withoutPersonal(shaped, input as Record<string, unknown>) : {};
}

/** A read on one snapshot, under the row-level security of who asks. Reading personal data writes a ledger row first. */
export async function runQuery(
  runtime: Runtime,
  name: string,
  handler: QueryHandler,
  who: Principal | undefined,
  raw: unknown,
  request: string,
  log: Words,
): Promise<unknown> {
  const { contract } = handler;
  permit(contract.by, who, name);
  const input = parseWith(contract.input, raw) as never;
  const guard = who ? guardOf(who) : nobody;
  const actor = who ?? stranger;
  const context = (tx: Context['tx']): Context => ({
    tx,
    who: actor,
    now: runtime.clock(),
    log,
    request,
    use: (provider) => runtime.providers.use(provider),
  });
  if (!contract.personal) return runtime.db.read(guard, (tx) => handler.run(context(tx), input));
  return runtime.db.write(guard, async (tx) => {
    const output = await handler.run(context(tx), input);
    await sendEvent(tx.client, { name, subject: handler.subject?.(input) ?? null, actor: actor.person, data: ledgerQuery(input) });
    return output;
  });
}

const ledgerQuery = (input: unknown): Record<string, unknown> => ({ ...(input as Record<string, unknown>) });
