import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** The project without what is installed, built or private, in a folder of its own. */
export function copyProject(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'vigil-new-'));
  // Servers that drop root's rights must be able to walk through it.
  chmodSync(copy, 0o755);
  const left = new Set(['node_modules', 'var', 'dist', 'test-results', '.git']);
  cpSync(root, copy, { recursive: true, filter: (path) => !left.has(relative(root, path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

export type Proof = { name: string; args: string[] };

/** What a new module must pass. The first makes it. */
export const proofs = (module: string, noun: string): Proof[] => [
  { name: 'made', args: ['tools/new.ts', module, noun] },
  {
    name: 'lint',
    args: [
      'node_modules/@biomejs/biome/bin/biome',
      'ci',
      '--colors=off',
      '--vcs-enabled=false',
      `modules/${module}`,
      'modules/registry.ts',
      'modules/server.ts',
    ],
  },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.', '--tsBuildInfoFile', 'var-tsbuildinfo'] },
  { name: 'bounds', args: ['tools/bounds.ts'] },
  { name: 'tests', args: ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.config.ts', `modules/${module}/`] },
];

/** Makes a module in a copy of the project and runs every check on it. @returns the exit code */
export function prove(root: string): number {
  const copy = copyProject(root);
  try {
    const failed = proofs('proof', 'paper').filter(({ name, args }) => {
      console.log(`── ${name}`);
      return spawnSync(process.execPath, args, { cwd: copy, stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0;
    });
    const words = failed.map(({ name }) => name).join(', ');
    console.log(words === '' ? 'A new module passes lint, types, bounds and its own tests.' : `A new module does not pass: ${words}`);
    return words === '' ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
