import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process';
import { chmodSync, chownSync, closeSync, fstatSync, lstatSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { notExecutable, serverFault } from './database-fault.ts';
import { type Door, doorPath, openDoor, serverEnvironment } from './door.ts';
import { folderMark, type PostmasterFile, readPostmasterFile } from './postmaster-file.ts';
import { isAlive } from './process-mark.ts';
import { serverSettings } from './server-settings.ts';

/** Where the cluster lies, who runs it, and where its log goes. */
export interface Place {
  readonly clusterDir: string;
  readonly logFile: string;
  readonly account: Account | undefined;
}

/** A running server. `host` is a folder of the Unix socket, or 127.0.0.1. */
export interface Postmaster {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
}

const startMillis = 120_000;
const stopMillis = 60_000;
/** sockaddr_un holds 108 bytes on Linux and 104 elsewhere, with the closing zero. */
const socketPathLimit = 103;
const socketPort = 5432;
const shortFolder = 'vigil-pg-';

interface Listening {
  readonly host: string;
  readonly port: number;
  readonly flags: readonly string[];
}

/** Where a server that died listened: whoever still lives on the folder looks for the next one there. */
export type Address = Pick<Postmaster, 'host' | 'port'>;

/** A Unix socket in the 0700 cluster folder: no port to clash, nothing on the network. Node has no such sockets on Windows. */
async function chooseListening(place: Place, door: Door, useTcp: boolean, before: Address | undefined): Promise<Listening> {
  if (useTcp) {
    const port = await freePort(before?.port).catch(() => freePort());
    return { host: '127.0.0.1', port, flags: ['listen_addresses=127.0.0.1', 'unix_socket_directories='] };
  }
  const isShort = Buffer.byteLength(join(place.clusterDir, `.s.PGSQL.${socketPort}`)) <= socketPathLimit;
  const host = isShort ? place.clusterDir : (shortFolderAgain(before?.host, place.account) ?? shortSocketFolder(place.account));
  const seen = isShort ? door.path : host;
  return { host, port: socketPort, flags: ['listen_addresses=', `unix_socket_directories=${seen}`] };
}

function shortSocketFolder(account: Account | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), shortFolder));
  chmodSync(folder, 0o700);
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** The former short folder, emptied of the dead server's socket; made anew where a cleaner took it away; not if it is somebody else's. */
function shortFolderAgain(folder: string | undefined, account: Account | undefined): string | undefined {
  if (folder === undefined || !isShortFolder(folder)) return undefined;
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) {
    mkdirSync(folder, { mode: 0o700 });
    if (account !== undefined) chownSync(folder, account.uid, account.gid);
    return folder;
  }
  const owner = account?.uid ?? process.getuid?.();
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) return undefined;
  for (const name of ['', '.lock']) rmSync(join(folder, `.s.PGSQL.${socketPort}${name}`), { force: true });
  return folder;
}

function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

/**
 * Starts the server and waits until it accepts connections; at the address it had `before`, where that can be.
 * @throws StartupFault database.start_failed, database.damaged, disk.full …
 */
export async function startPostmaster(
  place: Place,
  binaries: Binaries,
  useTcp = process.platform === 'win32',
  before?: Address,
): Promise<Postmaster> {
  const door = openDoor(place.clusterDir, place.account);
  const { host, port, flags } = await chooseListening(place, door, useTcp, before);
  const settings = [...serverSettings(place.clusterDir), ...flags, folderMark(place.clusterDir)];
  const args = ['-D', door.path, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const program = join(binaries.bin, process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  const log = openSync(place.logFile, 'a', 0o600);
  const from = fstatSync(log).size;
  // Detached: a Ctrl-C in the terminal goes to the whole group, and the database must outlive the requests that are being finished.
  const stdio: StdioOptions = ['ignore', log, log, ...door.handles];
  const child = spawn(program, args, { cwd: '/', detached: true, stdio, env: serverEnvironment, ...place.account });
  door.close();
  closeSync(log);
  try {
    const pid = await untilReady(child, place, from, program);
    child.unref();
    return { pid, host, port };
  } catch (error) {
    removeShortFolder(host);
    throw error;
  }
}

async function untilReady(child: ChildProcess, place: Place, logFrom: number, program: string): Promise<number> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const until = performance.now() + startMillis;
  while (performance.now() < until) {
    if (failure !== undefined) throw notExecutable(program, failure);
    if (child.exitCode !== null || child.signalCode !== null) break;
    const file = readPostmasterFile(place.clusterDir);
    if (file?.ready && file.pid === child.pid) return file.pid;
    await sleep(5);
  }
  child.kill('SIGINT');
  throw serverFault('start', readFrom(place.logFile, logFrom), place.logFile, place.clusterDir);
}

function readFrom(file: string, start: number): string {
  const fd = openSync(file, 'r');
  try {
    const length = Math.min(fstatSync(fd).size - start, 64_000);
    const buffer = Buffer.alloc(Math.max(length, 0));
    readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    closeSync(fd);
  }
}

/** Where the running server of this folder can be reached. */
export function reach(place: Place, file: PostmasterFile): Postmaster {
  if (file.socketDir === '') return { pid: file.pid, host: '127.0.0.1', port: file.port };
  const host = file.socketDir === doorPath ? place.clusterDir : file.socketDir;
  return { pid: file.pid, host, port: file.port };
}

/** Fast shutdown: open transactions are rolled back, everything committed is written. (SIGTERM would wait for every client to leave.) */
export async function stopPostmaster(place: Place, binaries: Binaries | undefined, server: Postmaster): Promise<void> {
  if (process.platform === 'win32' && binaries !== undefined) {
    execFileSync(join(binaries.bin, 'pg_ctl.exe'), ['stop', '-m', 'fast', '-D', place.clusterDir], { stdio: 'ignore' });
  } else {
    signal(server.pid, 'SIGINT');
  }
  // Not ended in a minute (a hanging disk): immediate stop; the next start recovers from the write-ahead log.
  if (!(await untilGone(server.pid, stopMillis))) {
    signal(server.pid, 'SIGQUIT');
    await untilGone(server.pid, 5_000);
  }
  removeShortFolder(server.host);
}

async function untilGone(pid: number, millis: number): Promise<boolean> {
  const until = performance.now() + millis;
  while (performance.now() < until) {
    if (!isAlive(pid)) return true;
    await sleep(10);
  }
  return !isAlive(pid);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

function isShortFolder(host: string): boolean {
  return dirname(host) === tmpdir() && basename(host).startsWith(shortFolder);
}

function removeShortFolder(host: string): void {
  if (isShortFolder(host)) rmSync(host, { recursive: true, force: true });
}
