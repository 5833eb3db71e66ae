import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Config } from '../../config.ts';
import { createLog } from '../../log.ts';
import { type PgSettings, withClient } from '../connect.ts';
import { rightsMissing } from '../database-fault.ts';
import { type AdministeredDatabase, openAdministered } from '../open-database.ts';
import { appRole } from '../roles.ts';
import { codeOf } from '../startup-fault.ts';
import { notEmpty, stillInUse } from './archive-fault.ts';
import { type ArchiveOptions, type ArchiveReport, archivist, filesDir, reportOn } from './back-up.ts';
import { holdsData, roleOf } from './catalog.ts';
import { openKeys, putKeys } from './keys.ts';
import { loadArchive } from './load-archive.ts';
import { verifyArchive } from './read-archive.ts';
import { writeArchive } from './write-archive.ts';

export interface RestoreOptions extends ArchiveOptions {
  /** Brings a database to the schema of this code, as its owner. */
  readonly migrate: (owner: PgSettings) => Promise<unknown>;
}

const drillDatabase = 'vigil_drill';

/**
 * Verifies the backup, migrates the database, then replaces all rows in one transaction and compares every
 * table with the backup before committing.
 * @param options.force replace data that is there
 * @throws StartupFault backup.damaged, backup.passphrase, backup.other_version, restore.not_empty, restore.in_use, restore.differs and those of openDatabase
 */
export async function restoreBackup(
  config: Config,
  file: string,
  options: RestoreOptions & { readonly force?: boolean },
): Promise<ArchiveReport> {
  const startedAt = performance.now();
  const progress = options.onProgress ?? (() => undefined);
  const manifest = await verifyArchive(resolve(file), progress);
  const { backupPassphrase } = config;
  // Opened before anything is touched: a wrong passphrase must not be found out halfway.
  const keys = manifest.keys !== undefined && backupPassphrase !== null ? openKeys(manifest.keys, backupPassphrase) : undefined;
  // The role `all` keeps a complete instance from starting while rows are replaced.
  const database = await openAdministered({ ...config, role: 'all' }, options.log ?? createLog(config));
  try {
    const owner = await withClient(database.owner, roleOf);
    await refuseUnlessFree(database);
    const isFull = await withClient(archivist(database), (client) => holdsData(client, owner));
    if (isFull && options.force !== true) throw notEmpty(database.owner.database);
    await options.migrate(database.owner);
    await loadArchive({ loader: archivist(database), owner, filesDir: filesDir(config) }, resolve(file), manifest, progress);
    if (keys !== undefined) putKeys(config.dataDir, keys, new Date());
    return reportOn(resolve(file), manifest, startedAt, keys !== undefined);
  } finally {
    await database.stop();
  }
}

async function refuseUnlessFree(database: AdministeredDatabase): Promise<void> {
  const [other] = database.others;
  if (other !== undefined) throw stillInUse(`pid ${other.pid}, --role=${other.role}`);
  const sessions = await withClient(archivist(database), (client) =>
    client.query<{ pid: number; usename: string; application_name: string }>(
      "select pid, usename, application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and application_name <> 'vigil setup'",
    ),
  );
  const [session] = sessions.rows;
  if (session !== undefined) throw stillInUse(`${session.usename} ${session.application_name}, pid ${session.pid}`);
}

/**
 * Makes a backup, restores it into a scratch database beside the real one, compares every table, and removes both.
 * The real database is only read. A backup counts (GB/T 22239-2019, 8.1.4.9: backup and restore of important data) when its restore was tried.
 */
export async function drillRestore(config: Config, options: RestoreOptions): Promise<ArchiveReport> {
  const startedAt = performance.now();
  const progress = options.onProgress ?? (() => undefined);
  const database = await openAdministered({ ...config, role: 'tool' }, options.log ?? createLog(config));
  const file = join(config.dataDir, `drill-${process.pid}.tar.gz`);
  try {
    const owner = await withClient(database.owner, roleOf);
    await writeArchive({ reader: archivist(database), owner, filesDir: filesDir(config), at: new Date() }, file, progress);
    const manifest = await verifyArchive(file, progress);
    await createScratch(database, owner);
    await options.migrate({ ...database.owner, database: drillDatabase });
    await loadArchive({ loader: { ...archivist(database), database: drillDatabase }, owner, filesDir: null }, file, manifest, progress);
    return reportOn(file, manifest, startedAt);
  } finally {
    rmSync(file, { force: true });
    await dropScratch(database);
    await database.stop();
  }
}

async function createScratch(database: AdministeredDatabase, owner: string): Promise<void> {
  await dropScratch(database);
  const role = pg.escapeIdentifier(owner);
  try {
    await withClient(database.admin, async (client) => {
      await client.query(`create database ${drillDatabase} owner ${role} template template0 encoding 'UTF8'`);
      await client.query(`revoke all on database ${drillDatabase} from public`);
      await client.query(`grant connect on database ${drillDatabase} to ${appRole}`);
    });
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    const self = pg.escapeIdentifier(database.admin.user);
    throw rightsMissing('恢复演练需要建立临时数据库', 'A restore drill needs a scratch database', [
      `alter role ${self} createdb;`,
      `grant ${role} to ${self};`,
    ]);
  }
}

async function dropScratch(database: AdministeredDatabase): Promise<void> {
  await withClient(database.admin, (client) => client.query(`drop database if exists ${drillDatabase} with (force)`));
}
