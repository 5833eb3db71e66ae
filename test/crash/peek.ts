import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '#kernel/server/config.ts';
import { createLog } from '#kernel/server/log.ts';
import type { PgSettings } from '#kernel/server/pg/connect.ts';
import { openDatabase } from '#kernel/server/pg/open-database.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));

export async function postmasterOf(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0] ?? 0);
}

/** The owner's connection and the process of the database under a running server: attached to, looked at, left alone. */
export async function peek(dataDir: string): Promise<{ owner: PgSettings; postmaster: number }> {
  const config = readConfig({ VIGIL_DATA: dataDir, VIGIL_ROLE: 'tool', VIGIL_LOG_LEVEL: 'fatal' });
  const database = await openDatabase(config, createLog(config));
  await database.stop();
  return { owner: database.owner, postmaster: await postmasterOf(dataDir) };
}

/** The exit code of `vigil audit verify` on a data folder that nobody runs. */
export function verifyLedger(dataDir: string): number {
  const done = spawnSync(process.execPath, [main, 'audit', 'verify'], {
    env: { ...process.env, VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'fatal' },
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (done.status !== 0) process.stderr.write(done.stdout + done.stderr);
  return done.status ?? -1;
}
