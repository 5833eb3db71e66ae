import { sql } from 'kysely';
import { z } from 'zod';
import { type PasswordPolicy, passwordPolicy } from '../../session-schema.ts';
import { findRow, rows, type Tx, write } from '../db/pool.ts';

const keys = { policy: 'password-policy', totpAdmins: 'require-totp-admins', demo: 'demo-accounts' } as const;

export type Rules = { policy: PasswordPolicy; totpAdmins: boolean };

const standard = passwordPolicy.parse({});

/**
 * The rules in force. What was never set, or was set by hand to something out of bounds, is as the standard says: a broken
 * setting must not open the door. Outside demo mode the three administrators need a second factor (GB/T 22239-2019 8.1.4.1 d).
 */
export async function readRules(tx: Tx, demo: boolean): Promise<Rules> {
  const found = await rows(
    tx,
    sql<{ key: string; value: unknown }>`select key, value from kernel.setting where key in (${keys.policy}, ${keys.totpAdmins})`,
  );
  const stored = (key: string) => found.find((row) => row.key === key)?.value;
  const policy = passwordPolicy.safeParse(stored(keys.policy) ?? {});
  const totpAdmins = z.boolean().safeParse(stored(keys.totpAdmins));
  return { policy: policy.success ? policy.data : standard, totpAdmins: totpAdmins.success ? totpAdmins.data : !demo };
}

async function keep(tx: Tx, key: string, value: unknown, by: string | null, now: Date): Promise<void> {
  await write(
    tx,
    sql`insert into kernel.setting (key, value, by, at) values (${key}, ${JSON.stringify(value)}::jsonb, ${by}, ${now})
      on conflict (key) do update set value = excluded.value, by = excluded.by, at = excluded.at`,
  );
}

export async function writeRules(tx: Tx, rules: Rules, by: string, now: Date): Promise<void> {
  await keep(tx, keys.policy, rules.policy, by, now);
  await keep(tx, keys.totpAdmins, rules.totpAdmins, by, now);
}

const demoAccounts = z.object({ password: z.string(), accounts: z.array(z.object({ person: z.uuid(), login: z.string() })) });
export type DemoAccounts = z.output<typeof demoAccounts>;

/** The published accounts that the sign-in page offers. */
export async function findDemoAccounts(tx: Tx): Promise<DemoAccounts | undefined> {
  const row = await findRow(tx, sql<{ value: unknown }>`select value from kernel.setting where key = ${keys.demo}`);
  return demoAccounts.safeParse(row?.value).data;
}

export async function writeDemoAccounts(tx: Tx, demo: DemoAccounts, now: Date): Promise<void> {
  await keep(tx, keys.demo, demo, null, now);
}
