import type pg from 'pg';
import { type Principal, separatedRoles } from '../../permission.ts';
import { kyselyOn, type PipelinedClient, type Tx } from './pool.ts';

/**
 * In whose name a transaction reads and writes. `mode` opens the few tables that belong to no organisation:
 * `auth` signing in, `security` the security administrator, `audit` the auditor, `system` the server's own jobs.
 */
export type Guard = {
  person: string | null;
  persons: readonly string[];
  orgs: readonly number[];
  lineOrgs: readonly number[];
  orgLines: readonly string[];
  parties: readonly string[];
  /** Units in which a post is held: matters that wait for a role there are seen wherever they lie. */
  units: readonly number[];
  mode: '' | 'auth' | 'security' | 'audit' | 'system';
};

const cache = new WeakMap<Principal, Guard>();

/** What the row-level policies see of a principal: the flattened union of the grants. */
export function guardOf(who: Principal): Guard {
  const known = cache.get(who);
  if (known) return known;
  const orgs = new Set<number>();
  const lineOrgs = new Set<number>();
  const orgLines = new Set<string>();
  const parties = new Set<string>();
  const units = new Set<number>();
  const persons = new Set([who.person]);
  for (const grant of who.grants) {
    if (grant.behalf !== null) persons.add(grant.behalf);
    // 三员分立: administrators keep the system and read no business records, however wide their post reaches.
    if (separatedRoles.includes(grant.role)) continue;
    if (grant.unit !== null) units.add(grant.unit);
    if (grant.party !== null) parties.add(grant.party);
    else if (grant.lines === null) for (const org of grant.orgs) orgs.add(org);
    else
      for (const org of grant.orgs) {
        lineOrgs.add(org);
        for (const line of grant.lines) orgLines.add(`${org}:${line}`);
      }
  }
  const mode = who.grants.some((grant) => grant.role === 'secadmin')
    ? 'security'
    : who.grants.some((grant) => grant.role === 'auditor')
      ? 'audit'
      : '';
  const guard: Guard = {
    person: who.person,
    persons: [...persons],
    orgs: [...orgs],
    lineOrgs: [...lineOrgs],
    orgLines: [...orgLines],
    parties: [...parties],
    units: [...units],
    mode,
  };
  cache.set(who, guard);
  return guard;
}

export const nobody: Guard = { person: null, persons: [], orgs: [], lineOrgs: [], orgLines: [], parties: [], units: [], mode: '' };
export const signingIn: Guard = { ...nobody, mode: 'auth' };

const guardText = `select set_config('vigil.person', $1, true), set_config('vigil.persons', $2, true), set_config('vigil.orgs', $3, true),
 set_config('vigil.line_orgs', $4, true), set_config('vigil.org_lines', $5, true), set_config('vigil.parties', $6, true),
 set_config('vigil.mode', $7, true), set_config('vigil.act', $8, true), set_config('vigil.units', $9, true)`;

const list = (values: readonly (string | number)[]) => (values.length === 0 ? '' : `{${values.join(',')}}`);

/** Sends the guard statement without waiting; the caller awaits it together with its first reads. */
export function sendGuard(client: PipelinedClient, guard: Guard, act = ''): Promise<unknown> {
  return client.run(guardText, [
    guard.person ?? '',
    list(guard.persons),
    list(guard.orgs),
    list(guard.lineOrgs),
    list(guard.orgLines.map((pair) => `"${pair}"`)),
    list(guard.parties),
    guard.mode,
    act,
    list(guard.units),
  ]);
}

/** Serialisation failures and deadlocks are nobody's fault: the transaction is simply done again. */
const again = new Set(['40001', '40P01']);
/** Two copies of one request at once: the second is done again and finds the first one's outcome. */
const copies = new Set(['request_pkey', 'matter_id_pkey']);

type Thrown = { code?: string; constraint?: string };

function mayRepeat(error: unknown, attempt: number): boolean {
  const { code = '', constraint = '' } = error as Thrown;
  return (again.has(code) && attempt < 3) || (code === '23505' && copies.has(constraint) && attempt < 2);
}

type Opened<T> = (client: PipelinedClient, opened: Promise<unknown>) => Promise<T>;

async function once<T>(pool: pg.Pool, guard: Guard, how: { begin?: string; act?: string }, fn: Opened<T>): Promise<T> {
  const client = (await pool.connect()) as unknown as PipelinedClient & { release: (destroy?: boolean) => void };
  let broken = false;
  try {
    const opened = Promise.all([client.query(how.begin ?? 'begin'), sendGuard(client, guard, how.act)]);
    const result = await fn(client, opened);
    const ended = await client.query('commit');
    // A statement whose failure was swallowed leaves nothing to commit, and PostgreSQL says so only here.
    if (ended.command !== 'COMMIT') throw new Error('the transaction had failed before its commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * One transaction on one pinned connection, done again when that can help. `opened` resolves when the transaction and its
 * guard stand; `act` names the one matter whose state may change in it.
 */
export async function inTransaction<T>(pool: pg.Pool, guard: Guard, how: { begin?: string; act?: string }, fn: Opened<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, guard, how, fn);
    } catch (error) {
      if (!mayRepeat(error, attempt)) throw error;
    }
  }
}

export type Db = {
  pool: pg.Pool;
  /** A transaction that may write. Done again (at most 3 times) on a serialisation failure or deadlock. */
  write<T>(guard: Guard, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** A read-only transaction on one snapshot. */
  read<T>(guard: Guard, fn: (tx: Tx) => Promise<T>): Promise<T>;
};

export function makeDb(pool: pg.Pool): Db {
  const run = <T>(guard: Guard, begin: string, fn: (tx: Tx) => Promise<T>): Promise<T> =>
    inTransaction(pool, guard, { begin }, async (client, opened) => {
      await opened;
      return fn({ client, db: kyselyOn(client) });
    });
  return {
    pool,
    write: (guard, fn) => run(guard, 'begin', fn),
    read: (guard, fn) => run(guard, 'begin isolation level repeatable read read only', fn),
  };
}
