import { sql } from 'kysely';
import { loginName } from '../../session-schema.ts';
import type { Runtime } from '../context.ts';
import { findRow, kyselyOn, type PgSettings, PipelinedClient } from '../db/pool.ts';
import { signingIn } from '../db/transaction.ts';
import { sendEvent } from '../ledger.ts';
import { parseWith } from '../parse.ts';
import { insertAccount } from './account-row.ts';
import { hashPassword, oneTimePassword } from './password.ts';

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
