import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Account } from './account.ts';

/** The path by which the server's programs see their folder when they cannot reach it by its real one. */
export const doorPath = '/proc/self/fd/3';

/** The whole environment of the server's programs: nothing of ours, which holds secrets, and a locale that every machine has. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'C' };

/** A folder as the server's programs are to name it, and the handles they must be given (from number 3) for that name to work. */
export interface Door {
  readonly path: string;
  readonly handles: readonly number[];
  readonly close: () => void;
}

/**
 * As root the server runs as another user, who may not be able to reach the folder by its path (0700 above it). An open handle, passed on
 * as number 3, leads there all the same. (Its working folder would too, but PostgreSQL 15 leaves that one and cannot go back.)
 */
export function openDoor(folder: string, account: Account | undefined): Door {
  if (account === undefined || process.platform !== 'linux') return { path: folder, handles: [], close: () => undefined };
  const handle = openSync(folder, 'r');
  return { path: doorPath, handles: [handle], close: () => closeSync(handle) };
}

/** Runs one of the server's programs to its end as the server's user. Rejects when it cannot be started at all. */
export function runProgram(
  program: string,
  args: readonly string[],
  { door, account, input = '' }: { door: Door; account: Account | undefined; input?: string },
): Promise<{ status: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      stdio: ['pipe', 'ignore', 'pipe', ...door.handles],
      env: serverEnvironment,
      ...account,
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said = `${said}${chunk}`.slice(-64_000);
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, said }));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
