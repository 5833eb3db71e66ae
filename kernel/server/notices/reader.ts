import { sql } from 'kysely';
import { newId } from '../../id.ts';
import { type NoticeData, type NoticeReason, noticeReasonNames } from '../../notice-contract.ts';
import type { Context } from '../context.ts';
import { rows, type Tx } from '../db/pool.ts';
import { directory } from '../directory.ts';
import type { LedgerEvent, Reader } from '../implement.ts';
import { type Subject, type Told, toldBy } from './told.ts';

type ReaderContext = Omit<Context, 'who'>;
type Notice = { person: string; event: LedgerEvent; subject: Subject; why: NoticeReason };

/** Turns the ledger's rows about matters into notices for the people concerned, in the transaction that moves its cursor. */
export function noticeReader(kinds: ReadonlySet<string>): Reader {
  return {
    name: 'notices',
    wants: (event) => event.kind !== null && event.subject !== null && kinds.has(event.kind),
    handle: writeNotices,
  };
}

async function writeNotices(ctx: ReaderContext, events: readonly LedgerEvent[]): Promise<void> {
  const subjects = await readSubjects(ctx.tx, events);
  const resolve = makeResolver(ctx);
  const notices: Notice[] = [];
  for (const event of events) {
    const subject = subjects.get(event.subject ?? '');
    if (!subject) continue;
    const people = await reasons(toldBy(event, subject), subject, resolve);
    // Nobody is told what he has just done himself.
    if (event.actor !== null) people.delete(event.actor);
    for (const [person, why] of people) notices.push({ person, event, subject, why });
  }
  await insertNotices(ctx, await withoutRepeated(ctx.tx, notices));
}

async function readSubjects(tx: Tx, events: readonly LedgerEvent[]): Promise<Map<string, Subject>> {
  const ids = [...new Set(events.map((event) => event.subject))];
  const kinds = [...new Set(events.map((event) => event.kind))];
  const found = await rows(
    tx,
    sql<Subject>`select id, code, title, state, party, owner_person, owner_unit, owner_role, due, starter, entered_at, closed_at, exercise, course
      from kernel.matter where id = any(${ids}::uuid[]) and kind = any(${kinds}::text[])`,
  );
  return new Map(found.map((row) => [row.id, row]));
}

type Resolve = (told: Told, party: string | null) => Promise<readonly string[]>;

/** The holders of a role are asked for once a batch, not once an event. */
function makeResolver(ctx: ReaderContext): Resolve {
  const known = new Map<string, Promise<string[]>>();
  return (told, party) => {
    if ('people' in told) return Promise.resolve(told.people);
    const key = JSON.stringify([told.owner, 'party' in told.owner ? party : null]);
    const found =
      known.get(key) ??
      ctx
        .use(directory)
        .holders(ctx.tx, told.owner, party, ctx.now)
        .then((people) => people.map((one) => one.id));
    known.set(key, found);
    return found;
  };
}

/** One notice a person and event, for the weightiest reason. */
async function reasons(told: readonly Told[], subject: Subject, resolve: Resolve): Promise<Map<string, NoticeReason>> {
  const people = new Map<string, NoticeReason>();
  const byWeight = [...told].sort((a, b) => noticeReasonNames.indexOf(a.why) - noticeReasonNames.indexOf(b.why));
  for (const one of byWeight) {
    for (const person of await resolve(one, subject.party)) if (!people.has(person)) people.set(person, one.why);
  }
  return people;
}

/** Whoever has been asked to sign in this round is not asked again at each signature of another. */
async function withoutRepeated(tx: Tx, notices: readonly Notice[]): Promise<Notice[]> {
  const toSign = notices.filter((notice) => notice.why === 'sign');
  if (toSign.length === 0) return [...notices];
  const since = new Date(Math.min(...toSign.map((notice) => notice.subject.entered_at.getTime())));
  const before = await rows(
    tx,
    sql<{ person: string; subject: string; at: Date }>`select person, subject, at from kernel.notice
      where person = any(${toSign.map((notice) => notice.person)}::uuid[]) and at >= ${since} and data ->> 'why' = 'sign'`,
  );
  const asked = new Set<string>();
  const key = (person: string, subject: string | null) => `${person} ${subject}`;
  for (const one of before) {
    const round = toSign.find((notice) => notice.subject.id === one.subject)?.subject.entered_at;
    if (round && one.at >= round) asked.add(key(one.person, one.subject));
  }
  return notices.filter((notice) => {
    if (notice.why !== 'sign') return true;
    const mine = key(notice.person, notice.subject.id);
    return !asked.has(mine) && asked.add(mine);
  });
}

async function insertNotices(ctx: ReaderContext, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const actors = [...new Set(notices.map(({ event }) => event.actor))].filter((id) => id !== null);
  const names = new Map((await ctx.use(directory).personNames(ctx.tx, actors)).map((one) => [one.id, one.name]));
  const lines = notices.map(({ person, event, subject, why }) => ({
    id: newId(),
    person,
    at: event.at.toISOString(),
    name: event.name,
    kind: event.kind,
    subject: event.subject,
    title: subject.title,
    data: dataOf(event, subject, why, names),
  }));
  await ctx.tx.client.run(
    `insert into kernel.notice (id, person, at, name, kind, subject, title, data)
     select id, person, at, name, kind, subject, title, data
     from jsonb_to_recordset($1::jsonb) as n(id uuid, person uuid, at timestamptz, name text, kind text, subject uuid, title text, data jsonb)`,
    [JSON.stringify(lines)],
  );
}

function dataOf(event: LedgerEvent, subject: Subject, why: NoticeReason, names: ReadonlyMap<string, string>): NoticeData {
  const { question, opinion, words } = event.data;
  const said = [question, opinion, words].find((one) => typeof one === 'string');
  return {
    why,
    code: subject.code,
    actorName: names.get(event.actor ?? '') ?? '',
    from: event.from,
    to: event.to,
    due: subject.due?.toISOString() ?? null,
    words: typeof said === 'string' ? said : null,
    exercise: subject.exercise,
  };
}
