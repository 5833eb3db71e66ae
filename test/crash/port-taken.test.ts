import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postmasterOf } from './peek.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const holder = createServer();
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vigil-port-'));
  await new Promise<void>((resolve) => {
    holder.listen(0, '127.0.0.1', () => resolve());
  });
});

afterAll(async () => {
  holder.close();
  await rm(dataDir, { recursive: true, force: true });
});

it('says once and plainly that its port is taken, and leaves nothing running', { timeout: 120_000 }, async () => {
  const { port } = holder.address() as AddressInfo;
  const child = spawn(process.execPath, [main, 'serve', '--role=worker'], {
    env: {
      ...process.env,
      VIGIL_PORT: String(port),
      VIGIL_HOST: '127.0.0.1',
      VIGIL_DATA: dataDir,
      VIGIL_LOG_LEVEL: 'info',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(69);
  expect(errors).toContain(`端口 ${port} 已被占用`);
  expect(errors.match(/Port \d+ is taken/g)).toHaveLength(1);
  expect(said + errors).not.toMatch(/chore|reader|"level":(50|60)|\bat .*\.ts:\d+/);
  expect(await postmasterOf(dataDir)).toBe(0);
});
