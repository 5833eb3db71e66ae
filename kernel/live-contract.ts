import { z } from 'zod';
import { defineModule } from './contract.ts';

/**
 * What `GET /api/live` sends (Server-Sent Events). Messages carry the id `tx.seq`; a browser that reconnects sends the last
 * one back and gets what it missed.
 *
 * - `ready` {}: connected; what happened before is to be fetched the usual way.
 * - `ledger` {name, kind, subject, from, to, at}: something happened that the person may see. No content: that is fetched.
 * - `notice` {unread}: the number of the person's unread notices.
 * - `reset` {}: too much was missed; fetch everything again.
 * - `bye` {why}: the server closes; `session` the sign-in has ended, `many` too many windows, `stop` the server restarts.
 */
export const ledgerMessage = z.object({
  name: z.string(),
  kind: z.string().nullable(),
  subject: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  at: z.string(),
});
export type LedgerMessage = z.output<typeof ledgerMessage>;

export const noticeMessage = z.object({ unread: z.int() });
export const byeMessage = z.object({ why: z.enum(['session', 'many', 'stop']) });
export type ByeReason = z.output<typeof byeMessage>['why'];

export const liveModule = defineModule({
  name: 'live',
  level: 0,
  title: { zh: '实时推送', en: 'Live feed' },
  actions: [],
  queries: [],
  faults: {},
});
