import type { FastifyInstance } from 'fastify';
import type { LedgerEvent } from '../implement.ts';
import { affectsPrincipals, concernedBy } from './affecting.ts';
import { invalidate } from './session-cache.ts';

/** For the reader of the ledger in every process: forgets what the rows have made doubtful. */
export function hearLedger(events: readonly Pick<LedgerEvent, 'name' | 'subject'>[]): void {
  for (const event of events) {
    if (!affectsPrincipals(event)) continue;
    invalidate(concernedBy(event));
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
