import pg from 'pg';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { type PgSettings, settingsFromUrl, whereIs, withClient, withPatientClient } from './connect.ts';
import { databaseUnsuitable, loginRefused, rightsMissing, rolesElsewhere } from './database-fault.ts';
import type { OpenServer } from './open-server.ts';
import { appRole, ownerRole } from './roles.ts';
import { keepPasswords } from './secrets.ts';
import { codeOf } from './startup-fault.ts';

const { escapeIdentifier, escapeLiteral } = pg;

interface Standing {
  readonly version: number;
  readonly encoding: string;
  readonly fsync: string;
  readonly self: string;
  readonly isSuper: boolean;
  readonly mayCreateRoles: boolean;
  readonly mayCreateSchemas: boolean;
  readonly ownsDatabase: boolean;
  /** Which of Vigil's roles exist, and whether this account may become them. */
  readonly roles: Readonly<Record<string, boolean>>;
}

const standingSql = `
  select current_setting('server_version_num')::int / 10000 as version,
         current_setting('server_encoding') as encoding,
         current_setting('fsync') as fsync,
         current_user as self,
         me.rolsuper as "isSuper",
         me.rolsuper or me.rolcreaterole as "mayCreateRoles",
         has_database_privilege(current_database(), 'CREATE') as "mayCreateSchemas",
         me.rolsuper or pg_has_role(base.datdba, 'USAGE') as "ownsDatabase",
         (select coalesce(json_object_agg(rolname, pg_has_role(oid, 'MEMBER')), '{}') from pg_roles where rolname = any($1)) as roles
    from pg_roles me, pg_database base
   where me.rolname = current_user and base.datname = current_database()`;

async function readStanding(client: pg.Client): Promise<Standing> {
  const row = (await client.query<Standing>(standingSql, [[ownerRole, appRole]])).rows[0];
  if (row === undefined) throw new Error('the server does not describe the current role');
  return row;
}

/**
 * A database that somebody else runs. Three ways in, tried in this order: two accounts by two URLs; an administrator's URL, beside which
 * the two roles are created; an account that may `set role` to the two roles.
 * @throws StartupFault database.unreachable, database.login_refused, database.unsuitable, database.rights_missing, database.roles_in_use
 */
export async function openExternal(config: Config, url: string, log: Log, patienceSeconds = 30): Promise<OpenServer> {
  const admin = settingsFromUrl(url);
  const patience = {
    seconds: patienceSeconds,
    onWait: (reason: string) => log.warn({ database: whereIs(admin), reason }, 'waiting for the database'),
  };
  return withPatientClient(admin, patience, async (client) => {
    const standing = await readStanding(client);
    refuseUnsuitable(standing, log);
    const roles = await chooseRoles(config, client, admin, standing, log);
    await checkApp(roles.app, roles.owner);
    const { version, isSuper } = standing;
    return { admin, adminIsSuper: isSuper, ...roles, version, isRunning: () => true, shutDown: async () => {}, trimLog: () => {} };
  });
}

function refuseUnsuitable(standing: Standing, log: Log): void {
  if (standing.version < 15)
    throw databaseUnsuitable(`服务器版本为 PostgreSQL ${standing.version}`, `The server is PostgreSQL ${standing.version}`);
  if (standing.encoding !== 'UTF8')
    throw databaseUnsuitable(`数据库编码为 ${standing.encoding}`, `The database's encoding is ${standing.encoding}`);
  if (standing.fsync !== 'on') log.warn('the database server runs with fsync off: a power cut would lose confirmed data');
}

type Pair = Pick<OpenServer, 'owner' | 'app'>;

async function chooseRoles(config: Config, client: pg.Client, admin: PgSettings, standing: Standing, log: Log): Promise<Pair> {
  if (config.appDatabaseUrl !== null) {
    requireSchemaRight(admin, standing);
    return { owner: admin, app: settingsFromUrl(config.appDatabaseUrl) };
  }
  if (standing.mayCreateRoles) return createRoles(config, client, admin, standing, log);
  return becomeRoles(admin, standing, log);
}

