import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A temporary folder for everything the steps make, so that nothing outlives the check, not even what a killed test left. */
export function makeWorkplace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-check-'));
  // Servers that drop root's rights must be able to walk through it.
  chmodSync(folder, 0o755);
  return folder;
}

function markFiles(folder: string, depth: number): string[] {
  if (depth === 0) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return markFiles(join(folder, entry.name), depth - 1);
    return entry.name === 'postmaster.pid' ? [join(folder, entry.name)] : [];
  });
}

/** The database server of this folder, if the process is really the one that runs in it. */
function serverOf(markFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(markFile, 'utf8'), 10);
    return realpathSync(`/proc/${pid}/cwd`) === realpathSync(dirname(markFile)) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Stops database servers that a killed step left under the folder, and removes it. @returns how many were running */
export async function clearWorkplace(folder: string): Promise<number> {
  const servers = markFiles(folder, 6).flatMap((file) => serverOf(file) ?? []);
  for (const pid of servers) process.kill(pid, 'SIGQUIT');
  for (let tries = 0; tries < 50 && servers.some((pid) => existsSync(`/proc/${pid}`)); tries++) await sleep(100);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  return servers.length;
}
