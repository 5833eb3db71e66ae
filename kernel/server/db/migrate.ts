import { readdir, readFile } from 'node:fs/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import type { ModuleServer } from '../implement.ts';
import { databaseTooNew } from '../pg/startup-fault.ts';
import { createGenerated } from './generated.ts';
import type { PgSettings } from './pool.ts';

const kernelMigrations = new URL('../migrations/', import.meta.url);

/** All migrations by name. Names start with a time stamp, so that they sort over all modules. */
async function readMigrations(servers: readonly ModuleServer[]): Promise<Record<string, Migration>> {
  const found: [string, Migration][] = [];
  for (const folder of [kernelMigrations, ...servers.flatMap((server) => (server.migrations ? [server.migrations] : []))]) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql'))) {
      const text = await readFile(new URL(file, folder), 'utf8');
      const name = file.slice(0, -'.sql'.length);
      if (found.some(([other]) => other === name)) throw new Error(`two migrations are called ${name}`);
      found.push([
        name,
        {
          up: (db) =>
            sql
              .raw(text)
              .execute(db)
              .then(() => undefined),
        },
      ]);
    }
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Brings the schema up to the code, as the owner role; then regenerates what the declarations imply (state constraints,
 * the view over all matters). Several processes at once: one does it, the others wait. All or nothing per migration run.
 * @returns the names of the migrations applied now
 * @throws StartupFault when the database was made by newer code
 */
export async function migrate(settings: PgSettings, servers: readonly ModuleServer[]): Promise<string[]> {
  const pool = new pg.Pool({ ...settings, max: 2, application_name: 'vigil migrate' });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`create schema if not exists migration`.execute(db);
    const migrations = await readMigrations(servers);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: 'migration',
      // Modules grow side by side: a module's older-named file may arrive after another's newer one.
      allowUnorderedMigrations: true,
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw tooNew(error) ?? error;
    await createGenerated(db, servers);
    return (results ?? []).filter((one) => one.status === 'Success').map((one) => one.migrationName);
  } finally {
    await db.destroy();
  }
}

function tooNew(error: unknown): Error | undefined {
  const said = error instanceof Error ? error.message : '';
  return said.includes('is missing') && said.includes('corrupted migrations') ? databaseTooNew() : undefined;
}
