import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { session } from '../../session-contract.ts';
import type { PasswordPolicy } from '../../session-schema.ts';
import type { Context } from '../context.ts';
import { write } from '../db/pool.ts';
import { sendGuard, signingIn } from '../db/transaction.ts';
import { handleAction } from '../implement.ts';
import { type Account, findAccount, lockAccount, setPassword } from './account-row.ts';
import { countFailure, lockedFault } from './failure.ts';
import { hashPassword, isPassword } from './password.ts';
import { brokenRules, ruleText } from './policy.ts';
import { findRunning, runtimeOf } from './running.ts';
import { vaultOf } from './secret.ts';
import { invalidate } from './session-cache.ts';
import { endSession, endSessions } from './session-row.ts';
import { readRules } from './setting.ts';
import { openTotp } from './sign-in.ts';
import { findSource } from './source.ts';
import { findTotpStep, newTotpSecret, totpUrl } from './totp.ts';

/** Failures of somebody who is signed in are counted apart: a stolen session does not lock its owner out. */
const inside = '';

async function ownAccount(ctx: Context): Promise<{ account: Account; policy: PasswordPolicy }> {
  const account = await findAccount(ctx.tx, ctx.who.person);
  if (!account) throw fault('session.account_unknown', { person: ctx.who.person });
  const locked = lockedFault((await findSource(ctx.tx, account.login, inside))?.locked_until ?? null, ctx.now);
  if (locked) throw locked;
  const { policy } = await readRules(ctx.tx, runtimeOf(ctx.who).config.demo);
  return { account, policy };
}

/**
 * A wrong password or code given by somebody who is signed in: a stolen session must not be used to guess. The action is
 * undone, but its failure has to stay: it is committed by itself on this connection before the fault ends the action. One too
 * many also ends the session it came from.
 */
async function refuse(ctx: Context, code: string, policy: PasswordPolicy): Promise<never> {
  const { tx, who, now } = ctx;
  await tx.client.query('rollback');
  await Promise.all([tx.client.query('begin'), sendGuard(tx.client, signingIn)]);
  const account = await lockAccount(tx, who.person);
  if (!account) throw fault('session.account_unknown', { person: who.person });
  const said = await countFailure(tx, account, code, { login: account.login, ip: inside, agent: '' }, policy, now);
  const running = findRunning(who);
  if (said.code === 'session.locked' && running) await endSession(tx, running.known.id, 'failures', now);
  await tx.client.query('commit');
  invalidate(who.person);
  throw said;
}

const changePassword = handleAction(
  session.password,
  () => 'self',
  async (ctx, { old, next }) => {
    const { account, policy } = await ownAccount(ctx);
    if (account.password === null) throw fault('session.no_password');
    if (!(await isPassword(account.password, old))) return refuse(ctx, 'session.wrong', policy);
    const broken = brokenRules(next, account.login, policy);
    if (broken.length > 0) throw fault('session.password_weak', { broken, rules: broken.map((rule) => ruleText(rule, policy)) });
    // The present password always counts as used, whatever the history says.
    for (const used of [account.password, ...account.password_old].slice(0, Math.max(1, policy.history)))
      if (await isPassword(used, next)) throw fault('session.password_reused', { count: Math.max(1, policy.history) });
    const hash = await hashPassword(next);
    const done = await setPassword(ctx.tx, account, { hash, mustChange: false, until: null, history: policy.history }, ctx.now);
    if (!done) throw fault('record.conflict');
    const ended = await endSessions(ctx.tx, ctx.who.person, 'password', ctx.now, findRunning(ctx.who)?.known.id);
    invalidate(ctx.who.person);
    return { output: { ended }, subject: ctx.who.person };
  },
);

const beginTotp = handleAction(
  session.totpBegin,
  () => 'self',
  async (ctx) => {
    const { account } = await ownAccount(ctx);
    if (account.totp_on) throw fault('session.totp_on');
    const secret = newTotpSecret();
    const sealed = vaultOf(runtimeOf(ctx.who).config.dataDir).seal(secret, account.person);
    await write(ctx.tx, sql`update kernel.account set totp = ${sealed}, totp_used = 0 where person = ${account.person} and not totp_on`);
    return { output: { secret, url: totpUrl(secret, account.login) }, subject: account.person };
  },
);

async function useCode(ctx: Context, on: boolean, code: string): Promise<number> {
  const { account, policy } = await ownAccount(ctx);
  if (account.totp_on !== on) throw fault(on ? 'session.totp_off' : 'session.totp_on');
  const secret = openTotp(runtimeOf(ctx.who).config.dataDir, account);
  return findTotpStep(secret, code, ctx.now, Number(account.totp_used)) ?? refuse(ctx, 'session.code_wrong', policy);
}

/** Takes the step if nobody was faster: two requests with one code, and only the first is served. */
async function takeStep(ctx: Context, step: number, change: { on: boolean }): Promise<void> {
  const done = await write(
    ctx.tx,
    sql`update kernel.account set totp_on = ${change.on}, totp_used = ${step}, totp = case when ${change.on} then totp end
      where person = ${ctx.who.person} and totp_on = ${!change.on} and totp_used < ${step}`,
  );
  if (done !== 1) throw fault('session.code_wrong');
  invalidate(ctx.who.person);
}

const confirmTotp = handleAction(
  session.totpConfirm,
  () => 'self',
  async (ctx, { code }) => {
    await takeStep(ctx, await useCode(ctx, false, code), { on: true });
    return { output: {}, subject: ctx.who.person };
  },
);

const removeTotp = handleAction(
  session.totpRemove,
  () => 'self',
  async (ctx, { code }) => {
    await takeStep(ctx, await useCode(ctx, true, code), { on: false });
    return { output: {}, subject: ctx.who.person };
  },
);

const endOthers = handleAction(
  session.endOthers,
  () => 'self',
  async (ctx) => {
    const ended = await endSessions(ctx.tx, ctx.who.person, 'ended_by_self', ctx.now, findRunning(ctx.who)?.known.id);
    invalidate(ctx.who.person);
    return { output: { ended }, subject: ctx.who.person };
  },
);

/** What everybody may do with the own credentials. */
export const ownActions = [changePassword, beginTotp, confirmTotp, removeTotp, endOthers];
