import { readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, isAlive } from './process-mark.ts';

/** What PostgreSQL writes into postmaster.pid, line by line (its `miscinit.h`). */
export interface PostmasterFile {
  readonly pid: number;
  readonly dataDir: string;
  readonly port: number;
  /** Empty when it listens on TCP only. */
  readonly socketDir: string;
  /** System V shared memory id, as `ipcs -m` shows it; undefined while starting and on Windows. */
  readonly sharedMemory: number | undefined;
  readonly ready: boolean;
}

export function readPostmasterFile(clusterDir: string): PostmasterFile | undefined {
  try {
    const [pid = '', dataDir = '', , port = '', socketDir = '', , memory = '', status = ''] = readFileSync(
      join(clusterDir, 'postmaster.pid'),
      'utf8',
    ).split('\n');
    const segment = Number.parseInt(memory.trim().split(/\s+/)[1] ?? '', 10);
    const sharedMemory = Number.isNaN(segment) ? undefined : segment;
    const read = { pid: Number(pid), dataDir, port: Number(port), socketDir, sharedMemory, ready: status.trim() === 'ready' };
    return Number.isInteger(read.pid) && read.pid > 0 ? read : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A setting put on the server's command line that names this very folder. /proc/PID/cwd would say the same, but a container's root may not
 * read it of another user's process (no CAP_SYS_PTRACE); the command line everybody may read.
 */
export function folderMark(clusterDir: string): string {
  const { dev, ino } = statSync(clusterDir, { bigint: true });
  return `vigil.folder=${dev}-${ino}`;
}

/** `ours`: this folder's server, started by Vigil · `other`: started by somebody else · `none`: not running (the file is a leftover). */
export function whoRuns(clusterDir: string): { state: 'ours' | 'other'; pid: number; file: PostmasterFile } | { state: 'none' } {
  const file = readPostmasterFile(clusterDir);
  if (file === undefined || !isAlive(file.pid)) return { state: 'none' };
  const command = commandLine(file.pid);
  if (command.includes(folderMark(clusterDir))) return { state: 'ours', pid: file.pid, file };
  if (process.platform === 'win32') return { state: 'ours', pid: file.pid, file };
  return worksIn(file.pid, clusterDir) || command.includes(clusterDir) ? { state: 'other', pid: file.pid, file } : { state: 'none' };
}

function worksIn(pid: number, clusterDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterDir);
  } catch {
    return false;
  }
}

/**
 * Removes a leftover postmaster.pid that PostgreSQL itself would take for a living server: its pid is now another process of the same user
 * (after a reboot), or a zombie that nobody collects (a container whose first process is no init). Call only when `whoRuns` says none.
 * The file stays while the dead server's children still hold its shared memory, because then a second server would damage the data.
 */
export async function clearLeftover(clusterDir: string): Promise<void> {
  const file = readPostmasterFile(clusterDir);
  if (process.platform !== 'linux' || file === undefined || !pidExists(file.pid)) return;
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (!isAttached(file)) {
      for (const name of ['postmaster.pid', `.s.PGSQL.${file.port}.lock`]) rmSync(join(clusterDir, name), { force: true });
      return;
    }
    await sleep(50);
  }
}

function pidExists(pid: number): boolean {
  try {
    return statSync(`/proc/${pid}`) !== undefined;
  } catch {
    return false;
  }
}

/** Whether any process holds the segment that this very postmaster made: /proc/sysvipc/shm has key, shmid, perms, size, cpid, lpid, nattch. */
function isAttached(file: PostmasterFile): boolean {
  const lines = readFileSync('/proc/sysvipc/shm', 'utf8').split('\n').slice(1);
  return lines.some((line) => {
    const [, shmid, , , creator, , attached] = line.trim().split(/\s+/).map(Number);
    return shmid === file.sharedMemory && creator === file.pid && (attached ?? 0) > 0;
  });
}
