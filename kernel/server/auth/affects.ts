import type { FastifyInstance } from 'fastify';
import type { LedgerEvent } from '../implement.ts';
import { invalidate } from './session-cache.ts';

/** Posts, people and stand-ins decide what somebody may do; accounts and sign-ins decide whether. */
const affecting = /^(org\.(post|person|deleg|unit)|session\.(password|totp|endOthers|account|sessionEnd|policy|closed))/;

/** Must sessions be read anew after this ledger row? */
export function affectsPrincipals(event: Pick<LedgerEvent, 'name'>): boolean {
  return affecting.test(event.name);
}

/** For the reader of the ledger in every process: forgets what the rows have made doubtful. */
export function hearLedger(events: readonly Pick<LedgerEvent, 'name' | 'subject'>[]): void {
  for (const event of events) {
    if (!affectsPrincipals(event)) continue;
    // The subject of a session's row is the person; a post or a delegation may touch several.
    invalidate(event.name.startsWith('session.') && event.name !== 'session.policyChange' && event.subject ? event.subject : 'all');
  }
}

/**
 * What was carried out by this process is felt by the very next request, before any reader has seen its ledger row. Actions
 * of this module forget the one person they concern by themselves.
 */
export function forgetAfterActions(http: FastifyInstance): void {
  http.addHook('onSend', async (request, reply) => {
    if (request.method !== 'POST' || reply.statusCode >= 400) return;
    const name = request.routeOptions.url?.slice('/api/'.length) ?? '';
    if (!name.startsWith('session.') && affectsPrincipals({ name })) invalidate('all');
  });
}
