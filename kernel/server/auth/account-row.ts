import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { findRow, type Tx, write } from '../db/pool.ts';

/** One row of kernel.account. `password` and `password_old` are argon2id hashes, `totp` is sealed for the person. */
export type Account = {
  person: string;
  login: string;
  password: string | null;
  password_at: Date | null;
  password_until: Date | null;
  password_old: string[];
  must_change: boolean;
  totp: string | null;
  totp_on: boolean;
  /** The last time step a code was taken from; bigint as text. */
  totp_used: string;
  subject: string | null;
  failed: number;
  locked_until: Date | null;
  disabled: boolean;
  demo: boolean;
};

const columns = sql.raw(
  `person, login, password, password_at, password_until, password_old, must_change, totp, totp_on, totp_used, subject, failed,
   locked_until, disabled, demo`,
);

export function findAccount(tx: Tx, person: string): Promise<Account | undefined> {
  return findRow(tx, sql<Account>`select ${columns} from kernel.account where person = ${person}`);
}

export function findAccountByLogin(tx: Tx, login: string): Promise<Account | undefined> {
  return findRow(tx, sql<Account>`select ${columns} from kernel.account where login = ${login}`);
}

export function findAccountBySubject(tx: Tx, subject: string): Promise<Account | undefined> {
  return findRow(tx, sql<Account>`select ${columns} from kernel.account where subject = ${subject}`);
}

/** Locks the row: of several attempts at once, each is counted before the next is judged. */
export function lockAccount(tx: Tx, person: string): Promise<Account | undefined> {
  return findRow(tx, sql<Account>`select ${columns} from kernel.account where person = ${person} for update`);
}

export async function getAccount(tx: Tx, person: string): Promise<Account> {
  const account = await lockAccount(tx, person);
  if (!account) throw fault('session.account_unknown', { person });
  return account;
}

export type NewPassword = { hash: string; mustChange: boolean; until: Date | null; history: number };

/**
 * Replaces the password and keeps the former one among the last `history`. Only while the password is still `account`'s:
 * answers false when somebody else changed it meanwhile.
 */
export async function setPassword(tx: Tx, account: Account, next: NewPassword, now: Date): Promise<boolean> {
  const old = [...(account.password === null ? [] : [account.password]), ...account.password_old].slice(0, next.history);
  const changed = await write(
    tx,
    sql`update kernel.account set password = ${next.hash}, password_at = ${now}, password_until = ${next.until},
      password_old = ${old}, must_change = ${next.mustChange}, demo = false
      where person = ${account.person} and password is not distinct from ${account.password}`,
  );
  return changed === 1;
}

export type NewAccount = { person: string; login: string; hash: string; until: Date | null };

/** @throws fault session.account_exists, session.login_taken */
export async function insertAccount(tx: Tx, account: NewAccount, now: Date): Promise<void> {
  const { person, login, hash, until } = account;
  const made = await write(
    tx,
    sql`insert into kernel.account (person, login, password, password_at, password_until, must_change, made_at)
      values (${person}, ${login}, ${hash}, ${now}, ${until}, true, ${now}) on conflict do nothing`,
  );
  if (made === 1) return;
  throw (await findAccount(tx, person)) ? fault('session.account_exists', { person }) : fault('session.login_taken', { login });
}
