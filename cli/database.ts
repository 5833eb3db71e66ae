import { makeRuntime } from '#kernel/server/app.ts';
import type { Config } from '#kernel/server/config.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import type { Log } from '#kernel/server/log.ts';
import { type Database, openDatabase } from '#kernel/server/pg/open-database.ts';
import { servers } from '../modules/server.ts';
import { auditVerify } from './audit.ts';
import { backup, restoreDrill, verifyBackup } from './backup.ts';
import type { Invocation } from './invocation.ts';
import { openMigrated } from './open.ts';
import { bar, say } from './progress.ts';
import { restore } from './restore.ts';
import { scaleFor, seedScale } from './scale/scale.ts';
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

export async function seedCommand({ config, log, flags }: Invocation): Promise<number> {
  const database = await openMigrated(config, log);
  try {
    await seedCity(database.owner, new Date());
    say('演示城市已写入', 'the demonstration city is written');
    const objects = Number(flags.scale ?? 0);
    if (flags.scale !== undefined && !(Number.isInteger(objects) && objects >= 100 && objects <= 3_000_000)) {
      process.stderr.write('--scale: 100 … 3000000\n');
      return 64;
    }
    if (objects > 0) await seedScaleCommand(config, log, database, objects);
    return 0;
  } finally {
    await database.stop();
  }
}

async function seedScaleCommand(config: Config, log: Log, database: Database, objects: number): Promise<void> {
  const scale = scaleFor(objects);
  const shown = bar();
  const { rows, seconds } = await seedScale(config, log, database, scale, new Date(), shown.show);
  shown.end();
  const figures = `${scale.sites} / ${scale.hazards} / ${scale.people}`;
  const speed = Math.round(rows / seconds);
  say(`已写入对象/隐患/人员 ${figures}，${rows} 行，每秒 ${speed} 行`, `objects/hazards/people ${figures}: ${rows} rows, ${speed} rows/s`);
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
