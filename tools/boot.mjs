// Brings what is missing (npm packages, Node 24) and then runs a program of the project under Node 24:
//   node tools/boot.mjs main.ts serve
// Plain JavaScript with node: imports only, because it runs under whatever Node (>= 20) the machine has, before anything is installed.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.vigil-installed');
const lockFile = join(root, '.vigil-install.lock');
const wantedMajor = 24;

/** @param {string} zh @param {string} en */
function say(zh, en) {
  process.stderr.write(`${zh}\n${en}\n`);
}

function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(process.platform).update(process.arch).digest('hex');
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isInstalled() {
  if (readText(stampFile).trim() === wantedStamp()) return true;
  if (!matchesLock()) return false;
  writeStamp();
  return true;
}

function writeStamp() {
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampFile, `${wantedStamp()}\n`);
}

/**
 * Whether somebody ran `npm install` by hand to the same end: npm's own record in node_modules, written last of all, names every package of
 * the lockfile in the locked version (optional ones for other platforms are absent). Then a second installation would be for nothing.
 */
function matchesLock() {
  try {
    const wanted = JSON.parse(readText(join(root, 'package-lock.json'))).packages;
    const present = JSON.parse(readText(join(modules, '.package-lock.json'))).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      const found = present[path];
      if (path === '' || (found === undefined && entry.optional && !isForHere(entry))) return true;
      return found?.version === entry.version && found?.integrity === entry.integrity;
    });
  } catch {
    return false;
  }
}

/** @param {{ os?: string[], cpu?: string[], libc?: string[] }} entry */
function isForHere(entry) {
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string} */ here) => list === undefined || list.includes(here);
  return (
    (entry.os !== undefined || entry.cpu !== undefined) &&
    entry.libc === undefined &&
    fits(entry.os, process.platform) &&
    fits(entry.cpu, process.arch)
  );
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryLock() {
  const own = `${lockFile}.${randomUUID()}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moved aside before it is deleted, and put back if another process has taken the lock over between looking and moving. */
function dropStaleLock(stale) {
  const aside = `${lockFile}.${randomUUID()}`;
  try {
    renameSync(lockFile, aside);
    if (readText(aside) !== stale) linkSync(aside, lockFile);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

async function install() {
  let told = false;
  while (!tryLock()) {
    const holder = readText(lockFile);
    if (!isAlive(Number(holder) || 0) || holder === '') {
      dropStaleLock(holder);
      continue;
    }
    if (!told)
      say(`另一个进程（${holder}）正在安装依赖，请稍候……`, `Another process (${holder}) is installing the packages; waiting for it …`);
    told = true;
    await sleep(300);
    if (!existsSync(lockFile) && isInstalled()) return;
  }
  try {
    if (!isInstalled()) await runNpm();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function runNpm() {
  say(
    '正在安装所需的程序包（仅在首次启动或版本更新后，约一分钟）……',
    'Installing the packages (only at the first start and after an update, about a minute) …',
  );
  // The same npm that called us, run by the same Node; optional packages hold Node 24 and PostgreSQL, the others the tests.
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--include=optional', '--include=dev'];
  const byNode = process.env.npm_execpath?.match(/\.c?js$/) ? process.env.npm_execpath : undefined;
  const [program, ...rest] = byNode ? [process.execPath, byNode, ...args] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', ...args];
  const { status, error } = await run(program, rest, { cwd: root, stdio: ['ignore', 2, 2], shell: program.endsWith('.cmd') });
  if (status === 0) {
    writeStamp();
    say('安装完成。', 'Installed.');
    return;
  }
  const reason = error?.message ?? `npm ci: ${status}`;
  say(
    `安装失败（${reason}），原因见上方 npm 的输出：请检查网络和磁盘空间后重试；已有数据不受影响。`,
    `The installation failed (${reason}), npm says why above: check network and disk space, then try again. Existing data is not touched.`,
  );
  rmSync(lockFile, { force: true });
  process.exit(status > 128 ? status : 69);
}

/** Node 24 as npm brought it, one package per platform; where that does not run (musl), the current one if it is new enough. */
function nodePrograms() {
  const exe = process.platform === 'win32' ? 'node.exe' : 'node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const brought = [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`].map((name) =>
    join(modules, name, 'bin', exe),
  );
  const own = Number.parseInt(process.versions.node, 10) >= wantedMajor ? [process.execPath] : [];
  return [...brought.filter((file) => existsSync(file)), ...own];
}

const keptNpmSettings = ['registry', 'cache', 'proxy', 'https_proxy', 'noproxy', 'cafile', 'userconfig'];

/** npm's own variables would steer any npm or node program started further down; only the site's way to the network stays. */
function childEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => {
    if (/^npm_(package|lifecycle)_/i.test(name)) return false;
    return !/^npm_config_/i.test(name) || keptNpmSettings.includes(name.slice('npm_config_'.length).toLowerCase());
  });
  return { ...Object.fromEntries(kept), NODE_COMPILE_CACHE: join(modules, '.cache', 'compile') };
}

/**
 * Runs a program to its end and passes signals on. Ctrl-C reaches the whole process group by itself AND is passed on: the program must take
 * a second one within a second for the same.
 * @returns {Promise<{ status: number, error?: Error }>}
 */
function run(program, args, options) {
  return new Promise((resolve) => {
    const child = spawn(program, args, options);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const forward = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    const end = (result) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(result);
    };
    child.once('error', (error) => end({ status: 127, error }));
    child.once('exit', (code, signal) => end({ status: code ?? 128 + (constants.signals[signal] ?? 0) }));
  });
}

/**
 * Installs what is missing, runs the script under Node 24 in the caller's folder, and ends with its exit code.
 * @param {string[]} argv the script, relative to the project's root, and its arguments
 */
export async function boot(argv) {
  const [script = 'main.ts', ...args] = argv;
  try {
    if (!isInstalled()) await install();
  } catch (error) {
    say(
      `无法安装所需的程序包（${error.code ?? error.message}）：请检查 ${root} 的写权限和磁盘空间。`,
      `The packages cannot be installed (${error.code ?? error.message}): check that ${root} can be written and has space.`,
    );
    process.exit(73);
  }
  const programs = nodePrograms();
  for (const program of programs) {
    const file = isAbsolute(script) ? script : join(root, script);
    const { status, error } = await run(program, ['--disable-warning=ExperimentalWarning', file, ...args], {
      stdio: 'inherit',
      env: childEnvironment(),
    });
    if (error === undefined) process.exit(status);
  }
  say(
    `本机（${process.platform}-${process.arch}）没有可用的 Node ${wantedMajor}：请安装 Node ${wantedMajor} 或更高版本后重试。`,
    `No Node ${wantedMajor} runs on this machine (${process.platform}-${process.arch}): install Node ${wantedMajor} or later and try again.`,
  );
  process.exit(69);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  await boot(process.argv.slice(2));
}
