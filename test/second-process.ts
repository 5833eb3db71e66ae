import { spawn } from 'node:child_process';
import type { PgSettings } from '#kernel/server/pg/connect.ts';

/** Another process of role `web` on the same database: another machine behind the same address, in small. */
export type SecondProcess = { url: string; stop: () => Promise<void> };

const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

const code = `
  import { startApp } from ${at('../kernel/server/app.ts')};
  import { makeAuthenticate } from ${at('../kernel/server/auth/server.ts')};
  import { readConfig } from ${at('../kernel/server/config.ts')};
  import { createLog } from ${at('../kernel/server/log.ts')};
  import { servers } from ${at('../modules/server.ts')};
  const { database, dataDir } = JSON.parse(process.env.SECOND);
  const config = readConfig({ VIGIL_PORT: '0', VIGIL_DEMO: '1', VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'error' }, { role: 'web' });
  const app = await startApp({ config, log: createLog(config), database, servers, authenticate: makeAuthenticate, rateLimit: false });
  console.log(app.url);
  process.on('SIGTERM', async () => { await app.stop(); process.exit(0); });
`;

export async function startSecondProcess(database: PgSettings, dataDir: string): Promise<SecondProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, SECOND: JSON.stringify({ database, dataDir }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const said = /^http\S+$/m.exec(String(chunk))?.[0];
      if (said) resolve(said);
    });
    child.once('exit', (status) => reject(new Error(`the second process ended with ${status}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
