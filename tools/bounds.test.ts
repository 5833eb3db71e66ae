import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTree } from './bounds/check-tree.ts';
import { knots, shortestCycle } from './bounds/cycles.ts';
import { showFindings } from './bounds/finding.ts';
import { readSource } from './bounds/source.ts';
import { makeTree, reach } from './bounds/tree.ts';

/** Two modules that keep every rule: `site` [1] below `hazard` [2]. */
const sound: Readonly<Record<string, string>> = {
  'kernel/contract.ts': 'export const defineModule = (m: unknown) => m;',
  'kernel/server/pool.ts': "import pg from 'pg'; export const pool = pg;",
  'kernel/web/page.tsx': "import { Button } from 'antd'; export const Page = () => <Button>{document.title}</Button>;",
  'modules/site/module.ts':
    "import { defineModule } from '#kernel/contract.ts'; export const site = defineModule({ name: 'site', level: 1 });",
  'modules/site/fixture.ts': 'export const shop = 1;',
  'modules/site/server/public.ts': "import '#kernel/server/pool.ts'; export const getSite = () => sql`select * from site.site`;",
  'modules/site/server/queries.ts': 'export const q = 1;',
  'modules/site/server/migrations/202601010000-site.sql': 'create schema site;\ncreate table site.site (id int);',
  'modules/hazard/module.ts':
    "import { defineModule } from '#kernel/contract.ts'; export const hazard = defineModule({ name: 'hazard', level: 2 });",
  'modules/hazard/server/index.ts': "import { getSite } from '#modules/site/server/public.ts'; import '../module.ts'; export { getSite };",
  'modules/hazard/web/index.tsx': "import '#kernel/web/page.tsx'; import '#modules/site/module.ts'; import '../module.ts';",
  'modules/registry.ts': "import '#modules/site/module.ts'; import '#modules/hazard/module.ts';",
  'modules/server.ts': "import './registry.ts'; import '#modules/hazard/server/index.ts';",
  'web/main.tsx': "import '../modules/registry.ts'; import '#modules/hazard/web/index.tsx';",
  'main.ts': "import { readConfig } from '#kernel/server/config.ts'; readConfig(process.env, {});",
  'kernel/server/config.ts': 'export const readConfig = (env: object, flags: object) => ({ ...env, ...flags });',
};

const look = (more: Record<string, string>) => showFindings(checkTree(makeTree(new Map(Object.entries({ ...sound, ...more })))));
/** The findings that adding these files brings, as `path:line rule`. */
const broken = (more: Record<string, string>) => look(more).map((line) => line.split(': ')[0]);

