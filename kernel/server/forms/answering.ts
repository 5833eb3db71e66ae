import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { checkAnswers } from '../../form/check-answers.ts';
import { findingsOf } from '../../form/findings.ts';
import { type Answers, type Form, itemsOf } from '../../form/form.ts';
import { type Score, scoreAnswers } from '../../form/score.ts';
import { answer, answers } from '../../form-contract.ts';
import type { Scope } from '../../permission.ts';
import type { Context } from '../context.ts';
import { findRow, rows, type Tx, write } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { handleAction, handleQuery } from '../implement.ts';
import { findForm, formIn } from './stored-forms.ts';

type About = Scope & { kind: string | null };

const nowhere: About = { kind: null, org: null, line: null, party: null };

/** Where the subject lies: as the ledger last said, and only if the person may see it. */
async function aboutOf(tx: Tx, subject: string | undefined): Promise<About> {
  if (subject === undefined) return nowhere;
  const found = await findRow(
    tx,
    sql<About>`select e.kind, e.org, e.line, e.party from kernel.event e
      where e.subject = ${subject} and (e.org is not null or e.party is not null or e.kind is not null) order by e.seq desc limit 1`,
  );
  if (!found) throw fault('form.subject_unknown');
  return found;
}

/** The files that answers refer to: photos, photos beside an answer, signatures. */
export function filesIn(form: Form, given: Answers): string[] {
  const files = itemsOf(form).flatMap((item) => {
    const one = given[item.key];
    const value = item.kind === 'photo' || item.kind === 'signature' ? [one?.value].flat() : [];
    return [...value.filter((id) => typeof id === 'string'), ...(one?.photos ?? [])];
  });
  return [...new Set(files)];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function requireFiles(tx: Tx, files: readonly string[]): Promise<void> {
  const stored = await rows(
    tx,
    sql<{ id: string }>`select f.id from kernel.file f where f.id = any(${files.filter((id) => uuid.test(id))}::uuid[])`,
  );
  const missing = files.find((file) => !stored.some((one) => one.id === file));
  if (missing !== undefined) throw fault('file.missing', { file: missing });
}

/** Photos become evidence of the subject, so that whoever may see the answers may see them. */
async function attach(ctx: Context, files: readonly string[], subject: string, about: About): Promise<void> {
  await write(
    ctx.tx,
    sql`insert into kernel.attachment (file, subject, kind, purpose, org, line, party, by)
      select file, ${subject}, ${about.kind ?? 'form'}, 'form', ${about.org}::int, ${about.line}::text, ${about.party}::uuid, ${ctx.who.person}
      from unnest(${[...files]}::uuid[]) file on conflict do nothing`,
  );
}

type Handed = { id: string; form: string; version: number; subject: string | undefined; given: Answers; score: Score | null };

async function store(ctx: Context, handed: Handed, about: About): Promise<void> {
  const score = handed.score === null ? null : JSON.stringify(handed.score);
  const stored = await write(
    ctx.tx,
    sql`insert into kernel.form_answer (id, form, version, subject, kind, org, line, party, answers, score, by, at)
      values (${handed.id}, ${handed.form}, ${handed.version}, ${handed.subject ?? null}, ${about.kind}, ${about.org}, ${about.line}, ${about.party},
        ${JSON.stringify(handed.given)}::jsonb, ${score}::jsonb, ${ctx.who.person}, ${ctx.now})
      on conflict (id) do nothing`,
  );
  if (stored !== 1) throw fault('form.answered_already');
}

export const answerAction = handleAction(
  answer,
  async ({ tx }, { subject }) => (subject === undefined ? 'anywhere' : aboutOf(tx, subject)),
  async (ctx, { id, form: name, version, subject, answers: given }) => {
    const row = await findForm(ctx.tx, name, version);
    if (!row || row.published_at === null) throw fault('form.unknown');
    const form = formIn(row);
    const wrong = checkAnswers(form, given);
    if (wrong.length > 0) throw fault('form.answers_invalid', { count: wrong.length, issues: wrong });
    const files = filesIn(form, given);
    await requireFiles(ctx.tx, files);
    const counted = scoreAnswers(form, given);
    const score = counted.max > 0 ? counted : null;
    const about = await aboutOf(ctx.tx, subject);
    await store(ctx, { id, form: name, version, subject, given, score }, about);
    if (subject !== undefined && files.length > 0) await attach(ctx, files, subject, about);
    const { kind, ...scope } = about;
    return {
      output: { id, form: name, version, score, findings: findingsOf(form, given) },
      ...(subject === undefined ? {} : { subject, scope, ...(kind === null ? {} : { kind }) }),
      data: { percent: score?.percent ?? null, vetoed: score?.vetoed ?? [] },
    };
  },
);

type AnswerRow = {
  id: string;
  form: string;
  version: number;
  title: Form['title'];
  answers: Answers;
  score: Score | null;
  by: string;
  at: Date;
};

export const answersQuery = handleQuery(answers, async (ctx, { subject }) => {
  const found = await rows(
    ctx.tx,
    sql<AnswerRow>`select a.id, a.form, a.version, f.title, a.answers, a.score, a.by, a.at
      from kernel.form_answer a join kernel.form f on f.id = a.form and f.version = a.version
      where a.subject = ${subject} order by a.at, a.id limit 500`,
  );
  const people = await ctx.use(directory).personNames(ctx.tx, [...new Set(found.map((row) => row.by))]);
  const names = new Map(people.map((one) => [one.id, one.name]));
  return { items: found.map((row) => ({ ...row, at: row.at.toISOString(), byName: names.get(row.by) ?? '' })) };
});
