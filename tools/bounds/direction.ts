import type { Finding } from './finding.ts';
import { isOpen, isPublic, isSeed, isTest, type Place, placeOf } from './place.ts';
import type { Tree } from './tree.ts';

/** Levels by module name, as its module.ts declares them. */
export type Levels = ReadonlyMap<string, number>;

/** May a file at `from` import the file `path` at `to`? The answer is the reason why not. */
type Rule = (from: Place, to: Place, path: string, levels: Levels) => string | undefined;

const free = ['test', 'tools', 'e2e', 'bench', 'config'];
const sideWords = { pure: 'pure code', server: 'server code', web: 'browser code' } as const;

const sides: Rule = (from, to) => {
  if (to.side === 'pure' || to.side === from.side) return undefined;
  return `${sideWords[from.side]} imports ${sideWords[to.side]}`;
};

const kernel: Rule = (_from, to) => (to.area === 'kernel' ? undefined : 'the kernel imports only the kernel');

/** Codecs and models know nothing but their own folder's kind and the kernel's pure part. */
const bare: Rule = (from, to) =>
  to.area === from.area || to.area === 'kernel' ? undefined : `${from.area}/ imports only itself and the kernel`;

const module: Rule = (from, to, path, levels) => {
  if (from.area !== 'module') return undefined;
  if (to.area === 'kernel' || to.area === 'protocols' || to.area === 'models') return undefined;
  if (to.area !== 'module') return 'a module imports the kernel and lower modules only';
  if (to.module === from.module) return undefined;
  const own = levels.get(from.module);
  const other = levels.get(to.module);
  if (own === undefined || other === undefined) return `the level of ${own === undefined ? from.module : to.module} is not known`;
  if (other >= own) {
    return `${from.module} [${own}] imports ${to.module} [${other}]; only lower levels: speak by event or by a registered provider`;
  }
  if (isOpen(path) || isPublic(path)) return undefined;
  return `of another module only module.ts, schema.ts, *.workflow.ts, fixture.ts and server/public.ts may be imported`;
};

const list: Rule = (from, to, path) => {
  if (to.area === 'kernel' || to.area === 'list') return undefined;
  if (to.area !== 'module') return 'a list of modules imports modules and the kernel only';
  if (from.side === 'pure') return path.endsWith('/module.ts') ? undefined : 'the list of contracts imports each module.ts only';
  return from.side === to.side || path.endsWith('/module.ts') ? undefined : 'a list of modules imports their own list files only';
};

const cli: Rule = (_from, to, path) => {
  // Starting builds the browser's part when it is stale.
  if (path === 'tools/build.ts') return undefined;
  if (to.area === 'module')
    return isOpen(path) || isPublic(path) || isSeed(path)
      ? undefined
      : 'cli/ uses a module by its open files, server/public.ts and server/seed.ts';
  return ['kernel', 'list', 'protocols', 'models', 'cli', 'bench'].includes(to.area) ? undefined : `cli/ does not import ${to.area}/`;
};

const web: Rule = (_from, to) => (['kernel', 'module', 'list', 'web'].includes(to.area) ? undefined : `web/ does not import ${to.area}/`);

const byArea: Readonly<Record<string, Rule>> = { kernel, protocols: bare, models: bare, module, list, cli, web };

/** A test stands beside what it tests: it may use the whole application, every module's open files and seed, and the server's side of its own place. */
function testMay(from: Place, to: Place, path: string): boolean {
  if (to.area === 'test' || to.area === 'list' || to.area === 'cli' || isOpen(path) || isSeed(path)) return true;
  const own = to.area === 'kernel' || (to.area === 'module' && from.area === 'module' && to.module === from.module);
  return own && (to.side === 'server' || to.side === from.side);
}

function refusal(path: string, to: string, levels: Levels): string | undefined {
  const from = placeOf(path);
  const target = placeOf(to);
  if (!from || !target) return from ? `${to} is in no folder of the design` : undefined;
  if (free.includes(from.area) || (isTest(path) && testMay(from, target, to))) return undefined;
  return sides(from, target, to, levels) ?? byArea[from.area]?.(from, target, to, levels);
}

/** The direction rules of the tree: who may import whom. */
export function checkDirection(tree: Tree, levels: Levels): Finding[] {
  const found: Finding[] = [];
  for (const file of tree.files.values()) {
    if (!placeOf(file.path)) found.push({ path: file.path, line: 1, rule: 'place', words: 'no folder of the design' });
    for (const link of file.links) {
      if (link.outside) continue;
      const why = refusal(file.path, link.to, levels);
      if (why) found.push({ path: file.path, line: link.line, rule: 'direction', words: `${link.specifier}: ${why}` });
    }
  }
  return found;
}
