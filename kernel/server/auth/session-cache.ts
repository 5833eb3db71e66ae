import { performance } from 'node:perf_hooks';
import { type Principal, separatedRoles } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import { signingIn } from '../db/transaction.ts';
import { findActive } from './active.ts';
import { isTooOld } from './policy.ts';
import { findSession, type How, type SessionRow, touchSession } from './session-row.ts';
import { type Rules, readRules } from './setting.ts';

/** A session that works, as this process remembers it for a few seconds. Times in milliseconds of the runtime's clock. */
export type Known = {
  id: string;
  principal: Principal;
  login: string;
  how: How;
  mustChange: boolean;
  mustEnroll: boolean;
  totp: boolean;
  expires: number;
  seen: number;
  /** What `seen` is in the database. */
  stored: number;
};

/** `expired`: there was such a session; it has run out or was ended by somebody else. */
export type Found = Known | 'expired' | undefined;

type Entry = { known: Known; until: number };
type Cache = { entries: Map<string, Entry>; loading: Map<string, Promise<Found>> };

const keepMs = 10_000;
const most = 20_000;

/** How long after a change nothing about the person is remembered: the change may not be committed yet when it is announced. */
const unsettledMs = 3_000;
const unsettled = new Map<string, number>();
const caches = new WeakMap<Runtime, Cache>();
const living = new Set<WeakRef<Cache>>();

function cacheOf(runtime: Runtime): Cache {
  const known = caches.get(runtime);
  if (known) return known;
  const made: Cache = { entries: new Map(), loading: new Map() };
  caches.set(runtime, made);
  living.add(new WeakRef(made));
  return made;
}

/**
 * Forgets what this process remembers of a person's sessions, or of all. Called when posts, delegations or accounts change;
 * the next request reads them anew.
 */
export function invalidate(person: string | 'all'): void {
  const now = performance.now();
  for (const [key, until] of unsettled) if (until <= now) unsettled.delete(key);
  unsettled.set(person, now + unsettledMs);
  for (const ref of living) {
    const cache = ref.deref();
    if (!cache) living.delete(ref);
    else if (person === 'all') cache.entries.clear();
    else for (const [id, { known }] of cache.entries) if (known.principal.person === person) cache.entries.delete(id);
  }
}

const isUnsettled = (person: string) => Math.max(unsettled.get(person) ?? 0, unsettled.get('all') ?? 0) > performance.now();

/** The session of this id if it still works. Changes made by other processes are heard at their commit (see ear.ts). */
export async function findKnown(runtime: Runtime, id: string): Promise<Found> {
  const cache = cacheOf(runtime);
  const entry = cache.entries.get(id);
  if (entry && entry.until > performance.now()) return standing(runtime, entry.known);
  cache.entries.delete(id);
  const running = cache.loading.get(id);
  if (running) return running;
  const load = readKnown(runtime, id)
    .then((found) => remember(cache, found))
    .finally(() => cache.loading.delete(id));
  cache.loading.set(id, load);
  return load;
}

function remember(cache: Cache, found: Found): Found {
  if (found === undefined || found === 'expired' || isUnsettled(found.principal.person)) return found;
  cache.entries.set(found.id, { known: found, until: performance.now() + keepMs });
  if (cache.entries.size > most) forgetOldest(cache);
  return found;
}

function forgetOldest(cache: Cache): void {
  const oldest = cache.entries.keys().next();
  if (!oldest.done) cache.entries.delete(oldest.value);
}

const idleMs = (runtime: Runtime) => runtime.config.sessionIdleMinutes * 60_000;

function standing(runtime: Runtime, known: Known): Known | 'expired' {
  const now = runtime.clock().getTime();
  return now >= known.expires || now - known.seen >= idleMs(runtime) ? 'expired' : known;
}

/** Counts a request as activity of the person; written at most once a minute (oftener where the idle limit is short). */
export async function touch(runtime: Runtime, known: Known): Promise<void> {
  const now = runtime.clock();
  known.seen = now.getTime();
  if (known.seen - known.stored < Math.min(60_000, idleMs(runtime) / 4)) return;
  known.stored = known.seen;
  await runtime.db.write(signingIn, (tx) => touchSession(tx, known.id, now));
}

function readKnown(runtime: Runtime, id: string): Promise<Found> {
  const now = runtime.clock();
  return runtime.db.read(signingIn, async (tx) => {
    const row = await findSession(tx, id);
    if (!row || row.ended_why === 'signed_out') return undefined;
    const principal = row.ended_at === null ? await findActive(runtime, tx, row, now) : undefined;
    if (!principal) return 'expired';
    const known = knownOf(row, principal, await readRules(tx, runtime.config.demo), runtime.config.demo, now);
    return standing(runtime, known);
  });
}

function knownOf(row: SessionRow, principal: Principal, rules: Rules, demo: boolean, now: Date): Known {
  const administers = principal.grants.some((grant) => separatedRoles.includes(grant.role));
  // Whoever signs in elsewhere has the password and the second factor there.
  const local = row.how === 'password';
  const seen = row.seen_at.getTime();
  return {
    id: row.id,
    // An object of its own for each session: handlers find the session of a call by it.
    principal: { ...principal },
    login: row.login,
    how: row.how,
    mustChange: local && (row.must_change || (!demo && isTooOld(row.password_at, now, rules.policy))),
    mustEnroll: local && rules.totpAdmins && administers && !row.totp_on,
    totp: row.totp_on,
    expires: row.expires_at.getTime(),
    seen,
    stored: seen,
  };
}
