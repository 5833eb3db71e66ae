import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { createLog, type Log } from '../../log.ts';
import { withClient } from '../connect.ts';
import { type AdministeredDatabase, openAdministered } from '../open-database.ts';
import { roleOf } from './catalog.ts';
import { openKeys, sealKeysOf } from './keys.ts';
import type { Manifest, Progress } from './manifest.ts';
import { verifyArchive } from './read-archive.ts';
import { type ArchiveSource, writeArchive } from './write-archive.ts';

export interface ArchiveOptions {
  readonly log?: Log;
  readonly onProgress?: Progress;
  /** Seal the key files into the backup, under VIGIL_BACKUP_PASSPHRASE. */
  readonly withKeys?: boolean;
}

export interface ArchiveReport {
  readonly file: string;
  readonly bytes: number;
  readonly createdAt: string;
  readonly tables: readonly { name: string; rows: number; sha256: string }[];
  readonly rows: number;
  readonly files: number;
  /** Whether the key files are in it: `restored` when a restore put them back, `sealed` when they were left in the box. */
  readonly keys: 'none' | 'sealed' | 'restored';
  readonly seconds: number;
}

export function reportOn(file: string, manifest: Manifest, startedAt: number, restored = false): ArchiveReport {
  return {
    file,
    bytes: statSync(file).size,
    createdAt: manifest.createdAt,
    tables: manifest.tables.map(({ schema, name, rows, sha256 }) => ({ name: `${schema}.${name}`, rows, sha256 })),
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: manifest.files.length,
    keys: manifest.keys === undefined ? 'none' : restored ? 'restored' : 'sealed',
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  };
}

/** Stored files of this configuration: photos and documents by the hash of their content. */
export function filesDir(config: Config): string {
  return join(config.dataDir, 'files');
}

/** Who reads or writes the rows: a superuser where there is one (row-level security does not hold it), else the owner of the tables. */
export function archivist(database: AdministeredDatabase): ArchiveSource['reader'] {
  return database.adminIsSuper ? database.admin : database.owner;
}

/**
 * All tables in one snapshot and the stored files, in one tar.gz that any tar opens. Runs beside a serving Vigil, or
 * starts the database for its own time.
 * @throws StartupFault backup.file_exists, backup.no_passphrase, disk.full and those of openDatabase
 */
export async function makeBackup(config: Config, file: string, options: ArchiveOptions = {}): Promise<ArchiveReport> {
  const startedAt = performance.now();
  const keys = options.withKeys ? sealKeysOf(config.dataDir, config.backupPassphrase) : undefined;
  const database = await openAdministered({ ...config, role: 'tool' }, options.log ?? createLog(config));
  try {
    const owner = await withClient(database.owner, roleOf);
    const source = { reader: archivist(database), owner, filesDir: filesDir(config), keys, at: new Date() };
    const manifest = await writeArchive(source, resolve(file), options.onProgress ?? (() => undefined));
    return reportOn(resolve(file), manifest, startedAt);
  } finally {
    await database.stop();
  }
}

/**
 * Reads everything and compares it with the manifest; needs no database. With a passphrase the sealed keys are opened too.
 * @throws StartupFault backup.damaged, backup.passphrase
 */
export async function checkBackup(
  file: string,
  onProgress: Progress = () => undefined,
  passphrase: string | null = null,
): Promise<ArchiveReport> {
  const startedAt = performance.now();
  const manifest = await verifyArchive(resolve(file), onProgress);
  if (manifest.keys !== undefined && passphrase !== null) openKeys(manifest.keys, passphrase);
  return reportOn(resolve(file), manifest, startedAt);
}
