import { sql } from 'kysely';
import { type Tx, write } from '../db/pool.ts';
import { sendEvent } from '../ledger.ts';
import { hashPassword } from './password.ts';
import { writeDemoAccounts } from './setting.ts';

/** `shown`: offered on the sign-in page; where none is marked, the first few are. */
export type DemoAccount = { person: string; login: string; shown?: boolean };

const fewest = 12;

/**
 * Makes the accounts of the demo city, all with one published password; outside demo mode they are refused. Seeding again
 * adds what is missing and puts the rest back. `tx` is the owner's, or has mode `auth` or `system`.
 */
export async function seedAccounts(tx: Tx, accounts: readonly DemoAccount[], password: string, now: Date = new Date()): Promise<void> {
  const hash = await hashPassword(password);
  const people = accounts.map((one) => one.person);
  const logins = accounts.map((one) => one.login.toLowerCase());
  await write(
    tx,
    sql`insert into kernel.account (person, login, password, password_at, demo, made_at)
      select x.person, x.login, ${hash}, ${now}, true, ${now} from unnest(${people}::uuid[], ${logins}::text[]) x(person, login)
      on conflict (person) do update set password = excluded.password, password_at = excluded.password_at, password_until = null,
        must_change = false, failed = 0, locked_until = null, disabled = false, demo = true`,
  );
  const marked = accounts.filter((one) => one.shown);
  const shown = (marked.length > 0 ? marked : accounts.slice(0, fewest)).map(({ person, login }) => ({
    person,
    login: login.toLowerCase(),
  }));
  await writeDemoAccounts(tx, { password, accounts: shown }, now);
  await sendEvent(tx.client, { name: 'session.account_seeded', data: { count: accounts.length } });
}
