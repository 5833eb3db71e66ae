import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { findRow, rows, type Tx, write } from '../db/pool.ts';
import { sendEvent } from '../ledger.ts';

/** Where a sign-in comes from. */
export type From = { ip: string; agent: string };
export type How = 'password' | 'oidc';

/** One open session with what its account says of it. `id` is the SHA-256 of the token in hexadecimal. */
export type SessionRow = {
  id: string;
  person: string;
  seen_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  ended_why: string | null;
  how: How;
  login: string;
  must_change: boolean;
  password_at: Date | null;
  totp_on: boolean;
  disabled: boolean;
  demo: boolean;
};

/** Only the hash is stored: whoever reads the database cannot sign in with what is found there. */
export function sessionId(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

const bytes = (id: string) => Buffer.from(id, 'hex');

export async function insertSession(
  tx: Tx,
  session: { id: string; person: string; how: How; from: From; expires: Date; now: Date },
): Promise<void> {
  const { id, person, how, from, expires, now } = session;
  await write(
    tx,
    sql`insert into kernel.session (id, person, made_at, seen_at, expires_at, ip, agent, how)
      values (${bytes(id)}, ${person}, ${now}, ${now}, ${expires}, ${from.ip}, ${from.agent}, ${how})`,
  );
}

export function findSession(tx: Tx, id: string): Promise<SessionRow | undefined> {
  return findRow(
    tx,
    sql<SessionRow>`select encode(s.id, 'hex') as id, s.person, s.seen_at, s.expires_at, s.ended_at, s.ended_why, s.how,
        a.login, a.must_change, a.password_at, a.totp_on, a.disabled, a.demo
      from kernel.session s join kernel.account a on a.person = s.person where s.id = ${bytes(id)}`,
  );
}

export async function touchSession(tx: Tx, id: string, now: Date): Promise<void> {
  await write(tx, sql`update kernel.session set seen_at = ${now} where id = ${bytes(id)} and ended_at is null and seen_at < ${now}`);
}

/** Why sessions end: it decides what the next request with the old token is told. */
export type Why = 'signed_out' | 'ended_by_self' | 'ended_by_admin' | 'disabled' | 'password' | 'failures' | 'idle' | 'expired';

/** Ends one session, with its ledger row. Answers the person, or undefined when it was not open. */
export async function endSession(tx: Tx, id: string, why: Why, now: Date): Promise<string | undefined> {
  const ended = await findRow(
    tx,
    sql<{
      person: string;
    }>`update kernel.session set ended_at = ${now}, ended_why = ${why} where id = ${bytes(id)} and ended_at is null returning person`,
  );
  if (!ended) return undefined;
  await sendEvent(tx.client, { name: 'session.closed', subject: ended.person, actor: ended.person, data: { why } });
  return ended.person;
}

/** Ends the person's sessions (but `keep`); the action that did it is the ledger row. Answers how many. */
export function endSessions(tx: Tx, person: string, why: Why, now: Date, keep?: string): Promise<number> {
  return write(
    tx,
    sql`update kernel.session set ended_at = ${now}, ended_why = ${why}
      where person = ${person} and ended_at is null and id is distinct from ${keep === undefined ? null : bytes(keep)}::bytea`,
  );
}

export type OpenSession = {
  id: string;
  made_at: Date;
  seen_at: Date;
  expires_at: Date;
  ip: string | null;
  agent: string | null;
  how: string;
};

/** The sessions that still work, newest first. */
export function openSessions(tx: Tx, person: string, idleSince: Date, now: Date): Promise<OpenSession[]> {
  return rows(
    tx,
    sql<OpenSession>`select encode(id, 'hex') as id, made_at, seen_at, expires_at, ip, agent, how from kernel.session
      where person = ${person} and ended_at is null and expires_at > ${now} and seen_at > ${idleSince} order by made_at desc limit 100`,
  );
}

/** Ends what has run out, one ledger row each. Answers how many. */
export function endStaleSessions(tx: Tx, idleSince: Date, now: Date): Promise<number> {
  return write(
    tx,
    sql`with ended as (
        update kernel.session set ended_at = ${now}, ended_why = case when expires_at <= ${now} then 'expired' else 'idle' end
        where ended_at is null and (expires_at <= ${now} or seen_at <= ${idleSince}) returning person, ended_why
      ) insert into kernel.event (name, subject, actor, data)
        select 'session.closed', person, person, jsonb_build_object('why', ended_why) from ended`,
  );
}
