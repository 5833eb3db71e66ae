import { sql } from 'kysely';
import { type Fault, fault } from '../../fault.ts';
import type { PasswordPolicy } from '../../session-schema.ts';
import { findRow, type Tx, write } from '../db/pool.ts';
import { afterFailure } from './policy.ts';

export type Count = { failed: number; locked_until: Date | null };

/** An address that fails so often, whatever the logins, tries them all: it waits, unless the person is known to sign in there. */
const addressLimit = { failures: 50, minutes: 15 };
/** Where somebody has signed in within these days he is known. */
const knownDays = 30;
const dayMs = 86_400_000;

/** The count of one login from one address; its row is locked until the transaction ends. */
export async function takeSource(tx: Tx, key: { login: string; ip: string; person: string | null }, now: Date): Promise<Count> {
  const row = await findRow(
    tx,
    sql<Count>`insert into kernel.sign_in_source (login, ip, person, at) values (${key.login}, ${key.ip}, ${key.person}, ${now})
      on conflict (login, ip) do update set at = excluded.at returning failed, locked_until`,
  );
  return row ?? { failed: 0, locked_until: null };
}

export async function setSource(tx: Tx, login: string, ip: string, count: { failed: number; lockedUntil: Date | null }): Promise<void> {
  await write(
    tx,
    sql`update kernel.sign_in_source set failed = ${count.failed}, locked_until = ${count.lockedUntil} where login = ${login} and ip = ${ip}`,
  );
}

export function findSource(tx: Tx, login: string, ip: string): Promise<Count | undefined> {
  return findRow(tx, sql<Count>`select failed, locked_until from kernel.sign_in_source where login = ${login} and ip = ${ip}`);
}

/** What was counted of a login is forgotten: from this address (it was the person), or from everywhere (unlocked). */
export async function forgetSource(tx: Tx, login: string, ip?: string): Promise<void> {
  await write(tx, sql`delete from kernel.sign_in_source where login = ${login} and ${ip === undefined ? sql`true` : sql`ip = ${ip}`}`);
}

/** Has the person signed in from there lately? A lock that strangers brought about elsewhere does not keep him out. */
export async function isKnownFrom(tx: Tx, person: string, ip: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - knownDays * dayMs);
  const found = await findRow(
    tx,
    sql`select 1 as one from kernel.session where person = ${person} and made_at > ${since} and ip = ${ip} limit 1`,
  );
  return found !== undefined;
}

const addressOf = (ip: string) => ({ login: '', ip, person: null });

/** One more failure of an address, whoever was meant. */
export async function countAddress(tx: Tx, ip: string, policy: PasswordPolicy, now: Date): Promise<void> {
  const { failed } = await takeSource(tx, addressOf(ip), now);
  const { failures, minutes } = addressLimit;
  await setSource(tx, '', ip, afterFailure(failed, now, { ...policy, failures, lockMinutes: minutes }));
}

/** The fault of an address that has to wait; undefined when it may try. */
export async function addressFault(tx: Tx, ip: string, now: Date): Promise<Fault | undefined> {
  const until = (await findSource(tx, '', ip))?.locked_until ?? null;
  return until !== null && until > now
    ? fault('rate.limited', { seconds: Math.ceil((until.getTime() - now.getTime()) / 1000) })
    : undefined;
}
