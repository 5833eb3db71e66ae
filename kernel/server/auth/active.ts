import type { Principal } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { directory } from '../directory.ts';
import type { Account } from './account-row.ts';

/** The person behind an account, unless it is disabled, a published demo account outside demo mode, or the person has left. */
export async function findActive(
  runtime: Runtime,
  tx: Tx,
  account: Pick<Account, 'person' | 'disabled' | 'demo'>,
  now: Date,
): Promise<Principal | undefined> {
  if (account.disabled || (account.demo && !runtime.config.demo)) return undefined;
  return runtime.providers.use(directory).findPrincipal(tx, account.person, now);
}
