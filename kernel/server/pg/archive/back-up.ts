import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { createLog, type Log } from '../../log.ts';
import { withClient } from '../connect.ts';
import { type AdministeredDatabase, openAdministered } from '../open-database.ts';
import { roleOf } from './catalog.ts';
import type { Manifest, Progress } from './manifest.ts';
import { verifyArchive } from './read-archive.ts';
import { type ArchiveSource, writeArchive } from './write-archive.ts';

export interface ArchiveOptions {
  readonly log?: Log;
  readonly onProgress?: Progress;
}

export interface ArchiveReport {
  readonly file: string;
  readonly bytes: number;
  readonly createdAt: string;
  readonly tables: readonly { name: string; rows: number; sha256: string }[];
  readonly rows: number;
  readonly files: number;
  readonly seconds: number;
}

export function reportOn(file: string, manifest: Manifest, startedAt: number): ArchiveReport {
  return {
    file,
    bytes: statSync(file).size,
    createdAt: manifest.createdAt,
    tables: manifest.tables.map(({ schema, name, rows, sha256 }) => ({ name: `${schema}.${name}`, rows, sha256 })),
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: manifest.files.length,
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
 * @throws StartupFault backup.file_exists, disk.full and those of openDatabase
 */
export async function makeBackup(config: Config, file: string, options: ArchiveOptions = {}): Promise<ArchiveReport> {
  const startedAt = performance.now();
  const database = await openAdministered({ ...config, role: 'tool' }, options.log ?? createLog(config));
  try {
    const owner = await withClient(database.owner, roleOf);
    const source = { reader: archivist(database), owner, filesDir: filesDir(config), at: new Date() };
    const manifest = await writeArchive(source, resolve(file), options.onProgress ?? (() => undefined));
    return reportOn(resolve(file), manifest, startedAt);
  } finally {
    await database.stop();
  }
}

/** Reads everything and compares it with the manifest; needs no database. @throws StartupFault backup.damaged */
export async function checkBackup(file: string, onProgress: Progress = () => undefined): Promise<ArchiveReport> {
  const startedAt = performance.now();
  const manifest = await verifyArchive(resolve(file), onProgress);
  return reportOn(resolve(file), manifest, startedAt);
}
