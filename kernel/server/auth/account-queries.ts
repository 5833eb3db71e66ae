import { sql } from 'kysely';
import { session } from '../../session-contract.ts';
import type { AccountLine } from '../../session-schema.ts';
import { fold } from '../../text.ts';
import type { Context } from '../context.ts';
import { rows } from '../db/pool.ts';
import { directory, type Named } from '../directory.ts';
import { handleQuery } from '../implement.ts';
import { guardedAmong, reachesAll } from './guarded.ts';
import { tellMe } from './me.ts';
import { findRunning, getRunning, runtimeOf } from './running.ts';
import { openSessions } from './session-row.ts';
import { findDemoAccounts, readRules } from './setting.ts';
import { type AccountRequest, openRequests } from './two-persons.ts';

const idleSince = (ctx: Context) => new Date(ctx.now.getTime() - runtimeOf(ctx.who).config.sessionIdleMinutes * 60_000);

const me = handleQuery(session.me, (ctx) => tellMe(ctx.tx, getRunning(ctx.who)));

const options = handleQuery(session.options, async (ctx) => {
  const { config } = runtimeOf(ctx.who);
  const { policy } = await readRules(ctx.tx, config.demo);
  return {
    demo: config.demo ? await demoOf(ctx) : null,
    oidc: config.oidc === null ? null : { label: config.oidc.label },
    policy,
  };
});

/** The published accounts with the names of their people. */
async function demoOf(ctx: Context) {
  const demo = await findDemoAccounts(ctx.tx);
  if (!demo) return null;
  const people = await ctx.use(directory).personNames(
    ctx.tx,
    demo.accounts.map((one) => one.person),
  );
  const accounts = demo.accounts.flatMap(({ person, login }) => {
    const who = people.find((one) => one.id === person);
    return who ? [{ login, name: who.name, title: who.title }] : [];
  });
  return { password: demo.password, accounts };
}

const mySessions = handleQuery(session.mySessions, async (ctx) => {
  const current = findRunning(ctx.who)?.known.id;
  const found = await openSessions(ctx.tx, ctx.who.person, idleSince(ctx), ctx.now);
  return {
    items: found.map((one) => ({
      // Enough to tell them apart; the whole hash is nobody's business.
      id: one.id.slice(0, 16),
      current: one.id === current,
      madeAt: one.made_at.toISOString(),
      seenAt: one.seen_at.toISOString(),
      expiresAt: one.expires_at.toISOString(),
      ip: one.ip ?? '',
      agent: one.agent ?? '',
      how: one.how,
    })),
  };
});

type AccountRow = {
  person: string;
  login: string;
  disabled: boolean;
  locked_until: Date | null;
  must_change: boolean;
  totp_on: boolean;
  subject: string | null;
  last_at: Date | null;
  made_at: Date;
  sessions: number;
  total: number;
};

const accounts = handleQuery(session.accounts, async (ctx, { text, state, limit, offset }) => {
  const named = text ? await peopleNamed(ctx, text) : [];
  const guarded = (await reachesAll(ctx, 'secadmin'))
    ? sql`true`
    : sql`person = any(${await guardedAmong(ctx, await everybody(ctx))}::uuid[])`;
  // Locked somewhere is shown as locked: whoever calls stands before that very screen.
  const until = sql`greatest(locked_until, (select max(s.locked_until) from kernel.sign_in_source s where s.login = a.login))`;
  const locked = sql<boolean>`coalesce(${until} > ${ctx.now}, false)`;
  const states = { disabled: sql`disabled`, locked: sql`not disabled and ${locked}`, active: sql`not disabled and not ${locked}` };
  const found = await rows(
    ctx.tx,
    sql<AccountRow>`select person, login, disabled, ${until} as locked_until, must_change, totp_on, subject, last_at, made_at,
        (select count(*)::int from kernel.session s where s.person = a.person and s.ended_at is null and s.expires_at > ${ctx.now}
          and s.seen_at > ${idleSince(ctx)}) as sessions,
        count(*) over ()::int as total
      from kernel.account a
      where ${guarded} and ${state ? states[state] : sql`true`}
        and ${text ? sql`(strpos(login, ${fold(text)}) > 0 or person = any(${named}::uuid[]))` : sql`true`}
      order by login limit ${limit} offset ${offset}`,
  );
  return { items: await lines(ctx, found), total: found[0]?.total ?? 0 };
});

async function everybody(ctx: Context): Promise<string[]> {
  return (await rows(ctx.tx, sql<{ person: string }>`select person from kernel.account`)).map((one) => one.person);
}

/** Names are the directory's, not ours: all people with an account are asked for theirs, and the text is looked for in them. */
async function peopleNamed(ctx: Context, text: string): Promise<string[]> {
  const names = await ctx.use(directory).personNames(ctx.tx, await everybody(ctx));
  const wanted = fold(text);
  return names.filter((one) => fold(`${one.name} ${one.title}`).includes(wanted)).map((one) => one.id);
}

async function lines(ctx: Context, found: readonly AccountRow[]): Promise<AccountLine[]> {
  const ids = found.map((row) => row.person);
  const requests = await openRequests(ctx.tx, ids, ctx.now);
  const wanted = [...ids, ...requests.map((one) => one.by)];
  const people = wanted.length === 0 ? [] : await ctx.use(directory).personNames(ctx.tx, wanted);
  const administrators = await ctx.use(directory).administrators(ctx.tx, ids);
  return found.map((row) => {
    const who = people.find((one) => one.id === row.person);
    const locked = row.locked_until !== null && row.locked_until > ctx.now;
    return {
      person: row.person,
      name: who?.name ?? '',
      title: who?.title ?? '',
      login: row.login,
      state: row.disabled ? 'disabled' : locked ? 'locked' : 'active',
      lockedUntil: locked ? (row.locked_until?.toISOString() ?? null) : null,
      mustChange: row.must_change,
      totp: row.totp_on,
      subject: row.subject,
      lastAt: row.last_at?.toISOString() ?? null,
      madeAt: row.made_at.toISOString(),
      sessions: row.sessions,
      administers: administrators.includes(row.person),
      asked: askedOf(ctx, requests, row.person, people),
    };
  });
}

function askedOf(ctx: Context, requests: readonly AccountRequest[], person: string, people: readonly Named[]): AccountLine['asked'] {
  const found = requests.find((one) => one.person === person);
  if (!found) return null;
  const { what, totp, subject, by, until } = found;
  const byName = people.find((one) => one.id === by)?.name ?? '';
  return { what, totp, subject, byName, until: until.toISOString(), mine: by === ctx.who.person };
}

export const sessionQueries = [me, options, mySessions, accounts];
