import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { loginName } from '../../session-schema.ts';
import type { Runtime } from '../context.ts';
import { findRow, kyselyOn, type PgSettings, PipelinedClient, write } from '../db/pool.ts';
import { signingIn } from '../db/transaction.ts';
import { sendEvent } from '../ledger.ts';
import { parseWith } from '../parse.ts';
import { findAccountByLogin, insertAccount, setPassword } from './account-row.ts';
import { hashPassword, oneTimePassword } from './password.ts';
import { endSessions } from './session-row.ts';
import { forgetSource } from './source.ts';

/**
 * Makes the first account of an installation and answers its one-time password, to be shown once; null when there is any
 * account already. Several processes starting at once make one.
 */
export async function ensureFirstAccount(runtime: Runtime, person: string, login: string): Promise<string | null> {
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  return runtime.db.write(signingIn, async (tx) => {
    await tx.client.run(`select pg_advisory_xact_lock(hashtext('vigil.first-account'))`);
    if (await findRow(tx, sql`select 1 as one from kernel.account limit 1`)) return null;
    await insertAccount(tx, { person, login, hash, until: null }, runtime.clock());
    await sendEvent(tx.client, { name: 'session.account_first', subject: person, data: { login } });
    return password;
  });
}

/**
 * Resets password and second factor from the command line, where no second security administrator could confirm it. Sign-ins end.
 * @throws fault session.account_unknown
 */
export async function renewAccount(owner: PgSettings, login: string): Promise<string> {
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  const client = new PipelinedClient(owner);
  await client.connect();
  try {
    await client.query('begin');
    const tx = { client, db: kyselyOn(client) };
    const account = await findAccountByLogin(tx, parseWith(loginName, login));
    if (!account) throw fault('session.account_unknown');
    const { person } = account;
    const now = new Date();
    await setPassword(tx, account, { hash, mustChange: true, until: null, history: account.password_old.length + 1 }, now);
    await write(
      tx,
      sql`update kernel.account set totp = null, totp_on = false, totp_used = 0, failed = 0, locked_until = null where person = ${person}`,
    );
    await forgetSource(tx, account.login);
    await endSessions(tx, person, 'ended_by_admin', now);
    await sendEvent(client, { name: 'session.account_renewed', subject: person, data: { login: account.login } });
    await client.query('commit');
    return password;
  } finally {
    await client.end();
  }
}

/**
 * Opens an account from the command line and answers its one-time password; `owner` is the role that owns the tables.
 * @throws fault session.account_exists, session.login_taken, input.invalid
 */
export async function openAccount(owner: PgSettings, person: string, login: string): Promise<string> {
  const name = parseWith(loginName, login);
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  const client = new PipelinedClient(owner);
  await client.connect();
  try {
    await client.query('begin');
    await insertAccount({ client, db: kyselyOn(client) }, { person, login: name, hash, until: null }, new Date());
    await sendEvent(client, { name: 'session.account_added', subject: person, data: { login: name } });
    await client.query('commit');
    return password;
  } finally {
    await client.end();
  }
}
