import { sql } from 'kysely';
import { fault } from '../../fault.ts';
import { type Form, formSchema } from '../../form/form.ts';
import type { Context } from '../context.ts';
import { findRow, rows, type Tx, write } from '../db/pool.ts';
import { directory } from '../directory.ts';

export type FormRow = {
  id: string;
  version: number;
  title: Form['title'];
  content: unknown;
  hash: string;
  published_at: Date | null;
  published_by: string | null;
};

const columns = sql`f.id, f.version, f.title, f.content, f.hash, f.published_at, f.published_by`;

export function formIn(row: FormRow): Form {
  return formSchema.parse(row.content);
}

/** What everybody may know of forms without their content. */
export async function linesOf(ctx: Context, found: readonly FormRow[]) {
  const people = [...new Set(found.flatMap((row) => row.published_by ?? []))];
  const named = people.length === 0 ? [] : await ctx.use(directory).personNames(ctx.tx, people);
  const names = new Map(named.map((one) => [one.id, one.name]));
  return found.map(({ id, version, title, hash, published_at: at, published_by: by }) => ({
    id,
    version,
    title,
    hash,
    publishedAt: at?.toISOString() ?? null,
    publishedBy: by,
    publishedByName: by === null ? '' : (names.get(by) ?? ''),
  }));
}

/** The same of one. */
export async function lineOf(ctx: Context, row: FormRow) {
  const [line] = await linesOf(ctx, [row]);
  if (!line) throw fault('form.unknown');
  return line;
}

export function findForm(tx: Tx, id: string, version: number): Promise<FormRow | undefined> {
  return findRow(tx, sql<FormRow>`select ${columns} from kernel.form f where f.id = ${id} and f.version = ${version}`);
}

/** The newest published version. */
export function findPublished(tx: Tx, id: string): Promise<FormRow | undefined> {
  return findRow(
    tx,
    sql<FormRow>`select ${columns} from kernel.form f where f.id = ${id} and f.published_at is not null order by f.version desc limit 1`,
  );
}

/** The newest published version of every form; with `drafts` also what is being drawn up. */
export function listForms(tx: Tx, drafts: boolean): Promise<FormRow[]> {
  return rows(
    tx,
    sql<FormRow>`select ${columns} from kernel.form f
      where f.version = (select max(n.version) from kernel.form n where n.id = f.id and n.published_at is not null)
        or (${drafts} and f.published_at is null)
      order by f.id, f.version`,
  );
}

/** Stores the draft of a version. @throws VG001 (from the database) when that version is published */
export async function storeDraft(tx: Tx, form: Form, hash: string, now: Date): Promise<void> {
  await write(
    tx,
    sql`insert into kernel.form (id, version, title, content, hash, made_at)
      values (${form.id}, ${form.version}, ${JSON.stringify(form.title)}::jsonb, ${JSON.stringify(form)}::jsonb, ${hash}, ${now})
      on conflict (id, version) do update set title = excluded.title, content = excluded.content, hash = excluded.hash, made_at = excluded.made_at`,
  );
}

/** @throws VG001 (from the database) when it is published already */
export async function markPublished(tx: Tx, { id, version }: FormRow, by: string, hash: string, now: Date): Promise<void> {
  await write(
    tx,
    sql`update kernel.form set published_at = ${now}, published_by = ${by}, hash = ${hash} where id = ${id} and version = ${version}`,
  );
}