describe('direction', () => {
  it('is kept by the sound tree', () => {
    expect(look({})).toEqual([]);
  });

  it('the kernel imports no module', () => {
    expect(broken({ 'kernel/bad.ts': "import '#modules/site/module.ts';" })).toEqual(['kernel/bad.ts:1 direction']);
    expect(broken({ 'kernel/server/bad.ts': "\nimport type {} from '#modules/site/server/public.ts';" })).toEqual([
      'kernel/server/bad.ts:2 direction',
    ]);
  });

  it('a module imports lower levels only, never its own level', () => {
    expect(look({ 'modules/site/server/bad.ts': "import '#modules/hazard/module.ts';" })[0]).toContain('site [1] imports hazard [2]');
    const peer =
      "import { defineModule } from '#kernel/contract.ts'; import '#modules/hazard/module.ts'; defineModule({ name: 'peer', level: 2 });";
    expect(look({ 'modules/peer/module.ts': peer })).toEqual([
      expect.stringContaining('modules/peer/module.ts:1 direction: #modules/hazard/module.ts: peer [2] imports hazard [2]'),
    ]);
  });

  it('of a lower module only the open files', () => {
    const from = (file: string) => broken({ 'modules/hazard/server/bad.ts': `import '#modules/site/${file}';` });
    for (const file of ['module.ts', 'fixture.ts', 'schema.ts', 'site.workflow.ts', 'server/public.ts']) expect(from(file)).toEqual([]);
    for (const file of ['server/queries.ts', 'server/seed.ts', 'data/towns.ts', 'server/public/x.ts']) expect(from(file)).toHaveLength(1);
    expect(broken({ 'cli/seed.ts': "import '#modules/site/server/seed.ts';", 'modules/site/server/seed.ts': '' })).toEqual([]);
    expect(broken({ 'cli/bad.ts': "import '#modules/site/server/queries.ts';" })).toEqual(['cli/bad.ts:1 direction']);
  });

  it('server and browser never meet, and pure code imports neither', () => {
    expect(look({ 'modules/hazard/web/bad.tsx': "import '../server/index.ts';" })[0]).toContain('browser code imports server code');
    expect(look({ 'kernel/server/bad.ts': "import '../web/page.tsx';" })[0]).toContain('server code imports browser code');
    expect(look({ 'kernel/bad.ts': "import { type pool } from './server/pool.ts';" })[0]).toContain('pure code imports server code');
    expect(look({ 'web/bad.ts': "const page = () => import('#modules/site/server/public.ts');" })[0]).toContain(
      'browser code imports server code',
    );
    expect(look({ 'modules/hazard/bad.ts': "type T = typeof import('./server/index.ts');" })[0]).toContain('pure code imports server code');
  });

  it('protocols and models know themselves and the pure kernel', () => {
    expect(broken({ 'protocols/hj212/codec.ts': "import '../crc.ts'; import '#kernel/contract.ts';", 'protocols/crc.ts': '' })).toEqual([]);
    expect(broken({ 'protocols/bad.ts': "import '../models/fire.ts';", 'models/fire.ts': '' })).toEqual(['protocols/bad.ts:1 direction']);
    expect(broken({ 'models/bad.ts': "import '#modules/site/fixture.ts';" })).toEqual(['models/bad.ts:1 direction']);
  });

  it('a test may use the fixture city, the application and the server of its own place, and no more', () => {
    const uses =
      "import '#modules/site/fixture.ts'; import '#test/app.ts'; import '../modules/server.ts'; import './server/pool.ts'; import 'node:fs';";
    expect(broken({ 'kernel/good.test.ts': uses, 'test/app.ts': "import '#modules/hazard/server/index.ts';" })).toEqual([]);
    expect(
      broken({ 'kernel/server/good.test.ts': "import '#modules/hazard/hazard.workflow.ts'; import '#modules/hazard/server/seed.ts';" }),
    ).toEqual([]);
    expect(broken({ 'modules/site/bad.test.ts': "import '#modules/hazard/server/index.ts';" })).toEqual([
      'modules/site/bad.test.ts:1 direction',
    ]);
    expect(broken({ 'kernel/bad.ts': "import '#test/app.ts';" })).toEqual(['kernel/bad.ts:1 direction']);
  });

  it('a module without a level, and a folder of no rule, are told', () => {
    expect(broken({ 'modules/lost/schema.ts': '' })).toEqual(['modules/lost/module.ts:1 level']);
    expect(broken({ 'lib/x.ts': '' })).toEqual(['lib/x.ts:1 place']);
    expect(broken({ 'web/vite.config.ts': "import 'node:url'; import 'vite';", 'some.config.ts': 'process.env;' })).toEqual([]);
  });
});

describe('purity', () => {
  it('pure code uses neither Node, nor the browser, nor a package that does', () => {
    const pure = (text: string) => look({ 'modules/site/schema.ts': text });
    expect(pure("import { z } from 'zod'; export const a = z;")).toEqual([]);
    expect(pure("import { join } from 'node:path'; join('a');")[0]).toContain('pure code cannot use Node');
    expect(pure("import pg from 'pg'; pg;")[0]).toContain('not on the list of pure packages');
    expect(pure('export const t = document.title;')[0]).toContain("the browser's document");
    expect(pure('export const f = (e: HTMLInputElement) => e;')[0]).toContain('HTMLInputElement');
    expect(pure("export const b = Buffer.from('');")[0]).toContain("Node's Buffer");
    expect(pure("export const g = () => fetch('/');")[0]).toContain('fetch');
  });

  it('a word that is no global is left alone', () => {
    const text = `type Row = { document: string; window?: number };
      export const title = ({ document }: Row, location = 1) => [document.length, location, { process: 1 }.process];
      export function run(process: number) { for (const history of [process]) return history; }`;
    expect(look({ 'kernel/words.ts': text })).toEqual([]);
    expect(look({ 'kernel/shorthand.ts': 'export const all = { process };' })).toHaveLength(1);
    expect(look({ 'kernel/computed.ts': 'export const at = (a: number[]) => a[window];' })).toHaveLength(1);
  });

  it('the server has no browser and the browser no Node', () => {
    expect(look({ 'kernel/server/bad.ts': "localStorage.getItem('a');" })).toHaveLength(1);
    expect(look({ 'kernel/server/react.ts': "import 'react';" })).toHaveLength(1);
    expect(look({ 'kernel/web/bad.ts': "import 'node:fs'; import 'kysely'; Buffer;" })).toHaveLength(3);
  });
});

