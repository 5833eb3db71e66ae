import pg from 'pg';

const { escapeIdentifier } = pg;

interface ForeignKey {
  readonly owner: string;
  readonly name: string;
  readonly definition: string;
}

interface Trigger {
  readonly owner: string;
  readonly name: string;
  readonly enabled: 'O' | 'A' | 'R';
}

const foreignKeysSql = `
  select conrelid::regclass::text as owner, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conparentid = 0 and conrelid = any($1::regclass[]) order by oid`;

const triggersSql = `
  select tgrelid::regclass::text as owner, tgname as name, tgenabled as enabled
    from pg_trigger where not tgisinternal and tgparentid = 0 and tgenabled <> 'D' and tgrelid = any($1::regclass[]) order by oid`;

const enable = { O: 'enable', A: 'enable always', R: 'enable replica' } as const;

/**
 * Takes foreign keys and triggers off the tables for the time of loading (rows come table by table, and a trigger must not act a second
 * time), and gives the function that puts them back. Adding a foreign key checks every row. All within the caller's transaction, and as
 * the owner as well as a superuser, which `session_replication_role` would need.
 */
export async function liftGuards(client: pg.Client, tables: readonly string[]): Promise<() => Promise<void>> {
  const keys = (await client.query<ForeignKey>(foreignKeysSql, [tables])).rows;
  const triggers = (await client.query<Trigger>(triggersSql, [tables])).rows;
  for (const { owner, name } of triggers) await client.query(`alter table ${owner} disable trigger ${escapeIdentifier(name)}`);
  for (const { owner, name } of keys) await client.query(`alter table ${owner} drop constraint ${escapeIdentifier(name)}`);
  return async () => {
    for (const { owner, name, definition } of keys)
      await client.query(`alter table ${owner} add constraint ${escapeIdentifier(name)} ${definition}`);
    for (const { owner, name, enabled } of triggers)
      await client.query(`alter table ${owner} ${enable[enabled]} trigger ${escapeIdentifier(name)}`);
  };
}