function requireSchemaRight(admin: PgSettings, standing: Standing): void {
  if (standing.mayCreateSchemas) return;
  throw rightsMissing(
    `账号 ${standing.self} 不能在库 ${admin.database} 中建立模式，无法升级表结构`,
    `The account ${standing.self} may not create schemas in the database ${admin.database}, so it cannot migrate`,
    [`grant create on database ${escapeIdentifier(admin.database)} to ${escapeIdentifier(standing.self)};`],
  );
}

async function createRoles(config: Config, client: pg.Client, admin: PgSettings, standing: Standing, log: Log): Promise<Pair> {
  const { passwords } = keepPasswords(config.dataDir, 'external');
  const as = (user: string, password: string): PgSettings => ({ ...admin, user, password });
  // Several hosts may start at once: one of them creates.
  await client.query("select pg_advisory_lock(hashtext('vigil roles'))");
  try {
    await ensureRole(client, as(ownerRole, passwords.owner), passwords.owner, ownerRole in standing.roles, log);
    await ensureRole(client, as(appRole, passwords.app), passwords.app, appRole in standing.roles, log);
    await grantDatabase(client, admin.database, standing);
  } catch (error) {
    if (codeOf(error) === '42501')
      throw rightsMissing(
        '当前账号不能建立或授权 Vigil 所需的角色',
        'The account may not create or grant the roles that Vigil needs',
        byHand(admin.database),
      );
    throw error;
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('vigil roles'))");
  }
  return { owner: as(ownerRole, passwords.owner), app: as(appRole, passwords.app) };
}

async function ensureRole(client: pg.Client, settings: PgSettings, password: string, exists: boolean, log: Log): Promise<void> {
  const role = escapeIdentifier(settings.user);
  if (!exists) {
    const found = await client.query('select from pg_roles where rolname = $1', [settings.user]);
    if (found.rowCount === 0) {
      await client.query(`create role ${role} login nosuperuser nocreaterole nocreatedb password ${escapeLiteral(password)}`);
      await client.query(`alter role ${role} set timezone = 'UTC'`);
      return;
    }
  }
  if (await mayLogIn(settings)) return;
  // A new password would cut off whoever works with the old one.
  const active = await client.query('select from pg_stat_activity where usename = $1 limit 1', [settings.user]);
  if (active.rowCount !== 0) throw rolesElsewhere(settings.user);
  log.warn({ role: settings.user }, 'the role exists with another password; a new one is set');
  await client.query(`alter role ${role} login password ${escapeLiteral(password)}`);
}

async function mayLogIn(settings: PgSettings): Promise<boolean> {
  try {
    await withClient(settings, (client) => client.query('select 1'));
    return true;
  } catch (error) {
    // 42501: right password, but CONNECT is not granted yet.
    if (codeOf(error) === '42501') return true;
    if (['28P01', '28000'].includes(codeOf(error))) return false;
    throw error;
  }
}

async function grantDatabase(client: pg.Client, database: string, standing: Standing): Promise<void> {
  const quoted = escapeIdentifier(database);
  await client.query(`grant connect, create, temporary on database ${quoted} to ${ownerRole}`);
  await client.query(`grant connect on database ${quoted} to ${appRole}`);
  const granted = await client.query<{ ok: boolean }>("select has_database_privilege($1, current_database(), 'CREATE') as ok", [ownerRole]);
  // Without the grant option PostgreSQL only warns; the driver does not show warnings.
  if (granted.rows[0]?.ok !== true)
    throw rightsMissing('当前账号不能授予建库内模式的权限', 'The account may not grant the right to create schemas', byHand(database));
  if (!standing.ownsDatabase) return;
  await client.query(`revoke temporary on database ${quoted} from public`);
  // In PostgreSQL 15 and later `public` belongs to the database's owner; CONNECT for others stays as the site's administrator set it.
  if (standing.isSuper || standing.ownsDatabase) await client.query('revoke all on schema public from public');
}

