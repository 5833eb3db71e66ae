import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import type { Context } from '../context.ts';
import { findRow, type Tx, write } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { type Account, getAccount, setPassword } from './account-row.ts';
import { requireGuarded } from './guarded.ts';
import { hashPassword, oneTimePassword } from './password.ts';
import { runtimeOf } from './running.ts';
import { invalidate } from './session-cache.ts';
import { endSessions } from './session-row.ts';
import { readRules } from './setting.ts';
import { forgetSource } from './source.ts';

/** Whoever guards the accounts does not guard the own one: another security administrator must (三员分立). */
export function refuseOneself(ctx: Context, person: string): void {
  if (ctx.who.person === person) throw fault('session.not_oneself');
}

export async function otherAccount(ctx: Context, person: string): Promise<Account> {
  refuseOneself(ctx, person);
  await requireGuarded(ctx, person);
  return getAccount(ctx.tx, person);
}

/** @throws fault session.two_needed when the person is, was or will be an administrator */
export async function requireNoAdministrator(ctx: Context, person: string): Promise<void> {
  if ((await ctx.use(directory).administrators(ctx.tx, [person])).length > 0) throw fault('session.two_needed');
}

export async function oneTime(ctx: Context): Promise<{ password: string; hash: string; until: Date; history: number }> {
  const { policy } = await readRules(ctx.tx, runtimeOf(ctx.who).config.demo);
  const password = oneTimePassword();
  const until = new Date(ctx.now.getTime() + policy.oneTimeHours * 3_600_000);
  return { password, hash: await hashPassword(password), until, history: policy.history };
}

export async function unlock(ctx: Context, { person, login }: Account): Promise<void> {
  await write(ctx.tx, sql`update kernel.account set failed = 0, locked_until = null where person = ${person}`);
  await forgetSource(ctx.tx, login);
}

/** A new one-time password; with `totp` the authenticator goes too. All sign-ins end. */
export async function reset(ctx: Context, account: Account, totp: boolean): Promise<string> {
  const { person } = account;
  const { password, hash, until, history } = await oneTime(ctx);
  if (!(await setPassword(ctx.tx, account, { hash, mustChange: true, until, history }, ctx.now))) throw fault('record.conflict');
  await unlock(ctx, account);
  if (totp) await write(ctx.tx, sql`update kernel.account set totp = null, totp_on = false, totp_used = 0 where person = ${person}`);
  await endSessions(ctx.tx, person, 'ended_by_admin', ctx.now);
  invalidate(person);
  return password;
}

const holderOf = (tx: Tx, subject: string) =>
  findRow(tx, sql<{ person: string }>`select person from kernel.account where subject = ${subject}`);

/** @throws fault session.subject_taken */
export async function linkTo(ctx: Context, person: string, subject: string | null): Promise<void> {
  const holder = subject === null ? undefined : await holderOf(ctx.tx, subject);
  if (holder && holder.person !== person) throw fault('session.subject_taken');
  await write(ctx.tx, sql`update kernel.account set subject = ${subject} where person = ${person}`);
}
