import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTree } from './bounds/check-tree.ts';
import { readTree } from './bounds/tree.ts';
import { choosePrefix, chooseStamp, makePlan } from './new/plan.ts';
import { copyProject, proofs } from './new/prove.ts';
import { addToList, type Listing } from './new/register.ts';

const present = { modules: ['site', 'matter'], prefixes: ['YH', 'CO'], stamps: ['202611231800', '202611231850'] };
const now = new Date('2026-11-24T00:00:00Z');
const plan = (...args: string[]) => makePlan(args, present, now);

describe('the plan of a new module', () => {
  it('takes what it is told and chooses the rest', () => {
    expect(plan('training', 'course', '--zh', '培训', '--en', 'Training courses', '--level', '1', '--prefix', 'PX')).toEqual({
      module: 'training',
      noun: 'course',
      level: 1,
      zh: '培训',
      en: 'Training courses',
      prefix: 'PX',
      stamp: '202611240800',
    });
    expect(plan('training')).toMatchObject({ noun: 'record', level: 2, zh: 'Training', en: 'Training', prefix: 'RE' });
  });

  it.each([
    [[], 'npm run new <module>'],
    [['a', 'b', 'c'], 'npm run new <module>'],
    [['site'], 'module "site" exists'],
    [['matter'], 'module "matter" exists'],
    [['Training'], '2 to 30 letters'],
    [['x'], '2 to 30 letters'],
    [['my-module'], '2 to 30 letters'],
    [['../evil'], '2 to 30 letters'],
    [['order'], 'reserved word'],
    [['training', 'class'], 'reserved word'],
    [['training', 'course', '--level', '4'], '--level: 1, 2 or 3'],
    [['training', 'course', '--prefix', 'p'], '2 to 4 letters A-Z'],
    [['training', 'course', '--prefix', 'YH'], 'belongs to another kind'],
    [['training', 'course', '--zh', "a'b"], 'without quotes'],
    [['training', '--what'], 'npm run new <module>'],
  ])('refuses %j with the reason', (args, words) => {
    expect(() => plan(...args)).toThrow(words);
  });

  it('finds a free prefix and a stamp later than every migration', () => {
    expect(choosePrefix('course', 'training', ['CO', 'CU'])).toBe('CR');
    expect(() => choosePrefix('aa', 'aa', ['AA'])).toThrow('--prefix');
    expect(chooseStamp(new Date('2026-11-23T15:00:00Z'), ['202611231800'])).toBe('202611232300');
    expect(chooseStamp(now, [])).toBe('202611240800');
    expect(chooseStamp(now, ['202701010000', '202612312359'])).toBe('202701010001');
    expect(chooseStamp(now, ['202712312359'])).toBe('202801010000');
  });
});

describe('the lists of modules', () => {
  const listing: Listing = {
    path: 'modules/server.ts',
    array: 'modules',
    name: 'fresh',
    importLine: "import { server as fresh } from '#modules/fresh/server/index.ts';",
  };
  const levels: Readonly<Record<string, number>> = { org: 1, site: 2, score: 3 };
  const add = (text: string, level: number) => addToList(text, listing, level, (name) => levels[name] ?? 0);
  const imports =
    "import { server as org } from '#modules/org/server/index.ts';\nimport { server as score } from '#modules/score/server/index.ts';";

  it('get the import and the name before the first module of a higher level', () => {
    const text = `${imports}\nconst modules: readonly X[] = [org, score];\nexport const servers = [a, ...modules];\n`;
    expect(add(text, 2)).toBe(
      `${imports}\n${listing.importLine}\nconst modules: readonly X[] = [org, fresh, score];\nexport const servers = [a, ...modules];\n`,
    );
    expect(add(text, 3)).toContain('= [org, score, fresh];');
  });

  it('may be empty, end with a comma, or be missing', () => {
    expect(add(`${imports}\nconst modules = [];`, 1)).toContain('const modules = [fresh];');
    expect(add(`${imports}\nconst modules = [\n  org,\n];`, 1)).toContain('[\n  org, fresh,\n]');
    expect(() => add(`${imports}\nconst others = [];`, 1)).toThrow('modules/server.ts has no list named modules');
  });
});

describe('a generated module', () => {
  let copy = '';
  // Its own run of tests says its counts aloud, whatever the outer one was told to do.
  const env = { ...process.env, VIGIL_TEST_COUNTS: '' };
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env });
  const made = () =>
    readdirSync(join(copy, 'modules/proof'), { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.ts') || path.endsWith('.sql'),
    );
  const argsOf = (name: string) => proofs('proof', 'paper').find((proof) => proof.name === name)?.args ?? [];
  beforeAll(() => {
    copy = copyProject(join(import.meta.dirname, '..'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('that cannot be registered leaves nothing behind', () => {
    const path = join(copy, 'modules/server.ts');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/\bmodules\b/g, 'duties').replaceAll('#duties/', '#modules/'));
    expect(run(...argsOf('made'))).toMatchObject({ status: 1, stderr: expect.stringContaining('has no list named modules') });
    expect(existsSync(join(copy, 'modules/proof'))).toBe(false);
    writeFileSync(path, text);
  });

  it('has every file, is registered in both lists, and is refused a second time', () => {
    expect(run(...argsOf('made'))).toMatchObject({ status: 0, stderr: '' });
    expect(
      made()
        .map((path) => path.replace(/\d{12}/, 'STAMP'))
        .sort(),
    ).toEqual([
      'module.ts',
      'paper.workflow.test.ts',
      'paper.workflow.ts',
      'schema.ts',
      'server/effects.ts',
      'server/index.ts',
      'server/migrations/STAMP-proof.sql',
      'server/paper.api.test.ts',
    ]);
    expect(readFileSync(join(copy, 'modules/registry.ts'), 'utf8').match(/proofModule/g)).toHaveLength(2);
    expect(readFileSync(join(copy, 'modules/server.ts'), 'utf8').match(/\bproof\b/g)).toHaveLength(3);
    expect(run(...argsOf('made'))).toMatchObject({ status: 2, stderr: 'module "proof" exists\n' });
  });

  it('keeps the direction rules, is formatted, compiles, and its pure tests pass', () => {
    const own = /^modules\/(proof\/|registry\.ts|server\.ts)/;
    expect(checkTree(readTree(copy)).filter((finding) => own.test(finding.path))).toEqual([]);
    expect(run(...argsOf('lint'))).toMatchObject({ status: 0 });
    expect(
      run(...argsOf('types'))
        .stdout.split('\n')
        .filter((line) => own.test(line)),
    ).toEqual([]);
    const tests = run('node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.unit.config.ts', 'modules/proof/paper.workflow.test.ts');
    expect(tests.stdout).toContain('3 passed, 0 failed');
  });
}, 300_000);
