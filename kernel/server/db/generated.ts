import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { AnyWorkflow } from '../../workflow.ts';
import type { ModuleServer } from '../implement.ts';
import { matterColumns, snake } from '../matter-row.ts';
import { tallyTrigger } from '../tally/cells.ts';

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The database's part of a declaration: only declared states can be stored. */
export function stateConstraint(workflow: AnyWorkflow): string {
  const name = `${workflow.kind.replace('.', '_')}_states`;
  const states = Object.keys(workflow.states).map(quote).join(', ');
  const finals = Object.entries(workflow.states).filter(([, state]) => state.final);
  const closed = finals.map(([state]) => quote(state)).join(', ');
  return `alter table ${workflow.kind} drop constraint if exists ${name};
alter table ${workflow.kind} add constraint ${name} check (state in (${states}) and (closed_at is not null) = (state in (${closed})));`;
}

/** One view over the tables of all kinds; row-level security is the asking person's (security_invoker). */
export function matterView(workflows: readonly AnyWorkflow[]): string {
  const parts = workflows.map(
    (workflow) => `select ${quote(workflow.kind)}::text as kind, ${matterColumns}, next_at from ${workflow.kind}`,
  );
  return `drop view if exists kernel.matter;
create view kernel.matter with (security_invoker = true) as
${parts.join('\nunion all\n')};
grant select on kernel.matter to vigil_app;
-- Named on a matter, or holding a post in the unit whose role it waits for although it lies outside one's areas.
create or replace function kernel.involved() returns uuid[] language sql stable security definer set search_path = '' as $$
  select array_agg(subject) from (
    select subject from kernel.involvement where person = any((select nullif(current_setting('vigil.persons', true), '')::uuid[])::uuid[])
    union
    select m.id from kernel.matter m
    where m.owner_unit = any((select nullif(current_setting('vigil.units', true), '')::int[])::int[]) and m.closed_at is null
      and m.org <> all(coalesce((select nullif(current_setting('vigil.orgs', true), '')::int[]), '{}'))
  ) s
$$;`;
}

export function generatedSql(workflows: readonly AnyWorkflow[]): string {
  return [...workflows.map(stateConstraint), ...workflows.map(tallyTrigger), ...(workflows.length > 0 ? [matterView(workflows)] : [])].join(
    '\n',
  );
}

/** Regenerates only when the declarations changed: adding a check constraint reads the whole table. */
export async function createGenerated(db: Kysely<unknown>, servers: readonly ModuleServer[]): Promise<void> {
  const workflows = servers.flatMap((server) => server.contract.workflows);
  const text = generatedSql(workflows);
  const hash = createHash('sha256').update(text).digest('hex');
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('vigil.generated'))`.execute(tx);
    await sql`create table if not exists migration.generated (hash text primary key)`.execute(tx);
    const known = await sql<{ hash: string }>`select hash from migration.generated`.execute(tx);
    if (known.rows[0]?.hash === hash) return;
    for (const workflow of workflows) await checkColumns(tx, workflow);
    await sql.raw(text).execute(tx);
    await sql`delete from migration.generated`.execute(tx);
    await sql`insert into migration.generated values (${hash})`.execute(tx);
  });
}

/** A declared field without a column (or a table that is no table of matters) is found at start, not by the first user. */
async function checkColumns(db: Kysely<unknown>, workflow: AnyWorkflow): Promise<void> {
  const [schema, table] = workflow.kind.split('.');
  const found = await sql<{
    column_name: string;
  }>`select column_name from information_schema.columns where table_schema = ${schema} and table_name = ${table}`.execute(db);
  const columns = found.rows.map((row) => row.column_name);
  const wanted = [...matterColumns.split(', '), ...Object.keys(workflow.row.shape).map(snake)];
  const missing = wanted.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new Error(`table ${workflow.kind} lacks ${missing.join(', ')}`);
}
