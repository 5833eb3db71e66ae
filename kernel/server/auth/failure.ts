import { sql } from 'kysely';
import { type Fault, fault } from '../../fault.ts';
import type { PasswordPolicy } from '../../session-schema.ts';
import { findRow, type Tx, write } from '../db/pool.ts';
import { sendEvent } from '../ledger.ts';
import { afterFailure, minutesLocked } from './policy.ts';
import { type Count, countAddress, findSource, setSource, takeSource } from './source.ts';

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

/** From so many addresses' worth of failures on, an account is closed to all addresses its person is not known at. */
const everywhere = 10;

/** Whom the attempt meant: an account (its row is locked), or a login that does not exist. */
type Meant = { person: string | null; login: string; failed: number };

/**
 * Counts a failure and answers what the person is told: `code`, or that it is locked now. The same for logins that do not
 * exist (GB/T 22239-2019 8.1.4.1 b), so that a lock betrays nothing.
 */
export async function countFailure(
  tx: Tx,
  meant: Meant,
  code: string,
  attempt: Attempt,
  policy: PasswordPolicy,
  now: Date,
): Promise<Fault> {
  const { person, login } = meant;
  const source = await takeSource(tx, { login, ip: attempt.ip, person }, now);
  const here = afterFailure(source.failed, now, policy);
  await setSource(tx, login, attempt.ip, here);
  const all = afterFailure(meant.failed, now, { ...policy, failures: policy.failures * everywhere });
  // A lock that stands is not shortened by the failures of those who may still try.
  const lock = sql`failed = ${all.failed}, locked_until = coalesce(${all.lockedUntil}::timestamptz, locked_until)`;
  if (person === null) await write(tx, sql`update kernel.stranger set ${lock} where login = ${login}`);
  else await write(tx, sql`update kernel.account set ${lock} where person = ${person}`);
  await countAddress(tx, attempt.ip, policy, now);
  await sendRefused(tx, person, code, attempt);
  const until = here.lockedUntil ?? all.lockedUntil;
  if (until) await sendLocked(tx, person, attempt, until);
  return lockedFault(here.lockedUntil, now) ?? fault(code);
}

/** The lock that stands in the way: of this address, or of the account where the person is not known at this address. */
export async function standingLock(tx: Tx, meant: Meant & Count, ip: string, known: boolean, now: Date): Promise<Fault | undefined> {
  const source = await findSource(tx, meant.login, ip);
  return lockedFault(source?.locked_until ?? null, now) ?? (known ? undefined : lockedFault(meant.locked_until, now));
}

/** A login that does not exist: counted, locked and answered like one that does. */
export async function countStranger(tx: Tx, attempt: Attempt, policy: PasswordPolicy, now: Date): Promise<Fault> {
  const login = attempt.login.slice(0, longestLogin);
  const row = await findRow(
    tx,
    sql<Count>`insert into kernel.stranger (login, at) values (${login}, ${now}) on conflict (login) do update set at = excluded.at
      returning failed, locked_until`,
  );
  const meant = { person: null, login, failed: row?.failed ?? 0, locked_until: row?.locked_until ?? null };
  const standing = await standingLock(tx, meant, attempt.ip, false, now);
  if (!standing) return countFailure(tx, meant, 'session.wrong', attempt, policy, now);
  await sendRefused(tx, null, 'session.locked', attempt);
  return standing;
}

/** No more than so many invented logins and addresses are remembered, the latest: a flood of them fills no disk. */
const mostRemembered = 100_000;

/** Logins that nobody has tried for a day are forgotten, and so are counts that lock nothing any more. */
export async function forgetStrangers(tx: Tx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 86_400_000);
  for (const table of [sql.table('kernel.stranger'), sql.table('kernel.sign_in_source')]) {
    await write(
      tx,
      sql`delete from ${table} where at < ${before} and (locked_until is null or locked_until < ${now})
        or at < (select at from ${table} order by at desc offset ${mostRemembered} limit 1)`,
    );
  }
}
