import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, waitReady } from '../test/crash/wait.ts';
import { median, print } from './figure.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

type Started = { ms: number; rssMb: number };

/** One whole start in its own process, until /readyz says yes; memory after ten idle seconds when asked for. */
async function start(dataDir: string, idle: boolean): Promise<Started> {
  const port = await freePort();
  const child = spawn(process.execPath, [main, 'serve', '--demo'], {
    env: { ...process.env, VIGIL_PORT: String(port), VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'error' },
    stdio: 'ignore',
  });
  try {
    const ms = await waitReady(`http://127.0.0.1:${port}`, child, 120_000);
    if (idle) await new Promise((resolve) => setTimeout(resolve, 10_000));
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const rss = Number(/^vigil_process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? Number.NaN);
    return { ms, rssMb: rss / 1_048_576 };
  } finally {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

/** First start (database made, migrated, seeded), later starts, and the memory of the idle server. */
export async function benchStart(): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigil-start-'));
  try {
    const first = await start(dataDir, false);
    const later = [await start(dataDir, false), await start(dataDir, false), await start(dataDir, true)];
    const laterMs = median(later.map((one) => one.ms));
    const rss = later[2]?.rssMb ?? Number.NaN;
    const figures = [
      { figure: 'first start to ready', value: Number((first.ms / 1000).toFixed(2)), unit: 's', target: '< 20', pass: first.ms < 20_000 },
      { figure: 'later start to ready', value: Number((laterMs / 1000).toFixed(2)), unit: 's', target: '< 5', pass: laterMs < 5000 },
      { figure: 'memory of the idle server (Node process)', value: Math.round(rss), unit: 'MB', target: '<= 350', pass: rss <= 350 },
    ];
    for (const figure of figures) print({ bench: 'start', ...figure });
    return figures.every((figure) => figure.pass);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
