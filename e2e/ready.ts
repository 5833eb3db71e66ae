import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Journeys are made on what the sources say now. Its own process: under the tests' NODE_ENV React would be built for developers. */
function buildWeb(): void {
  const { NODE_ENV: _, ...env } = process.env;
  const done = spawnSync(process.execPath, [join(root, 'tools/build.ts')], { env, encoding: 'utf8', timeout: 100_000 });
  if (done.status !== 0) throw new Error(`the web application cannot be built:\n${done.stderr}`);
}

/** Once, before the files begin: two of them at a time must not both write the bundle or unpack the browser. */
export async function setup(): Promise<void> {
  buildWeb();
  await findBrowser();
}
