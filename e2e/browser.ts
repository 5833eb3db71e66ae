import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, 'node_modules/@sparticuz/chromium');
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--no-sandbox',
  '--no-zygote',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // Without a graphics card, pages drawn through GL cost four times the work; the map's WebGL needs no such drawing of pages.
  '--disable-gpu-rasterization',
  '--ignore-gpu-blocklist',
  '--font-render-hinting=none',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/**
 * The browser of the npm package, unpacked under the project: the package reuses any file called `chromium` that lies in
 * the temporary folder, also an older one or another user's, so it gets a folder of its own by version and user.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(root, 'node_modules/.cache', `chromium-${version}-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** A bare Debian lacks four of Chromium's libraries; the package brings them, packed for another distribution. */
async function libraryPath(program: string): Promise<Record<string, string>> {
  const missing = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout?.includes('not found') ?? false;
  if (!missing) return {};
  const folder = join(program, '..', 'al2023');
  if (!existsSync(join(folder, 'lib'))) {
    mkdirSync(folder, { recursive: true });
    const tar = brotliDecompressSync(readFileSync(join(home, 'bin/al2023.tar.br')));
    const done = spawnSync('tar', ['-x', '-C', folder], { input: tar });
    if (done.status !== 0) throw new Error(`cannot unpack the browser's libraries: ${done.stderr}`);
  }
  return { LD_LIBRARY_PATH: join(folder, 'lib') };
}

let found: Promise<{ executablePath: string; env: Record<string, string> }> | undefined;

/** Unpacks it the first time: to be called once before several processes launch it. */
export async function findBrowser(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const system = installed.find((path) => existsSync(path));
  if (system) return { executablePath: system, env: {} };
  const executablePath = await unpacked();
  return { executablePath, env: await libraryPath(executablePath) };
}

/** A real Chromium: the system's own if there is one, else the one that npm brought. */
export async function launchBrowser(): Promise<Browser> {
  found ??= findBrowser();
  const { executablePath, env } = await found;
  return chromium.launch({ executablePath, args: flags, env: { ...process.env, ...env } as Record<string, string>, timeout: 60_000 });
}
