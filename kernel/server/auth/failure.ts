import { sql } from 'kysely';
import { type Fault, fault } from '../../fault.ts';
import type { PasswordPolicy } from '../../session-schema.ts';
import { findRow, type Tx, write } from '../db/pool.ts';
import { sendEvent } from '../ledger.ts';
import type { Account } from './account-row.ts';
import { afterFailure, minutesLocked } from './policy.ts';

/** What the ledger keeps of an attempt. The login is kept as typed (cut), the password never. */
export type Attempt = { login: string; ip: string; agent: string };

const longestLogin = 64;

export async function sendRefused(tx: Tx, person: string | null, why: string, attempt: Attempt): Promise<void> {
  const data = { ...attempt, login: attempt.login.slice(0, longestLogin), why };
  await sendEvent(tx.client, { name: 'session.refused', subject: person, data });
}

async function sendLocked(tx: Tx, person: string | null, attempt: Attempt, until: Date): Promise<void> {
  const data = { ...attempt, login: attempt.login.slice(0, longestLogin), until: until.toISOString() };
  await sendEvent(tx.client, { name: 'session.locked', subject: person, data });
}

export function lockedFault(until: Date | null, now: Date): Fault | undefined {
  const minutes = minutesLocked(until, now);
  return minutes > 0 ? fault('session.locked', { minutes }) : undefined;
}

/** Counts a failure of a known account (its row is locked) and answers what the person is told: `code`, or that it is locked now. */
export async function countFailure(
  tx: Tx,
  account: Account,
  code: string,
  attempt: Attempt,
  policy: PasswordPolicy,
  now: Date,
): Promise<Fault> {
  const next = afterFailure(account.failed, now, policy);
  await write(
    tx,
    sql`update kernel.account set failed = ${next.failed}, locked_until = ${next.lockedUntil} where person = ${account.person}`,
  );
  await sendRefused(tx, account.person, code, attempt);
  if (next.lockedUntil) await sendLocked(tx, account.person, attempt, next.lockedUntil);
  return lockedFault(next.lockedUntil, now) ?? fault(code);
}

/** The same for a login that does not exist: counted, locked and answered alike (GB/T 22239-2019 8.1.4.1 b). */
export async function countStranger(tx: Tx, attempt: Attempt, policy: PasswordPolicy, now: Date): Promise<Fault> {
  const login = attempt.login.slice(0, longestLogin);
  await write(
    tx,
    sql`insert into kernel.stranger (login, at) values (${login}, ${now}) on conflict (login) do update set at = excluded.at`,
  );
  const row = await findRow(
    tx,
    sql<{ failed: number; locked_until: Date | null }>`select failed, locked_until from kernel.stranger where login = ${login} for update`,
  );
  const standing = lockedFault(row?.locked_until ?? null, now);
  if (standing) {
    await sendRefused(tx, null, 'session.locked', attempt);
    return standing;
  }
  const next = afterFailure(row?.failed ?? 0, now, policy);
  await write(tx, sql`update kernel.stranger set failed = ${next.failed}, locked_until = ${next.lockedUntil} where login = ${login}`);
  await sendRefused(tx, null, 'session.wrong', attempt);
  if (next.lockedUntil) await sendLocked(tx, null, attempt, next.lockedUntil);
  return lockedFault(next.lockedUntil, now) ?? fault('session.wrong');
}

/** Logins that nobody has tried for a day are forgotten. */
export function forgetStrangers(tx: Tx, now: Date): Promise<number> {
  return write(tx, sql`delete from kernel.stranger where at < ${new Date(now.getTime() - 86_400_000)}`);
}
