import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ProcessRole } from '../config.ts';
import { folderInUse } from './database-fault.ts';
import { markOf, stateOf } from './process-mark.ts';
import { asFileFault, codeOf } from './startup-fault.ts';

const holderShape = z.object({
  pid: z.number(),
  start: z.string(),
  host: z.string(),
  boot: z.string(),
  space: z.string(),
  role: z.enum(['all', 'web', 'worker', 'ingest', 'tool']),
  since: z.string(),
});

/** One living process on the data folder, as written in `vigil.lock/`. */
export type Holder = z.infer<typeof holderShape>;

const beatMillis = 2_000;
const silenceMillis = 6_000;
const waitMillis = 120_000;

function readHolder(file: string): Holder | undefined {
  try {
    const read = holderShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function beatOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** A holder in another container or on another machine lives as long as it touches its file (clocks may differ, so only change counts). */
async function livesElsewhere(file: string): Promise<boolean> {
  const before = beatOf(file);
  // Older than a minute: no clock is that wrong within one site, no need to watch.
  if (Date.now() - before > 60_000) return false;
  const until = performance.now() + silenceMillis;
  while (performance.now() < until) {
    await sleep(200);
    if (beatOf(file) !== before) return beatOf(file) !== 0;
  }
  return false;
}

async function isLiving(file: string, holder: Holder): Promise<boolean> {
  const state = stateOf(holder);
  return state === 'foreign' ? livesElsewhere(file) : state === 'alive';
}

/** Keeps touching the file so that other machines see that its process lives; gives the function that removes it. */
function beat(file: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Removed from outside, or the disk went away: the next start finds out; a lock must not stop a running service.
    }
  }, beatMillis);
  timer.unref();
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}

function writeOwn(file: string, role: ProcessRole): void {
  const own: Holder = { ...markOf(process.pid), role, since: new Date().toISOString() };
  writeFileSync(file, JSON.stringify(own), { mode: 0o600 });
}

/** Makes `vigil.lock/` in the data folder. @throws StartupFault data.not_writable, disk.full */
export function lockFolder(dataDir: string): string {
  const folder = join(dataDir, 'vigil.lock');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = join(folder, `probe-${randomUUID()}`);
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    throw asFileFault(error, dataDir) ?? error;
  }
  return folder;
}

/** All living holders; entries of dead processes are removed. Call it while holding the start lock. */
export async function livingHolders(folder: string): Promise<Holder[]> {
  const living: Holder[] = [];
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
    const file = join(folder, name);
    const holder = readHolder(file);
    if (holder !== undefined && (await isLiving(file, holder))) living.push(holder);
    else rmSync(file, { force: true });
  }
  return living;
}

/** Enters this process among the holders; gives the function that takes it out again. */
export function joinHolders(folder: string, role: ProcessRole): () => void {
  const file = join(folder, `${role}-${process.pid}-${randomUUID().slice(0, 8)}.json`);
  writeOwn(file, role);
  return beat(file);
}

function dropStale(lock: string, stale: Holder | undefined): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
    // Between looking and moving, another process may have taken the lock over: then it gets it back.
    const moved = readHolder(aside);
    if (moved !== undefined && (moved.pid !== stale?.pid || moved.since !== stale.since)) linkSync(aside, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function tryTake(lock: string, role: ProcessRole): boolean {
  const candidate = `${lock}.${randomUUID()}`;
  writeOwn(candidate, role);
  try {
    linkSync(candidate, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(candidate, { force: true });
  }
}

/** Runs starting and stopping one process at a time, so that two starts at once do not both initialise the database. */
export async function underStartLock<T>(folder: string, role: ProcessRole, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'start');
  const until = performance.now() + waitMillis;
  while (!tryTake(lock, role)) {
    const other = readHolder(lock);
    if (other === undefined || !(await isLiving(lock, other))) dropStale(lock, other);
    else if (performance.now() > until) throw folderInUse(folder, other);
    else await sleep(50);
  }
  const release = beat(lock);
  try {
    return await work();
  } finally {
    release();
  }
}
