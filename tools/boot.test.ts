import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const boot = join(import.meta.dirname, 'boot.mjs');
const vigil = join(import.meta.dirname, 'vigil.mjs');
const folders: string[] = [];

/** A project whose `npm` writes down that it ran, takes a moment, and leaves node_modules behind, as `npm ci` does. */
function project({ npmStatus = 0, npmMillis = 50 } = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vigil-test-boot-')));
  folders.push(root);
  mkdirSync(join(root, 'tools'));
  copyFileSync(boot, join(root, 'tools/boot.mjs'));
  copyFileSync(vigil, join(root, 'tools/vigil.mjs'));
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' } } }),
  );
  writeFileSync(
    join(root, 'npm.cjs'),
    `const fs = require('node:fs');
     fs.appendFileSync(${JSON.stringify(join(root, 'ran'))}, process.argv.slice(2, 3) + '\\n');
     setTimeout(() => { fs.mkdirSync(${JSON.stringify(join(root, 'node_modules'))}, { recursive: true }); process.exit(${npmStatus}); }, ${npmMillis});`,
  );
  writeFileSync(
    join(root, 'main.ts'),
    `const code: number = Number(process.argv[2]) || 0;
     const { version, env } = process;
     if (process.argv[2] === 'wait') {
       process.on('SIGTERM', () => process.exit(7));
       setInterval(() => {}, 1000);
     } else process.exitCode = code;
     console.log(JSON.stringify({ argv: process.argv.slice(2), version, env, cwd: process.cwd() }));`,
  );
  return root;
}

interface Told {
  argv: string[];
  version: string;
  env: Record<string, string>;
  cwd: string;
}

const environment = (root: string) => ({ PATH: process.env.PATH ?? '', npm_execpath: join(root, 'npm.cjs') });
const runs = (root: string) => (existsSync(join(root, 'ran')) ? readFileSync(join(root, 'ran'), 'utf8').trim().split('\n') : []);

function run(root: string, args: string[], options: { node?: string; env?: Record<string, string>; script?: string; cwd?: string } = {}) {
  const script = join(root, 'tools', options.script ?? 'boot.mjs');
  return spawnSync(options.node ?? process.execPath, [script, ...args], {
    encoding: 'utf8',
    cwd: options.cwd ?? root,
    env: { ...environment(root), ...options.env },
  });
}

function told(stdout: string): Told {
  const read: Told = JSON.parse(stdout);
  return read;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('installation', () => {
  it('happens at the first start, is told in both languages, and not again until the lockfile changes', () => {
    const root = project();
    const first = run(root, ['main.ts', '3']);
    expect(first.status).toBe(3);
    expect(first.stderr).toContain('正在安装所需的程序包');
    expect(first.stderr).toContain('Installing the packages');
    expect(run(root, ['main.ts']).stderr).toBe('');
    expect(runs(root)).toEqual(['ci']);
    writeFileSync(join(root, 'package-lock.json'), '{"packages":{"":{},"node_modules/b":{"version":"1.0.0"}}}');
    run(root, ['main.ts']);
    expect(runs(root)).toEqual(['ci', 'ci']);
  });

  it('is left out when npm already installed what the lockfile says', () => {
    const root = project();
    mkdirSync(join(root, 'node_modules'));
    const present = (version: string) =>
      writeFileSync(
        join(root, 'node_modules/.package-lock.json'),
        JSON.stringify({ packages: { 'node_modules/a': { version, integrity: 'x' } } }),
      );
    present('1.0.0');
    run(root, ['main.ts']);
    expect(runs(root)).toEqual([]);
    rmSync(join(root, 'node_modules/.vigil-installed'));
    present('0.9.0');
    run(root, ['main.ts']);
    expect(runs(root)).toEqual(['ci']);
  });

  it('is done once by two starts at the same time', async () => {
    const root = project({ npmMillis: 800 });
    const both = [1, 2].map(() =>
      spawn(process.execPath, [join(root, 'tools/boot.mjs'), 'main.ts'], { env: environment(root), stdio: 'ignore' }),
    );
    expect(await Promise.all(both.map(exitOf))).toEqual([0, 0]);
    expect(runs(root)).toEqual(['ci']);
    expect(readdirSync(root).filter((name) => name.includes('lock'))).toEqual(['package-lock.json']);
  });

  it('goes on after an installer that was killed', () => {
    const root = project();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(join(root, '.vigil-install.lock'), String(dead));
    expect(run(root, ['main.ts']).status).toBe(0);
    expect(runs(root)).toEqual(['ci']);
  });

  it('that fails says so, starts nothing, and is tried again next time', () => {
    const root = project({ npmStatus: 1 });
    const failed = run(root, ['main.ts']);
    expect(failed.status).toBe(69);
    expect(failed.stdout).toBe('');
    expect(failed.stderr).toContain('安装失败');
    run(root, ['main.ts']);
    expect(runs(root)).toEqual(['ci', 'ci']);
  });
});

describe('the program', () => {
  it("runs under Node 24 in the caller's folder, without npm's variables but with the way to the network", () => {
    const root = project();
    const npm = {
      npm_config_registry: 'https://registry.example/',
      npm_config_cafile: '/ca',
      npm_config_omit: 'dev',
      npm_package_name: 'x',
      npm_lifecycle_event: 'start',
    };
    const started = run(root, ['import', 'FILE'], { env: npm, script: 'vigil.mjs', cwd: tmpdir() });
    const { argv, version, env, cwd } = told(started.stdout);
    expect(argv).toEqual(['import', 'FILE']);
    expect(Number.parseInt(version.slice(1), 10)).toBeGreaterThanOrEqual(24);
    expect(cwd).toBe(realpathSync(tmpdir()));
    const left = Object.keys(env)
      .filter((name) => name.startsWith('npm_'))
      .sort();
    expect(left).toEqual(['npm_config_cafile', 'npm_config_registry', 'npm_execpath']);
    expect(env.NODE_COMPILE_CACHE).toBe(join(root, 'node_modules/.cache/compile'));
  });

  it('gets the signal and gives its exit code', async () => {
    const root = project();
    const child = spawn(process.execPath, [join(root, 'tools/boot.mjs'), 'main.ts', 'wait'], {
      env: environment(root),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const exit = exitOf(child);
    child.kill('SIGTERM');
    expect(await exit).toBe(7);
  });

  const older = ['/usr/bin/node', '/usr/local/bin/node'].find(
    (path) => existsSync(path) && /^v2[0-3]\./.test(spawnSync(path, ['-v'], { encoding: 'utf8' }).stdout),
  );

  it.runIf(older !== undefined)('is started by an older Node too: with the one that npm brought, or a word why not', () => {
    const root = project();
    const without = run(root, ['main.ts'], { node: older ?? '' });
    expect(without.status).toBe(69);
    expect(without.stderr).toContain('Node 24');
    const bin = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, 'node'));
    expect(run(root, ['main.ts', '5'], { node: older ?? '' }).status).toBe(5);
  });

  it('falls back to the current Node when the brought one does not run here', () => {
    const root = project();
    const bin = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), '#!/no/such/interpreter\n');
    chmodSync(join(bin, 'node'), 0o755);
    expect(run(root, ['main.ts', '4']).status).toBe(4);
  });
});
