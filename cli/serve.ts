import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { learnHolidays } from '#kernel/calendar.ts';
import { type App, startApp } from '#kernel/server/app.ts';
import { ensureFirstAccount } from '#kernel/server/auth/first-account.ts';
import { makeAuthenticate } from '#kernel/server/auth/server.ts';
import type { Config } from '#kernel/server/config.ts';
import { readHolidays } from '#kernel/server/holidays.ts';
import type { Database } from '#kernel/server/pg/open-database.ts';
import { demoAccounts } from '#modules/org/fixture.ts';
import { ensureFirstAdministrator } from '#modules/org/server/seed.ts';
import { servers } from '../modules/server.ts';
import type { Invocation } from './invocation.ts';
import { openMigrated } from './open.ts';
import { say, step } from './progress.ts';
import { demoPassword, isEmpty, seedCity, seedHistory, seedStructure } from './seed.ts';

/** Runs until a signal ends it. @returns the exit code */
export async function serve({ config, log }: Invocation): Promise<number> {
  const begun = performance.now();
  const serves = config.role === 'all' || config.role === 'web';
  learnHolidays(readHolidays(config.dataDir));
  if (serves) await step('构建网页', 'building the web app', buildWebApart);
  const database = await openMigrated(config, log);
  let app: App | undefined;
  try {
    const fresh = await isEmpty(database.owner);
    if (fresh) await firstData(config, database);
    if (fresh && config.demo) await step('写入演示隐患', 'writing demonstration hazards', () => seedHistory(config, log, database));
    app = await startApp({ config, log, database: database.app, servers, authenticate: makeAuthenticate });
    if (!config.demo && config.role === 'all') await firstAdministrator(app, database);
    announce(config, app, performance.now() - begun);
    const lost = await Promise.race([untilSignal(), database.lost]);
    if (lost) throw lost;
    return 0;
  } finally {
    await app?.stop();
    await database.stop();
  }
}

/** In a process of its own: the bundler needs most of a gigabyte, which the server would keep for as long as it runs. */
function buildWebApart(): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../tools/build.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the web app could not be built (exit ${code})`))));
  });
}

function firstData(config: Config, database: Database): Promise<void> {
  return config.demo
    ? step('写入演示城市', 'seeding the demonstration city', () => seedCity(database.owner, new Date()))
    : step('写入济南市行政区划与机构', 'seeding divisions and units', () => seedStructure(database.owner));
}

/** Without demo data the first start makes one administrator, who must change the one-time password at once. */
async function firstAdministrator(app: App, database: Database): Promise<void> {
  const person = await ensureFirstAdministrator(database.owner);
  const password = await ensureFirstAccount(app.runtime, person, 'admin');
  if (password === null) return;
  say(
    `首个管理员账号：admin，一次性口令：${password}（首次登录须修改，此后不再显示）`,
    `first administrator: admin, one-time password: ${password} (shown once)`,
  );
}

function announce(config: Config, app: App, ms: number): void {
  if (config.role === 'worker' || config.role === 'ingest') {
    say(`守夜人后台进程（${config.role}）已就绪：${app.url}/healthz`, `Vigil ${config.role} is ready`);
    return;
  }
  say(`\n守夜人已就绪：${app.url}（${(ms / 1000).toFixed(1)} 秒）`, `Vigil is ready: ${app.url} (${(ms / 1000).toFixed(1)} s)`);
  if (!config.demo) return;
  const local = config.host === '127.0.0.1' || config.host === '::1' || config.host === 'localhost';
  say(
    local ? '演示模式：仅本机可访问' : `注意：演示模式正在 ${config.host} 上监听，演示口令是公开的`,
    local ? 'demonstration: this machine only' : 'WARNING: demonstration passwords are public',
  );
  say(`演示账号（口令均为 ${demoPassword}）`, `demonstration accounts (password ${demoPassword})`);
  for (const account of demoAccounts) process.stdout.write(`  ${account.login.padEnd(14)} ${account.name} ${account.title}\n`);
}

/** Ctrl-C reaches the process group and is forwarded as well: a second signal within a second is the same one. */
function untilSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    let first = 0;
    const end = (signal: string) => {
      const now = performance.now();
      if (first === 0) {
        first = now;
        say(`\n正在停止（${signal}）`, 'stopping');
        resolve(undefined);
      } else if (now - first > 1000) process.exit(130);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  });
}
