import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { notExecutable, serverFault } from './database-fault.ts';
import { doorPath, openDoor, runProgram } from './door.ts';
import type { Place } from './postmaster.ts';
import { asFileFault, codeOf } from './startup-fault.ts';

export const superuser = 'vigil_super';

/** The major version that made the cluster; undefined when there is none. */
export function clusterMajor(clusterDir: string): number | undefined {
  const file = join(clusterDir, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

/**
 * The locale decides how text is compared and cut, for good. With any other than libc C.UTF-8, `show_trgm` is empty for Chinese and
 * nothing warns. macOS and Windows have no C.UTF-8.
 */
function locale(): string[] {
  if (process.platform === 'linux') return ['--locale=C.UTF-8', '--locale-provider=libc'];
  return process.platform === 'darwin' ? ['--locale=en_US.UTF-8', '--locale-provider=libc'] : ['--locale=C'];
}

function ownFolder(path: string, place: Place): void {
  mkdirSync(path, { recursive: true });
  if (place.account !== undefined) chownSync(path, place.account.uid, place.account.gid);
  chmodSync(path, 0o700);
}

/**
 * Makes the cluster aside (`new`) and renames it when complete: a start that was cut off leaves no half cluster behind.
 * @throws StartupFault disk.full, data.not_writable, database.initdb_failed, database.not_executable
 */
export async function initialiseCluster(place: Place, binaries: Binaries, password: string): Promise<void> {
  const home = dirname(place.clusterDir);
  const half = join(home, 'new');
  const passwordFile = join(home, 'new.pw');
  try {
    ownFolder(home, place);
    rmSync(half, { recursive: true, force: true });
    ownFolder(half, place);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (place.account !== undefined) chownSync(passwordFile, place.account.uid, place.account.gid);
    await runInitdb(place, binaries, half, passwordFile);
    renameSync(half, place.clusterDir);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw asFileFault(error, home) ?? error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function runInitdb(place: Place, binaries: Binaries, half: string, passwordFile: string): Promise<void> {
  const program = join(binaries.bin, process.platform === 'win32' ? 'initdb.exe' : 'initdb');
  const door = openDoor(half, place.account);
  const args = [
    '-D',
    door.path,
    '-U',
    superuser,
    `--pwfile=${door.path === doorPath ? `${doorPath}/../${basename(passwordFile)}` : passwordFile}`,
    '--encoding=UTF8',
    ...locale(),
    '--auth-local=scram-sha-256',
    '--auth-host=scram-sha-256',
    '--data-checksums',
    '--no-instructions',
  ];
  try {
    const { status, said } = await runProgram(program, args, { door, account: place.account });
    if (status !== 0) throw serverFault('initdb', said, place.logFile, dirname(half));
  } catch (error) {
    throw ['EACCES', 'ENOENT'].includes(codeOf(error)) ? notExecutable(program, error) : error;
  } finally {
    door.close();
  }
}
