import { sql } from 'kysely';
import { type Fault, fault, isFault } from '../../fault.ts';
import type { Runtime } from '../context.ts';
import { type Tx, write } from '../db/pool.ts';
import { signingIn } from '../db/transaction.ts';
import { sendEvent } from '../ledger.ts';
import { type Account, findAccountByLogin, lockAccount } from './account-row.ts';
import { findActive } from './active.ts';
import { type Attempt, countFailure, countStranger, sendRefused, standingLock } from './failure.ts';
import { isPassword } from './password.ts';
import { vaultOf } from './secret.ts';
import { type From, type How, insertSession, newToken, sessionId } from './session-row.ts';
import { type Rules, readRules } from './setting.ts';
import { addressFault, forgetSource, isKnownFrom } from './source.ts';
import { findTotpStep } from './totp.ts';

export type Credentials = { login: string; password: string; code?: string | undefined };

/** A session just opened. The token is known to the client alone. */
export type Opened = { token: string; expires: Date };

/**
 * Signs in with login and password, and the authenticator's code where one is set up. Whatever is refused is counted and in
 * the ledger before the fault is thrown.
 * @throws fault session.wrong, .locked, .code_required, .code_wrong, .disabled, .one_time_expired, .key_missing
 */
export async function signIn(runtime: Runtime, given: Credentials, from: From): Promise<Opened> {
  const login = given.login.normalize('NFKC').trim().toLowerCase();
  const attempt: Attempt = { login, ...from };
  const { account, known, waits } = await runtime.db.read(signingIn, (tx) => lookAt(tx, login, from.ip, runtime.clock()));
  // Before the hashing: an address that tries every login must not cost a core either.
  if (waits && !known) throw waits;
  // Outside any transaction: 50 ms of hashing must not hold a connection.
  const right = await isPassword(account?.password ?? null, given.password);
  const now = runtime.clock();
  const opened = await runtime.db.write(signingIn, async (tx) => {
    const rules = await readRules(tx, runtime.config.demo);
    const row = account && (await lockAccount(tx, account.person));
    if (!row) return countStranger(tx, attempt, rules.policy, now);
    const samePassword = row.password === account.password;
    return admit({ runtime, tx, account: row, rules, attempt, known, now }, right && samePassword, given.code, from);
  });
  if (isFault(opened)) throw opened;
  return opened;
}

async function lookAt(tx: Tx, login: string, ip: string, now: Date) {
  const account = await findAccountByLogin(tx, login);
  const known = account !== undefined && (await isKnownFrom(tx, account.person, ip, now));
  return { account, known, waits: await addressFault(tx, ip, now) };
}

type Door = { runtime: Runtime; tx: Tx; account: Account; rules: Rules; attempt: Attempt; known: boolean; now: Date };

async function admit(door: Door, right: boolean, code: string | undefined, from: From): Promise<Opened | Fault> {
  const { runtime, tx, account, rules, attempt, now } = door;
  const refuse = async (said: Fault) => {
    await sendRefused(tx, account.person, said.code, attempt);
    return said;
  };
  const locked = await standingLock(tx, account, attempt.ip, door.known, now);
  if (locked) return refuse(locked);
  if (!right) return countFailure(tx, account, 'session.wrong', attempt, rules.policy, now);
  // From here on the person knows the password, and may be told what else is the matter.
  if (!(await findActive(runtime, tx, account, now))) return refuse(fault('session.disabled'));
  if (account.password_until !== null && account.password_until <= now) return refuse(fault('session.one_time_expired'));
  const step = account.totp_on ? await checkCode(door, code) : undefined;
  if (isFault(step)) return step;
  return open(runtime, tx, account, 'password', from, now, step);
}

async function checkCode(door: Door, code: string | undefined): Promise<number | Fault> {
  const { runtime, tx, account, rules, attempt, now } = door;
  if (code === undefined || code === '') {
    await sendEvent(tx.client, { name: 'session.code_asked', subject: account.person, data: { ...attempt } });
    return fault('session.code_required');
  }
  const step = findTotpStep(openTotp(runtime.config.dataDir, account), code, now, Number(account.totp_used));
  return step ?? countFailure(tx, account, 'session.code_wrong', attempt, rules.policy, now);
}

/** @throws fault session.totp_off, session.key_missing */
export function openTotp(dataDir: string, account: Account): string {
  if (account.totp === null) throw fault('session.totp_off');
  const secret = vaultOf(dataDir).open(account.totp, account.person);
  if (secret === undefined) throw fault('session.key_missing');
  return secret;
}

/** Opens a session: the last step of every way to sign in. */
export async function open(runtime: Runtime, tx: Tx, account: Account, how: How, from: From, now: Date, step?: number): Promise<Opened> {
  const token = newToken();
  const expires = new Date(now.getTime() + runtime.config.sessionHours * 3_600_000);
  await write(
    tx,
    sql`update kernel.account set failed = 0, locked_until = null, last_at = ${now}, totp_used = greatest(totp_used, ${step ?? 0}::bigint)
      where person = ${account.person}`,
  );
  await forgetSource(tx, account.login, from.ip);
  await insertSession(tx, { id: sessionId(token), person: account.person, how, from, expires, now });
  await sendEvent(tx.client, { name: 'session.opened', subject: account.person, actor: account.person, data: { ...from, how } });
  return { token, expires };
}
