import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeTree } from './bounds/tree.ts';
import { addCounts, countStep, countTests, lastLine } from './check/counts.ts';
import { splitTests } from './check/split.ts';
import { stepsOf } from './check/steps.ts';
import { clearWorkplace, makeWorkplace } from './check/workplace.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project in which every tool is a stand-in: `say` gives each its script. */
function project(say: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vigil-test-check-')));
  folders.push(root);
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  mkdirSync(join(root, 'tools'));
  copyFileSync(join(import.meta.dirname, 'check.ts'), join(root, 'tools/check.ts'));
  for (const part of ['check', 'bounds']) cpSync(join(import.meta.dirname, part), join(root, 'tools', part), { recursive: true });
  put('package.json', '{"type":"module"}');
  put('node_modules/@biomejs/biome/bin/biome', say.lint ?? '');
  put('node_modules/typescript/bin/tsc', say.types ?? '');
  put('tools/bounds.ts', say.bounds ?? '');
  put('tools/docs.ts', say.docs ?? '');
  put('tools/build.ts', say.build ?? '');
  put('node_modules/vitest/vitest.mjs', say.vitest ?? counted(1, 0));
  for (const name of ['vite', 'zod']) symlinkSync(join(import.meta.dirname, '../node_modules', name), join(root, 'node_modules', name));
  return root;
}

const counted = (passed: number, failed: number, skipped = 0, names: string[] = []) =>
  `import { writeFileSync } from 'node:fs';
   writeFileSync(process.env.VIGIL_TEST_COUNTS, JSON.stringify({ passed: ${passed}, failed: ${failed}, skipped: ${skipped}, names: ${JSON.stringify(names)} }));
   process.exitCode = ${failed > 0 ? 1 : 0};`;

function check(root: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/check.ts', ...args], { cwd: root, encoding: 'utf8' });
  return { status, last: stdout.split('\n').slice(-2), stdout, stderr };
}

describe('npm test', { timeout: 120_000 }, () => {
  it('adds steps and tests up, and ends with the sum', () => {
    const { status, last, stderr } = check(project({ vitest: counted(20, 0, 2) }));
    // lint, types, bounds, docs and the web build; two runs of tests.
    expect({ status, last, stderr }).toEqual({ status: 0, last: ['45 passed, 0 failed, 4 skipped', ''], stderr: '' });
  });

  it('goes on after a failure and counts every one', () => {
    const { status, last, stdout } = check(project({ lint: 'process.exit(3)', docs: "throw new Error('no')", vitest: counted(5, 2) }));
    expect({ status, last }).toEqual({ status: 1, last: ['13 passed, 6 failed', ''] });
    expect(stdout).toMatch(/lint +FAILED/);
    expect(stdout).toMatch(/types +ok/);
  });

  it('names what failed just before the last line', () => {
    const { stdout } = check(
      project({ bounds: 'process.exit(1)', vitest: counted(5, 1, 0, ['kernel/a.test.ts > it holds: expected 1']) }),
      'static',
      'unit',
    );
    expect(stdout.split('\n').slice(-5)).toEqual([
      'FAILED: bounds: as a whole; see its output',
      'FAILED: unit tests: kernel/a.test.ts > it holds: expected 1',
      '',
      '8 passed, 2 failed',
      '',
    ]);
  });

  it('counts a run of tests that dies, or that ends badly without a failed test, as a failure', () => {
    expect(check(project({ vitest: 'process.exit(1)' }), 'unit').last[0]).toBe('0 passed, 1 failed');
    expect(check(project({ vitest: `${counted(7, 0)} process.exitCode = 1;` }), 'unit').last[0]).toBe('7 passed, 1 failed');
    expect(check(project({ vitest: '' }), 'unit')).toMatchObject({ status: 1, last: ['0 passed, 1 failed', ''] });
  });

  it('runs the parts that are asked for, and refuses others', () => {
    const told = `console.log(process.argv.slice(2).join(' ')); ${counted(1, 0)}`;
    const root = project({ vitest: told });
    for (const path of ['kernel/a.test.ts', 'kernel/b.api.test.ts', 'test/app.ts']) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
    expect(check(root, 'api').stdout).toContain('run --config vitest.config.ts kernel/b.api.test.ts\n');
    expect(check(root, 'unit').stdout).toContain('run --config vitest.unit.config.ts kernel/a.test.ts\n');
    expect(check(root, 'static').last[0]).toBe('4 passed, 0 failed');
    expect(check(root, 'e2e', 'static').last[0]).toBe('6 passed, 0 failed');
    expect(check(root, 'everything')).toMatchObject({ status: 2, stdout: '' });
  });

  it('is stopped by a signal, says so, and passes nothing that did not run', async () => {
    const root = project({ types: "console.log('types run'); setInterval(() => {}, 1000);" });
    const child = spawn(process.execPath, ['tools/check.ts'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('types run') && !child.killed) child.kill('SIGTERM');
    });
    const status = await new Promise((resolve) => child.once('exit', resolve));
    expect(status).toBe(1);
    expect(said.trimEnd().split('\n').at(-1)).toBe('1 passed, 6 failed');
    expect(said).toMatch(/types +FAILED.*interrupted/);
  });
});

describe('counts', () => {
  it('of a step', () => {
    expect(countStep(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countStep(1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests(1, { passed: 3, failed: 2, skipped: 1 })).toEqual({ passed: 3, failed: 2, skipped: 1 });
    expect(lastLine(addCounts([]))).toBe('0 passed, 0 failed');
  });
});

describe('the tests that need a database', () => {
  it('are those that reach the application, or say so by name', async () => {
    const tree = makeTree(
      new Map([
        ['test/app.ts', ''],
        ['test/door.ts', "import type { App } from './app.ts';"],
        ['kernel/a.test.ts', "import './a.ts';"],
        ['kernel/a.ts', ''],
        ['kernel/b.test.ts', "import '#test/door.ts';"],
        ['kernel/c.api.test.ts', ''],
        ['e2e/d.e2e.ts', "import '#test/app.ts';"],
      ]),
    );
    expect(splitTests(tree)).toEqual({ unit: ['kernel/a.test.ts'], api: ['kernel/b.test.ts', 'kernel/c.api.test.ts'] });
    const steps = await stepsOf(['e2e', 'unit'], async () => splitTests(tree));
    expect(steps.map((step) => step.name)).toEqual(['unit tests', 'web build', 'journeys']);
  });
});

it.runIf(existsSync('/proc/self/cwd'))('stops a database server that a killed step left behind, and no other process', async () => {
  const workplace = makeWorkplace();
  const clusterDir = join(workplace, 'vigil-test-x', 'postgres', 'data');
  const foreignDir = join(workplace, 'vigil-test-y');
  mkdirSync(clusterDir, { recursive: true });
  mkdirSync(foreignDir);
  const idle = (cwd: string) => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { cwd, stdio: 'ignore' });
  const [left, foreign] = [idle(clusterDir), idle(tmpdir())];
  const gone = new Promise((resolve) => left.once('exit', resolve));
  writeFileSync(join(clusterDir, 'postmaster.pid'), `${left.pid}\n${clusterDir}\n`);
  writeFileSync(join(foreignDir, 'postmaster.pid'), `${foreign.pid}\n`);
  expect(await clearWorkplace(workplace)).toBe(1);
  await gone;
  expect(foreign.exitCode).toBeNull();
  foreign.kill('SIGKILL');
  expect(existsSync(workplace)).toBe(false);
});
