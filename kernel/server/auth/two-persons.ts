import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { session } from '../../session-contract.ts';
import type { Context } from '../context.ts';
import { findRow, rows, type Tx, write } from '../db/pool.ts';
import { handleAction } from '../implement.ts';
import { linkTo, otherAccount, reset } from './account-changes.ts';

/** How long a request waits for its confirmation. */
const hours = 24;

export type AccountRequest = {
  person: string;
  what: 'reset' | 'link';
  totp: boolean;
  subject: string | null;
  by: string;
  at: Date;
  until: Date;
};

/** The requests about these people that still stand. */
export function openRequests(tx: Tx, people: readonly string[], now: Date): Promise<AccountRequest[]> {
  return rows(
    tx,
    sql<AccountRequest>`select person, what, totp, subject, by, at, until from kernel.account_request
      where person = any(${[...people]}::uuid[]) and until > ${now}`,
  );
}

/** @throws fault session.request_unknown */
async function getRequest(ctx: Context, person: string): Promise<AccountRequest> {
  const row = await findRow(
    ctx.tx,
    sql<AccountRequest>`select person, what, totp, subject, by, at, until from kernel.account_request
      where person = ${person} and until > ${ctx.now}`,
  );
  if (!row) throw fault('session.request_unknown', { hours });
  return row;
}

const drop = (tx: Tx, person: string) => write(tx, sql`delete from kernel.account_request where person = ${person}`);

async function ask(ctx: Context, person: string, wanted: Pick<AccountRequest, 'what' | 'totp' | 'subject'>): Promise<Date> {
  await otherAccount(ctx, person);
  const [open] = await openRequests(ctx.tx, [person], ctx.now);
  if (open && open.by !== ctx.who.person) throw fault('session.request_open');
  await drop(ctx.tx, person);
  const until = new Date(ctx.now.getTime() + hours * 3_600_000);
  await write(
    ctx.tx,
    sql`insert into kernel.account_request (person, what, totp, subject, by, at, until)
      values (${person}, ${wanted.what}, ${wanted.totp}, ${wanted.subject}, ${ctx.who.person}, ${ctx.now}, ${until})`,
  );
  return until;
}

const askReset = handleAction(
  session.accountResetAsk,
  () => 'anywhere',
  async (ctx, { person, totp }) => {
    const until = await ask(ctx, person, { what: 'reset', totp, subject: null });
    return { output: { until: until.toISOString() }, subject: person };
  },
);

const askLink = handleAction(
  session.accountLinkAsk,
  () => 'anywhere',
  async (ctx, { person, subject }) => {
    const until = await ask(ctx, person, { what: 'link', totp: false, subject });
    return { output: { until: until.toISOString() }, subject: person };
  },
);

const confirm = handleAction(
  session.accountConfirm,
  () => 'anywhere',
  async (ctx, { person }) => {
    const account = await otherAccount(ctx, person);
    const wanted = await getRequest(ctx, person);
    if (wanted.by === ctx.who.person) throw fault('session.other_needed');
    await drop(ctx.tx, person);
    const password = wanted.what === 'reset' ? await reset(ctx, account, wanted.totp) : null;
    if (wanted.what === 'link') await linkTo(ctx, person, wanted.subject);
    const { what, totp, subject, by } = wanted;
    return { output: { person, login: account.login, password }, subject: person, data: { what, totp, linked: subject, askedBy: by } };
  },
);

/** Taken back by who asked, or refused by another. */
const dismiss = handleAction(
  session.accountDismiss,
  () => 'anywhere',
  async (ctx, { person }) => {
    await otherAccount(ctx, person);
    const { by, what } = await getRequest(ctx, person);
    await drop(ctx.tx, person);
    return { output: {}, subject: person, data: { what, askedBy: by } };
  },
);

/** What two security administrators do together: the accounts of the three administrators (GB/T 22239-2019 8.1.5). */
export const twoPersonActions = [askReset, askLink, confirm, dismiss];
