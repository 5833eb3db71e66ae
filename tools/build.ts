import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/web');
const stamp = join(out, '.stamp');

/** What the browser's code can be made of. Servers and tests never reach the bundle, so a change there builds nothing. */
const sources = ['web', 'kernel', 'modules'];
const others = ['package-lock.json', 'tools/build.ts'];
const isSource = (path: string) => !/(^|\/)server(\/|\.ts$)/.test(path) && !/\.test\.tsx?$/.test(path);

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** One hash over names and contents of everything the bundle depends on. */
async function hashOfSources(): Promise<string> {
  const found = (await Promise.all(sources.map(filesUnder))).flat().filter(isSource);
  const hash = createHash('sha256');
  for (const path of [...found, ...others].sort())
    hash
      .update(`${path}\0`)
      .update(await readFile(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}

/** Beside each text its .br and .gz, so that the server compresses nothing while it serves (quality 9: a third of 11's time). */
async function compressTexts(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries.filter((entry) => entry.isFile() && /\.(js|css|svg|geojson)$/.test(entry.name));
  for (const entry of texts) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if (content.length < 1024) continue;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    const [br, gz] = await Promise.all([promisify(brotliCompress)(content, quality), promisify(gzip)(content, { level: 9 })]);
    await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
  }
}

async function builtFrom(): Promise<string | undefined> {
  return existsSync(stamp) ? (await readFile(stamp, 'utf8')).trim() : undefined;
}

/**
 * Builds the web application into dist/web when its sources have changed since the last time. The new one is made beside the old
 * one and takes its place at once, so that a server never serves half of it. @returns whether something was built
 */
export async function buildWeb({ force = false }: { force?: boolean }): Promise<boolean> {
  const wanted = await hashOfSources();
  if (!force && (await builtFrom()) === wanted) return false;
  const { build } = await import('vite');
  const next = join(root, 'dist', `web-${process.pid}`);
  const old = join(root, 'dist', `old-${process.pid}`);
  try {
    await build({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn', build: { outDir: next, emptyOutDir: true } });
    await compressTexts(next);
    await writeFile(join(next, '.stamp'), `${wanted}\n`);
    await mkdir(join(root, 'dist'), { recursive: true });
    if (existsSync(out)) await rename(out, old);
    await rename(next, out);
  } finally {
    await rm(next, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const begun = performance.now();
  const built = await buildWeb({ force: process.argv.includes('--force') });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(built ? `dist/web built in ${seconds} s\n` : 'dist/web is up to date\n');
}
