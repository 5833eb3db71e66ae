import pg from 'pg';
import type { Partition, Sequence, Table } from './manifest.ts';

const { escapeIdentifier } = pg;

/** Everything a row's text depends on is fixed, so that the same rows give the same bytes on every server; `on error` beats "filtered". */
const sessionSettings: Readonly<Record<string, string>> = {
  search_path: '',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  lc_monetary: 'C',
  // With row-level security in force the reader gets an error, not a backup with rows missing.
  row_security: 'off',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
};

/** For the current transaction only. */
export async function fixSession(client: pg.Client): Promise<void> {
  const names = Object.keys(sessionSettings);
  await client.query('select set_config(name, value, true) from unnest($1::text[], $2::text[]) as s (name, value)', [
    names,
    Object.values(sessionSettings),
  ]);
}

export function quoted(one: { schema: string; name: string }): string {
  return `${escapeIdentifier(one.schema)}.${escapeIdentifier(one.name)}`;
}

/** Ours is what the owner role owns: an outside database may hold other people's tables, and extensions theirs. */
const ours = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relpersistence <> 't' and pg_get_userbyid(c.relowner) = $1
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

const tablesSql = `
  select n.nspname as schema, c.relname as name, c.relkind = 'p' as partitioned,
         (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and not c.relispartition and ${ours}
   order by n.nspname collate "C", c.relname collate "C"`;

const partitionsSql = `
  select pn.nspname as schema, p.relname as name, un.nspname as "parentSchema", u.relname as "parentName",
         pg_get_expr(p.relpartbound, p.oid) as bound, case when p.relkind = 'p' then pg_get_partkeydef(p.oid) end as "partitionBy"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join lateral pg_partition_tree(c.oid) tree
    join pg_class p on p.oid = tree.relid join pg_namespace pn on pn.oid = p.relnamespace
    join pg_class u on u.oid = tree.parentrelid join pg_namespace un on un.oid = u.relnamespace
   where c.relkind = 'p' and not c.relispartition and tree.level > 0 and ${ours}
   order by tree.level, pn.nspname collate "C", p.relname collate "C"`;

const sequencesSql = `
  select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'S' and ${ours} order by 1, 2`;

/** The migrator's own list: a table of exactly (name, timestamp). */
const migrationTablesSql = `
  select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and c.relname like '%migration%' and ${ours}
     and (select array_agg(a.attname::text order by a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
         = array['name', 'timestamp']`;

export interface Catalog {
  readonly tables: Table[];
  readonly partitions: Partition[];
  readonly sequences: Sequence[];
  readonly migrations: string[];
}

/** What the owner role owns in this database, as the current transaction sees it. */
export async function readCatalog(client: pg.Client, owner: string): Promise<Catalog> {
  const tables = (await client.query<Table>(tablesSql, [owner])).rows;
  const partitions = (await client.query<Partition>(partitionsSql, [owner])).rows;
  const sequences: Sequence[] = [];
  for (const one of (await client.query<{ schema: string; name: string }>(sequencesSql, [owner])).rows) {
    const read = await client.query<Pick<Sequence, 'lastValue' | 'isCalled'>>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quoted(one)}`,
    );
    sequences.push(...read.rows.map((row) => ({ ...one, ...row })));
  }
  return { tables, partitions, sequences, migrations: await appliedMigrations(client, owner) };
}

async function appliedMigrations(client: pg.Client, owner: string): Promise<string[]> {
  const names: string[] = [];
  for (const one of (await client.query<{ schema: string; name: string }>(migrationTablesSql, [owner])).rows) {
    names.push(...(await client.query<{ name: string }>(`select name from ${quoted(one)}`)).rows.map((row) => row.name));
  }
  return names.sort();
}

/** Whether any table of ours holds a row. */
export async function holdsData(client: pg.Client, owner: string): Promise<boolean> {
  const tables = (await client.query<Table>(tablesSql, [owner])).rows;
  for (const table of tables) {
    if ((await client.query(`select from ${quoted(table)} limit 1`)).rowCount !== 0) return true;
  }
  return false;
}

/** The name under which a connection owns what it makes: with SET ROLE it is not the name it logged in by. */
export async function roleOf(client: pg.Client): Promise<string> {
  return (await client.query<{ role: string }>('select current_user as role')).rows[0]?.role ?? '';
}
