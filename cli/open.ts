import type { Config } from '#kernel/server/config.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import type { Log } from '#kernel/server/log.ts';
import { type Database, openDatabase } from '#kernel/server/pg/open-database.ts';
import { servers } from '../modules/server.ts';
import { step } from './progress.ts';

/** The database at the schema of this code. */
export async function openMigrated(config: Config, log: Log): Promise<Database> {
  const database = await step('启动数据库', 'starting the database', () => openDatabase(config, log));
  try {
    await step('升级数据库结构', 'migrating', () => migrate(database.owner, servers));
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
