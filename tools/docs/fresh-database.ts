import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '#kernel/server/config.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import type { ModuleServer } from '#kernel/server/implement.ts';
import { createLog } from '#kernel/server/log.ts';
import { openDatabase } from '#kernel/server/pg/open-database.ts';

/** A new embedded database with every migration applied, for as long as `use` runs; nothing of it stays. */
export async function withFreshDatabase<T>(servers: readonly ModuleServer[], use: (client: pg.Client) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vigil-docs-'));
  try {
    const config = readConfig({ VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'error', VIGIL_ROLE: 'tool' });
    const database = await openDatabase(config, createLog(config));
    try {
      await migrate(database.owner, servers);
      const client = new pg.Client(database.owner);
      await client.connect();
      return await use(client).finally(() => client.end());
    } finally {
      await database.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
