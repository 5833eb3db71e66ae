import { makeRuntime } from '#kernel/server/app.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import { openDatabase } from '#kernel/server/pg/open-database.ts';
import { servers } from '../modules/server.ts';
import { auditVerify } from './audit.ts';
import { backup, restoreDrill, verifyBackup } from './backup.ts';
import type { Invocation } from './invocation.ts';
import { openMigrated } from './open.ts';
import { say } from './progress.ts';
import { restore } from './restore.ts';
import { seedCity } from './seed.ts';

export async function migrateCommand({ config, log }: Invocation): Promise<number> {
  const database = await openDatabase(config, log);
  try {
    const done = await migrate(database.owner, servers);
    say(
      done.length === 0 ? '数据库已是最新' : `已升级：${done.join('、')}`,
      done.length === 0 ? 'up to date' : `applied: ${done.join(', ')}`,
    );
    return 0;
  } finally {
    await database.stop();
  }
}

export async function seedCommand({ config, log }: Invocation): Promise<number> {
  const database = await openMigrated(config, log);
  try {
    await seedCity(database.owner, new Date());
    say('演示城市已写入', 'the demonstration city is written');
    return 0;
  } finally {
    await database.stop();
  }
}

export async function auditCommand({ config, log, args, flags }: Invocation): Promise<number> {
  const database = await openMigrated(config, log);
  const runtime = makeRuntime({ config, log, database: database.app, servers });
  try {
    return await auditVerify(runtime, [...args, ...(typeof flags.head === 'string' ? ['--head', flags.head] : [])]);
  } finally {
    await runtime.db.pool.end();
    await database.stop();
  }
}

const migrateTo = async (settings: Parameters<typeof migrate>[0]) => {
  await migrate(settings, servers);
};

export async function backupCommand({ config, args, flags }: Invocation): Promise<number> {
  const [first, second] = args;
  if (first === 'drill') return restoreDrill(config, migrateTo);
  if (first === 'verify' && second) return verifyBackup(config, second);
  if (!first) {
    say('请给出备份文件名', 'name the backup file');
    return 64;
  }
  return backup(config, first, flags['with-keys'] === true);
}

export async function restoreCommand({ config, args, flags }: Invocation): Promise<number> {
  const [file] = args;
  if (!file) {
    say('请给出备份文件名', 'name the backup file');
    return 64;
  }
  return restore(config, file, { force: flags.force === true, migrate: migrateTo });
}
