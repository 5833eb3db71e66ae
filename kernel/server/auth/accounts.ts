import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { session } from '../../session-contract.ts';
import type { Context } from '../context.ts';
import { write } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { type Done, handleAction } from '../implement.ts';
import { linkTo, oneTime, otherAccount, refuseOneself, requireNoAdministrator, reset, unlock } from './account-changes.ts';
import { insertAccount } from './account-row.ts';
import { requireGuarded, requireWhole } from './guarded.ts';
import { invalidate } from './session-cache.ts';
import { endSessions } from './session-row.ts';
import { writeRules } from './setting.ts';

const openAccount = handleAction(
  session.accountOpen,
  () => 'anywhere',
  async (ctx, { person, login }) => {
    refuseOneself(ctx, person);
    const known = await ctx.use(directory).personNames(ctx.tx, [person]);
    if (known.length === 0) throw fault('person.unknown', { people: [person] });
    await requireGuarded(ctx, person);
    const { password, hash, until } = await oneTime(ctx);
    await insertAccount(ctx.tx, { person, login, hash, until }, ctx.now);
    return { output: { person, login, password }, subject: person };
  },
);

const resetAccount = handleAction(
  session.accountReset,
  () => 'anywhere',
  async (ctx, { person, totp }) => {
    const account = await otherAccount(ctx, person);
    await requireNoAdministrator(ctx, person);
    return { output: { person, login: account.login, password: await reset(ctx, account, totp) }, subject: person };
  },
);

async function disable(ctx: Context, person: string): Promise<Done<Record<string, never>>> {
  await otherAccount(ctx, person);
  await write(ctx.tx, sql`update kernel.account set disabled = true where person = ${person}`);
  await endSessions(ctx.tx, person, 'disabled', ctx.now);
  invalidate(person);
  return { output: {}, subject: person };
}

async function enable(ctx: Context, person: string): Promise<Done<Record<string, never>>> {
  await otherAccount(ctx, person);
  await write(ctx.tx, sql`update kernel.account set disabled = false where person = ${person}`);
  invalidate(person);
  return { output: {}, subject: person };
}

async function unlockAccount(ctx: Context, person: string): Promise<Done<Record<string, never>>> {
  await unlock(ctx, await otherAccount(ctx, person));
  return { output: {}, subject: person };
}

async function endAll(ctx: Context, person: string): Promise<Done<{ ended: number }>> {
  await otherAccount(ctx, person);
  const ended = await endSessions(ctx.tx, person, 'ended_by_admin', ctx.now);
  invalidate(person);
  return { output: { ended }, subject: person, data: { ended } };
}

async function link(ctx: Context, person: string, subject: string | null): Promise<Done<Record<string, never>>> {
  await otherAccount(ctx, person);
  // Whoever signs in elsewhere as an administrator is that administrator here: as good as a new password.
  if (subject !== null) await requireNoAdministrator(ctx, person);
  await linkTo(ctx, person, subject);
  return { output: {}, subject: person };
}

const changePolicy = handleAction(
  session.policyChange,
  () => 'anywhere',
  async (ctx, { totpAdmins, ...policy }) => {
    await requireWhole(ctx);
    await writeRules(ctx.tx, { policy, totpAdmins }, ctx.who.person, ctx.now);
    invalidate('all');
    return { output: {} };
  },
);

/** What the security administrator does. Each is one ledger row about the person. */
export const accountActions = [
  openAccount,
  resetAccount,
  handleAction(
    session.accountDisable,
    () => 'anywhere',
    (ctx, { person }) => disable(ctx, person),
  ),
  handleAction(
    session.accountEnable,
    () => 'anywhere',
    (ctx, { person }) => enable(ctx, person),
  ),
  handleAction(
    session.accountUnlock,
    () => 'anywhere',
    (ctx, { person }) => unlockAccount(ctx, person),
  ),
  handleAction(
    session.sessionEnd,
    () => 'anywhere',
    (ctx, { person }) => endAll(ctx, person),
  ),
  handleAction(
    session.accountLink,
    () => 'anywhere',
    (ctx, { person, subject }) => link(ctx, person, subject),
  ),
  changePolicy,
];