/** What a database administrator runs once, after which VIGIL_APP_DATABASE_URL and DATABASE_URL name the two accounts. */
function byHand(database: string): string[] {
  return [
    `create role ${ownerRole} login password '…';`,
    `create role ${appRole} login password '…';`,
    `grant connect, create, temporary on database ${escapeIdentifier(database)} to ${ownerRole};`,
    `grant connect on database ${escapeIdentifier(database)} to ${appRole};`,
    'revoke all on schema public from public;',
    `-- DATABASE_URL=postgresql://${ownerRole}:…  VIGIL_APP_DATABASE_URL=postgresql://${appRole}:…`,
  ];
}

function becomeRoles(admin: PgSettings, standing: Standing, log: Log): Pair {
  if (standing.roles[appRole] !== true) {
    throw rightsMissing(
      `账号 ${standing.self} 既不能建立角色，也不能切换为 ${appRole}`,
      `The account ${standing.self} may neither create roles nor become ${appRole}`,
      byHand(admin.database),
    );
  }
  const as = (role: string): PgSettings => ({ ...admin, options: `${admin.options ?? ''} -c role=${role}`.trim() });
  if (standing.roles[ownerRole] !== true) requireSchemaRight(admin, standing);
  log.warn('one account serves both roles by SET ROLE: two accounts (VIGIL_APP_DATABASE_URL) separate them better');
  return { owner: standing.roles[ownerRole] === true ? as(ownerRole) : admin, app: as(appRole) };
}

interface AppStanding {
  readonly self: string;
  readonly tooMuch: boolean;
  readonly isApp: boolean;
}

const appSql = `
  select current_user as self,
         me.rolsuper or me.rolbypassrls or has_database_privilege(current_database(), 'CREATE') as "tooMuch",
         exists (select from pg_roles where rolname = '${appRole}' and pg_has_role(oid, 'USAGE')) as "isApp"
    from pg_roles me where me.rolname = current_user`;

/** The guarantee "a forgotten filter shows nothing" rests on this account: it is checked at every start, not believed. */
async function checkApp(app: PgSettings, owner: PgSettings): Promise<void> {
  const [standing, ownerName] = await Promise.all([
    oneRow<AppStanding>(app, appSql),
    oneRow<{ self: string }>(owner, 'select current_user as self'),
  ]);
  if (standing.tooMuch || standing.self === ownerName.self) {
    throw rightsMissing(
      `应用账号 ${standing.self} 权限过大，行级安全对它不起作用`,
      `The application account ${standing.self} has too many rights; row-level security would not hold it`,
      [
        `alter role ${escapeIdentifier(standing.self)} nosuperuser nobypassrls;`,
        `revoke create on database ${escapeIdentifier(app.database)} from ${escapeIdentifier(standing.self)};`,
      ],
    );
  }
  if (standing.isApp) return;
  throw rightsMissing(
    `应用账号 ${standing.self} 不是角色 ${appRole} 的成员，表权限授予该角色`,
    `The application account ${standing.self} is not a member of ${appRole}, to which the tables are granted`,
    [`create role ${appRole} nologin;`, `grant ${appRole} to ${escapeIdentifier(standing.self)};`],
  );
}

async function oneRow<R extends pg.QueryResultRow>(settings: PgSettings, sql: string): Promise<R> {
  try {
    return await withClient(settings, async (client) => {
      const row = (await client.query<R>(sql)).rows[0];
      if (row === undefined) throw new Error('no answer from the database');
      return row;
    });
  } catch (error) {
    if (['28P01', '28000', '3D000', '42501'].includes(codeOf(error))) throw loginRefused(whereIs(settings), error);
    throw error;
  }
}
