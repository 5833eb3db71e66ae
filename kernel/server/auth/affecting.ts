import type { LedgerEvent } from '../implement.ts';

/** Posts, people and stand-ins decide what somebody may do; accounts and sign-ins decide whether. */
const affecting = /^(org\.(post|person|deleg|unit)|session\.(password|totp|endOthers|account|sessionEnd|policy|closed))/;

/** Must sessions be read anew after this ledger row? */
export function affectsPrincipals(event: Pick<LedgerEvent, 'name'>): boolean {
  return affecting.test(event.name);
}

/** Whose sessions: the subject of a session's row is the person; a post or a delegation may touch several. */
export function concernedBy(event: Pick<LedgerEvent, 'name'> & { subject?: string | null | undefined }): string | 'all' {
  return event.name.startsWith('session.') && event.name !== 'session.policyChange' && event.subject ? event.subject : 'all';
}

/** The channel on which PostgreSQL tells every process, at the commit, whose sessions to read anew. */
export const changesChannel = 'vigil_principals';
