import pg from 'pg';
import { type PgSettings, withClient } from './connect.ts';
import type { RolePasswords } from './secrets.ts';

export const databaseName = 'vigil';
/** Owns every schema and migrates. Not subject to row-level security, so no request ever runs as this role. */
export const ownerRole = 'vigil_owner';
/** Serves requests: no DDL, no BYPASSRLS, only what migrations grant. */
export const appRole = 'vigil_app';

/** Written as the database's comment when its rights are complete: a cut-off first start is finished by the next one. */
const preparedMark = 'Vigil: rights 1';

const { escapeIdentifier, escapeLiteral } = pg;

function roleRights(role: string): string {
  // The owner may create databases: a restore drill and the tests need one beside the real one.
  return `login nosuperuser noreplication nocreaterole nobypassrls ${role === ownerRole ? 'createdb' : 'nocreatedb'}`;
}

/** Creates the two roles where missing and sets their rights and passwords. */
export async function ensureRoles(admin: pg.Client, passwords: Pick<RolePasswords, 'owner' | 'app'>): Promise<void> {
  const found = await admin.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [[ownerRole, appRole]]);
  const existing = new Set(found.rows.map((row) => row.rolname));
  for (const [role, password] of [
    [ownerRole, passwords.owner],
    [appRole, passwords.app],
  ] as const) {
    const verb = existing.has(role) ? 'alter' : 'create';
    await admin.query(`${verb} role ${role} ${roleRights(role)} password ${escapeLiteral(password)}`);
  }
}

/** Whether the database's rights were completed by an earlier start. */
export async function isPrepared(client: pg.Client): Promise<boolean> {
  const read = await client.query<{ mark: string | null }>(
    "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = current_database()",
  );
  return read.rows[0]?.mark === preparedMark;
}

/**
 * Creates a database owned by the owner role and leaves nobody else more than Vigil needs: no CONNECT or TEMP for everybody, no schema
 * `public` to plant functions in (CVE-2018-1058), for the application CONNECT alone.
 */
export async function prepareDatabase(admin: PgSettings, database: string): Promise<void> {
  const quoted = escapeIdentifier(database);
  await withClient({ ...admin, database: 'postgres' }, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${quoted} owner ${ownerRole} template template0 encoding 'UTF8'`);
    for (const other of ['postgres', 'template1']) await client.query(`revoke all on database ${other} from public`);
  });
  await withClient({ ...admin, database }, async (client) => {
    if (await isPrepared(client)) return;
    await client.query(`revoke all on database ${quoted} from public`);
    await client.query(`grant connect on database ${quoted} to ${appRole}`);
    await client.query('revoke all on schema public from public');
    await client.query(`comment on database ${quoted} is ${escapeLiteral(preparedMark)}`);
  });
}