describe('cycles', () => {
  it('of running code fail, with the shortest way round', () => {
    const files = {
      'kernel/a.ts': "import './b.ts';",
      'kernel/b.ts': "export { c } from './c.ts'; import './d.ts';",
      'kernel/c.ts': "import './a.ts'; export const c = 1;",
      'kernel/d.ts': "import './c.ts';",
    };
    expect(look(files)).toEqual(['kernel/a.ts:1 cycle: kernel/a.ts → kernel/b.ts → kernel/c.ts → kernel/a.ts']);
  });

  it('through types or lazy imports are borne inside one folder only', () => {
    const pair = (first: string, second: string) => ({
      [`kernel/${first}`]: `import type { b } from './${second}'; export type a = b;`,
      [`kernel/${second}`]: "import { a } from './a.ts'; export const b = a;".replace(
        './a.ts',
        second.includes('/') ? '../a.ts' : './a.ts',
      ),
    });
    expect(look(pair('a.ts', 'b.ts'))).toEqual([]);
    expect(look(pair('a.ts', 'geo/b.ts'))).toEqual([expect.stringContaining('cycle of types')]);
    expect(look({ 'kernel/a.ts': "import('./geo/b.ts');", 'kernel/geo/b.ts': "import '../a.ts';" })).toHaveLength(1);
  });

  it('are found on a long chain and in knots that touch', () => {
    const long = new Map(Array.from({ length: 50_000 }, (_, i) => [`${i}`, [`${(i + 1) % 50_000}`]]));
    expect(knots(long)[0]).toHaveLength(50_000);
    const two = new Map([
      ['a', ['b']],
      ['b', ['a', 'c']],
      ['c', ['d']],
      ['d', ['c']],
      ['e', ['e']],
    ]);
    expect(knots(two).sort()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(shortestCycle(two, ['e'])).toEqual(['e', 'e']);
  });
});

describe('SQL on the tables of others', () => {
  const inHazard = (text: string) => look({ 'modules/hazard/server/bad.ts': text });

  it('is found in tagged templates, plain statements, names given to sql.table, and migrations', () => {
    expect(inHazard('export const a = sql`select 1 from site.site s`;')[0]).toContain('site.site: belongs to site');
    expect(inHazard("export const a = db.query('delete from site.site');")).toHaveLength(1);
    expect(inHazard(`export const a = (x: string) => \`update site.site set a = \${x}\`;`)).toHaveLength(1);
    expect(inHazard("export const a = sql.table('site.site');")).toHaveLength(1);
    expect(inHazard('export const a = sql`, site.site as other`;')).toHaveLength(1);
    const migration = {
      'modules/hazard/server/migrations/202601010001-hazard.sql':
        '-- as site.site\ncreate table hazard.x (id int references site.site (id));',
    };
    expect(look(migration)).toEqual([expect.stringContaining('202601010001-hazard.sql:2 sql: site.site')]);
  });

  it('is not seen where there is none: own tables, values, aliases, names of kinds', () => {
    expect(inHazard("export const kind = 'site.site';")).toEqual([]);
    expect(inHazard(`export const a = sql\`select site.name from \${t} site where kind = 'site.site'\`;`)).toEqual([]);
    expect(look({ 'modules/hazard/server/bad.test.ts': 'export const a = sql`select 1 from site.site`;' })).toEqual([]);
  });

  it('leaves the kernel its tables, and everyone its functions and the view of matters', () => {
    const kernel = {
      'kernel/server/migrations/202601010000-kernel.sql': 'create table kernel.event (id int);\ncreate function kernel.me() returns uuid;',
    };
    const inModule = (text: string) => look({ ...kernel, 'modules/hazard/server/bad.ts': `export const a = sql\`${text}\`;` });
    expect(inModule('select kernel.me(), id from kernel.matter')).toEqual([]);
    expect(inModule('select * from kernel.event')).toEqual([expect.stringContaining("the kernel's own table")]);
  });
});

describe('habits', () => {
  it('files are looked at from 250 lines and refused above 400', () => {
    const lines = (count: number) => look({ 'kernel/long.ts': '// x\n'.repeat(count) });
    expect(lines(250)).toEqual([]);
    expect(lines(400)).toEqual(['kernel/long.ts:400 warning size: 400 lines; split at 400']);
    expect(lines(401)).toEqual(['kernel/long.ts:401 size: 401 lines; split at 400']);
    expect(look({ 'kernel/server/migrations/202601010000-long.sql': '-- x\n'.repeat(401) })).toEqual([
      expect.stringContaining(':401 warning size'),
    ]);
  });

  it('the environment is read in one place', () => {
    const server = (text: string) => broken({ 'kernel/server/bad.ts': text });
    for (const text of [
      'process.env.A;',
      "process['env'];",
      'const { env } = process;',
      "import { env } from 'node:process';",
      'globalThis.process.env;',
    ])
      expect(server(text)).toEqual(['kernel/server/bad.ts:1 environment']);
    expect(server('const environment = { env: 1 }.env; run(environment);')).toEqual([]);
    expect(broken({ 'tools/x.ts': 'process.env.A;', 'kernel/server/x.test.ts': 'process.env.A;' })).toEqual([]);
  });

  it('no checker is silenced, but a test may expect a type error', () => {
    expect(look({ 'kernel/a.ts': '// @ts-ignore\nexport const a = 1;' })).toHaveLength(1);
    expect(look({ 'kernel/a.ts': '/* biome-ignore lint: no */' })).toHaveLength(1);
    expect(look({ 'kernel/a.ts': '// @ts-expect-error' })).toHaveLength(1);
    expect(look({ 'kernel/a.test.ts': '// @ts-expect-error' })).toEqual([]);
    expect(look({ 'kernel/a.ts': "export const words = 'a biome-ignore in a text';" })).toEqual([]);
  });

  it('a file that cannot be read is told', () => {
    expect(broken({ 'kernel/a.ts': 'export const = ;' })).toContain('kernel/a.ts:1 syntax');
  });
});

describe('reading', () => {
  it('every form of import, with its line, and none from comments or texts', () => {
    const text = `// import './no1.ts';
      import a, { type B } from './a.ts'; import { type C } from './c.ts';
      export * from './d.ts'; export type { E } from './e.ts';
      const f = await import('./f.ts'); const text = "import './no2.ts'"; const t = \`import('./no3.ts')\`;
      new Worker(new URL('./w.ts', import.meta.url)); new URL('./data/', import.meta.url); run(new URL('./program.ts', import.meta.url));
      import json from './x.json' with { type: 'json' };`;
    const read = readSource('a.ts', text).references.map((one) => [one.specifier, one.type, one.lazy, one.line]);
    expect(read).toEqual([
      ['./a.ts', false, false, 2],
      ['./c.ts', true, false, 2],
      ['./d.ts', false, false, 3],
      ['./e.ts', true, false, 3],
      ['./f.ts', false, true, 4],
      ['./w.ts', false, true, 5],
      ['./x.json', false, false, 6],
    ]);
  });

  it('reaches through import maps, types and lazy imports', () => {
    const tree = makeTree(
      new Map([
        ['a.test.ts', "import type { b } from '#test/b.ts';"],
        ['test/b.ts', "import('#kernel/c.ts?worker');"],
        ['kernel/c.ts', ''],
      ]),
    );
    expect([...reach(tree, 'a.test.ts')]).toEqual(['a.test.ts', 'test/b.ts', 'kernel/c.ts']);
  });
});

it('the program names each finding and ends with 1, or ends with 0', () => {
  const root = mkdtempSync(join(tmpdir(), 'vigil-test-bounds-'));
  const run = () => spawnSync(process.execPath, [join(import.meta.dirname, 'bounds.ts'), root], { encoding: 'utf8' });
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  try {
    put('kernel/a.ts', 'export const a = 1;');
    put('node_modules/x/a.ts', 'process.env;');
    put('docs/generated/schema.sql', '-- x\n'.repeat(500));
    expect(run()).toMatchObject({ status: 0, stdout: 'bounds: 1 files, 0 broken rules, 0 warnings\n' });
    put('kernel/b.ts', "import 'node:fs';");
    expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining('kernel/b.ts:1 purity: node:fs') });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
