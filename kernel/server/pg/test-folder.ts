import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { createLog, type Log } from '../log.ts';
import { reach, stopPostmaster } from './postmaster.ts';
import { whoRuns } from './postmaster-file.ts';

/** For tests: a data folder of its own in the temporary folder, removed with the server that may still run in it. */
export function temporaryFolder(name: string): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), `vigil-test-${name}-`));
  return { path, remove: () => removeData(path) };
}

async function removeData(path: string): Promise<void> {
  const clusterDir = join(path, 'postgres', 'data');
  const running = whoRunsIn(clusterDir);
  if (running !== undefined) {
    const place = { clusterDir, logFile: join(path, 'log', 'postgres.log'), account: undefined };
    await stopPostmaster(place, undefined, reach(place, running));
  }
  rmSync(path, { recursive: true, force: true });
}

function whoRunsIn(clusterDir: string) {
  const running = whoRuns(clusterDir);
  return running.state === 'none' ? undefined : running.file;
}

export function testConfig(dataDir: string, env: Record<string, string> = {}): Config {
  return readConfig({ VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'silent', ...env });
}

export function testLog(dataDir: string): Log {
  return createLog(testConfig(dataDir));
}

export interface RunningProcess {
  readonly child: ChildProcess;
  /** Resolves with the first line the process prints. */
  readonly firstLine: Promise<string>;
  readonly exit: Promise<number | null>;
  readonly errors: () => string;
}

/** Runs a piece of module code in its own Node process, as another user if asked; `open(role)` opens the data folder there. */
export function runProcess(dataDir: string, code: string, options: { uid?: number; gid?: number } = {}): RunningProcess {
  const prelude = `
    import { readConfig } from ${JSON.stringify(new URL('../config.ts', import.meta.url).href)};
    import { createLog } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)};
    import { openDatabase } from ${JSON.stringify(new URL('./open-database.ts', import.meta.url).href)};
    const open = (role) => {
      const config = readConfig({ VIGIL_DATA: ${JSON.stringify(dataDir)}, VIGIL_LOG_LEVEL: 'silent' }, { role });
      return openDatabase(config, createLog(config));
    };
    process.on('uncaughtException', (e) => { console.error(e.code, e.zh ?? e.stack); process.exit(e.exitCode ?? 1); });
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${prelude}\n${code}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...options,
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).split('\n')[0] ?? ''));
    child.once('exit', () => reject(new Error(`ended without a word: ${errors}`)));
  });
  firstLine.catch(() => undefined);
  return { child, firstLine, exit, errors: () => errors };
}
