import { fault, isFault } from '../../fault.ts';
import { type Principal, separatedRoles } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import { signingIn } from '../db/transaction.ts';
import { findAccountBySubject } from './account-row.ts';
import { findActive } from './active.ts';
import { type Attempt, sendRefused } from './failure.ts';
import type { Identity } from './oidc.ts';
import type { From } from './session-row.ts';
import { readRules } from './setting.ts';
import { type Opened, open } from './sign-in.ts';

/** Values of `amr` that say a second factor was used (RFC 8176 §2). */
const strong = new Set(['mfa', 'otp', 'hwk', 'swk', 'sc', 'fpt', 'face', 'iris', 'vbm', 'sms', 'tel']);

const administers = (who: Principal) => who.grants.some((grant) => separatedRoles.includes(grant.role));

/**
 * Opens a session for somebody the provider vouches for. Accounts are never made on the way: the security administrator links them.
 * @throws fault session.oidc_unknown, session.disabled, session.oidc_weak
 */
export async function signInAs(runtime: Runtime, identity: Identity, from: From): Promise<Opened> {
  const now = runtime.clock();
  const opened = await runtime.db.write(signingIn, async (tx) => {
    const account = await findAccountBySubject(tx, identity.subject);
    const attempt: Attempt = { login: account?.login ?? identity.subject, ...from };
    const refuse = async (code: string, details = {}) => {
      await sendRefused(tx, account?.person ?? null, code, attempt);
      return fault(code, details);
    };
    if (!account) return refuse('session.oidc_unknown', { subject: identity.subject });
    const principal = await findActive(runtime, tx, account, now);
    if (!principal) return refuse('session.disabled');
    const rules = await readRules(tx, runtime.config.demo);
    const needsTwo = account.totp_on || (rules.totpAdmins && administers(principal));
    if (needsTwo && !identity.methods.some((method) => strong.has(method))) return refuse('session.oidc_weak');
    return open(runtime, tx, account, 'oidc', from, now);
  });
  if (isFault(opened)) throw opened;
  return opened;
}
