import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { session } from '../../session-contract.ts';
import type { Context } from '../context.ts';
import { findRow, type Tx, write } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { type Done, handleAction } from '../implement.ts';
import { type Account, getAccount, insertAccount, setPassword } from './account-row.ts';
import { requireGuarded, requireWhole } from './guarded.ts';
import { hashPassword, oneTimePassword } from './password.ts';
import { runtimeOf } from './running.ts';
import { invalidate } from './session-cache.ts';
import { endSessions } from './session-row.ts';
import { readRules, writeRules } from './setting.ts';
import { forgetSource } from './source.ts';

/** Whoever guards the accounts does not guard the own one: another security administrator must (三员分立). */
function refuseOneself(ctx: Context, person: string): void {
  if (ctx.who.person === person) throw fault('session.not_oneself');
}

async function otherAccount(ctx: Context, person: string): Promise<Account> {
  refuseOneself(ctx, person);
  await requireGuarded(ctx, person);
  return getAccount(ctx.tx, person);
}

async function oneTime(ctx: Context): Promise<{ password: string; hash: string; until: Date; history: number }> {
  const { policy } = await readRules(ctx.tx, runtimeOf(ctx.who).config.demo);
  const password = oneTimePassword();
  const until = new Date(ctx.now.getTime() + policy.oneTimeHours * 3_600_000);
  return { password, hash: await hashPassword(password), until, history: policy.history };
}

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
    const { password, hash, until, history } = await oneTime(ctx);
    if (!(await setPassword(ctx.tx, account, { hash, mustChange: true, until, history }, ctx.now))) throw fault('record.conflict');
    await unlocked(ctx, account);
    if (totp) await write(ctx.tx, sql`update kernel.account set totp = null, totp_on = false, totp_used = 0 where person = ${person}`);
    await endSessions(ctx.tx, person, 'ended_by_admin', ctx.now);
    invalidate(person);
    return { output: { person, login: account.login, password }, subject: person };
  },
);

async function unlocked(ctx: Context, { person, login }: Account): Promise<void> {
  await write(ctx.tx, sql`update kernel.account set failed = 0, locked_until = null where person = ${person}`);
  await forgetSource(ctx.tx, login);
}

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

async function unlock(ctx: Context, person: string): Promise<Done<Record<string, never>>> {
  await unlocked(ctx, await otherAccount(ctx, person));
  return { output: {}, subject: person };
}

async function endAll(ctx: Context, person: string): Promise<Done<{ ended: number }>> {
  await otherAccount(ctx, person);
  const ended = await endSessions(ctx.tx, person, 'ended_by_admin', ctx.now);
  invalidate(person);
  return { output: { ended }, subject: person, data: { ended } };
}

const holderOf = (tx: Tx, subject: string) =>
  findRow(tx, sql<{ person: string }>`select person from kernel.account where subject = ${subject}`);

async function link(ctx: Context, person: string, subject: string | null): Promise<Done<Record<string, never>>> {
  await otherAccount(ctx, person);
  const holder = subject === null ? undefined : await holderOf(ctx.tx, subject);
  if (holder && holder.person !== person) throw fault('session.subject_taken');
  await write(ctx.tx, sql`update kernel.account set subject = ${subject} where person = ${person}`);
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
    (ctx, { person }) => unlock(ctx, person),
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
