import type { ByeReason } from '../../live-contract.ts';
import { findSessionOf } from '../auth/authenticate.ts';
import type { Runtime } from '../context.ts';
import { signingIn } from '../db/transaction.ts';
import { type Line, setPrincipal } from './line.ts';

/** Posts and delegations also begin and end by the calendar, without a row in the ledger. */
const postsMs = 600_000;
/** So many are looked at anew in one second: a change to the organisation must not stop the feed of 10,000 people. */
const atOnce = 60;

/** When a session was last used is written at most once a minute, so an idle one seems a minute older than it is. */
const writtenMs = 60_000;

/**
 * Looks after who is connected: closes feeds whose session has ended, at the latest `sessionMs` after it did, and follows changes
 * of posts.
 */
export function makeLineCheck(runtime: Runtime, sessionMs: number, close: (line: Line, why: ByeReason) => void) {
  let nextSessions = performance.now() + sessionMs;
  let busy = false;

  const endedIn = async (lines: readonly Line[]): Promise<Line[]> => {
    const now = runtime.clock();
    const idle = new Date(now.getTime() - runtime.config.sessionIdleMinutes * 60_000 - writtenMs);
    const ids = lines.map((line) => line.session).filter((id) => /^[0-9a-f]{64}$/.test(id));
    const open = await runtime.db.read(signingIn, (tx) =>
      tx.client.run<{ id: string }>(
        `select encode(id, 'hex') as id from kernel.session
         where id = any($1::bytea[]) and ended_at is null and expires_at > $2 and seen_at > $3`,
        [ids.map((id) => Buffer.from(id, 'hex')), now, idle],
      ),
    );
    const standing = new Set(open.rows.map((row) => row.id));
    return lines.filter((line) => !standing.has(line.session));
  };

  const renew = async (line: Line): Promise<void> => {
    const found = await findSessionOf(runtime, line.request);
    if (found === undefined || found === 'expired') close(line, 'session');
    else setPrincipal(line, found.principal);
  };

  const work = async (lines: readonly Line[]): Promise<void> => {
    const now = performance.now();
    if (now >= nextSessions) {
      nextSessions = now + sessionMs;
      for (const line of await endedIn(lines)) close(line, 'session');
    }
    const due = lines.filter((line) => line.checkAt <= now).slice(0, atOnce);
    for (const line of due) {
      line.checkAt = now + postsMs;
      await renew(line);
    }
  };

  return {
    /** When a new line's posts are to be looked at: spread, so that a thousand who connect together are not due together. */
    next: () => performance.now() + postsMs * (0.5 + Math.random() / 2),
    hurry(lines: Iterable<Line>): void {
      for (const line of lines) line.checkAt = 0;
    },
    async tick(lines: ReadonlySet<Line>): Promise<void> {
      if (busy || lines.size === 0) return;
      busy = true;
      try {
        await work([...lines]);
      } catch (err) {
        runtime.log.warn({ err }, 'live feed: sessions cannot be checked, trying again');
      } finally {
        busy = false;
      }
    },
  };
}

export type LineCheck = ReturnType<typeof makeLineCheck>;
