import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { PgSettings } from './connect.ts';
import { type Holder, joinHolders, livingHolders, lockFolder, underStartLock } from './data-folder-lock.ts';
import { folderInUse } from './database-fault.ts';
import { openEmbedded } from './embedded.ts';
import { openExternal } from './external.ts';
import { keepRunning } from './keep-running.ts';
import type { OpenServer } from './open-server.ts';
import { markOf } from './process-mark.ts';
import type { StartupFault } from './startup-fault.ts';

export interface Database {
  /** Migrates; owns every schema; not subject to row-level security. */
  readonly owner: PgSettings;
  /** Serves requests; subject to row-level security. */
  readonly app: PgSettings;
  readonly kind: 'embedded' | 'external';
  /** Major version of PostgreSQL, 15 or more. */
  readonly version: number;
  /** Resolves when the embedded server has died and cannot be started again; never otherwise. */
  readonly lost: Promise<StartupFault>;
  /** Leaves the data folder; the last process on it stops the embedded server. May be called twice. */
  readonly stop: () => Promise<void>;
}

export interface AdministeredDatabase extends Database, Pick<OpenServer, 'admin' | 'adminIsSuper'> {
  /** Other living processes on the data folder at the time of opening. */
  readonly others: readonly Holder[];
}

/**
 * Opens the database of this configuration: starts, adopts or attaches to the embedded server, or connects to DATABASE_URL. Several
 * processes may share a data folder when at most one of them has the role `all`.
 * @throws StartupFault with a text in both languages for everything an administrator can act on
 */
export async function openDatabase(config: Config, log: Log): Promise<Database> {
  const { owner, app, kind, version, lost, stop } = await openAdministered(config, log);
  return { owner, app, kind, version, lost, stop };
}

/** With the administrator's account as well: for backup, restore and drills. */
export async function openAdministered(config: Config, log: Log): Promise<AdministeredDatabase> {
  const folder = lockFolder(config.dataDir);
  return underStartLock(folder, config.role, async () => {
    const others = await livingHolders(folder);
    refuseConflict(config, others);
    const embedded = config.databaseUrl === null;
    let server = embedded
      ? await openEmbedded(config, log, others.length === 0)
      : await openExternal(config, config.databaseUrl ?? '', log);
    const leave = joinHolders(folder, config.role);
    const trim = setInterval(() => server.trimLog(), 60_000);
    trim.unref();
    const { admin, adminIsSuper, owner, app, version } = server;
    // Under the start lock: of several processes on the folder one starts the server again, the others find it running.
    const restart = () =>
      underStartLock(folder, config.role, async () => {
        server = await openAgain(config, log, admin);
      });
    const keeper = keepRunning({ isRunning: () => server.isRunning(), restart, log });
    const close = async () => {
      await keeper.stop();
      await closeDatabase(config, folder, leave, trim, server);
    };
    let stopping: Promise<void> | undefined;
    const stop = () => {
      stopping ??= close();
      return stopping;
    };
    return { admin, adminIsSuper, owner, app, version, kind: embedded ? 'embedded' : 'external', others, lost: keeper.lost, stop };
  });
}

/** Everything here goes on using the address it was given, so the server must come back there. */
async function openAgain(config: Config, log: Log, { host, port }: PgSettings): Promise<OpenServer> {
  const server = await openEmbedded(config, log, false, { host, port });
  if (server.admin.host !== host || server.admin.port !== port) throw new Error(`now at ${server.admin.host}:${server.admin.port}`);
  return server;
}

function refuseConflict(config: Config, others: readonly Holder[]): void {
  const here = markOf(process.pid);
  const conflict = others.find((other) => {
    if (config.role === 'all' && other.role === 'all') return true;
    // An embedded server runs on one machine: from another container or machine its files must not be touched.
    return config.databaseUrl === null && (other.host !== here.host || other.space !== here.space);
  });
  if (conflict !== undefined) throw folderInUse(config.dataDir, conflict);
}

async function closeDatabase(config: Config, folder: string, leave: () => void, trim: NodeJS.Timeout, server: OpenServer): Promise<void> {
  clearInterval(trim);
  await underStartLock(folder, config.role, async () => {
    leave();
    if ((await livingHolders(folder)).length === 0) await server.shutDown();
  });
}
