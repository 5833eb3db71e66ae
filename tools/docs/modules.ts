import type { ModuleContract } from '#kernel/contract.ts';
import { isTest, placeOf } from '../bounds/place.ts';
import type { Tree } from '../bounds/tree.ts';
import { both, code, fenced, page, table } from './markdown.ts';

type Use = { from: string; to: string; files: number };

const moduleOf = (path: string): string | undefined => {
  const place = placeOf(path);
  return place?.area === 'module' ? place.module : undefined;
};

/** Which module uses which, by how many of its files; tests do not count. */
export function moduleUses(tree: Tree): Use[] {
  const uses = new Map<string, Use & { paths: Set<string> }>();
  for (const file of tree.files.values()) {
    const from = moduleOf(file.path);
    if (from === undefined || isTest(file.path)) continue;
    for (const link of file.links) {
      const to = link.outside ? undefined : moduleOf(link.to);
      if (to === undefined || to === from) continue;
      const use = uses.get(`${from} ${to}`) ?? { from, to, files: 0, paths: new Set() };
      use.paths.add(file.path);
      uses.set(`${from} ${to}`, use);
    }
  }
  return [...uses.values()]
    .map(({ from, to, paths }) => ({ from, to, files: paths.size }))
    .sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
}

function graph(modules: readonly ModuleContract[], uses: readonly Use[]): string {
  const levels = [...new Set(modules.map((module) => module.level))].sort((a, b) => b - a);
  const groups = levels.flatMap((level) => [
    `  subgraph level${level}["level ${level}"]`,
    ...modules.filter((module) => module.level === level).map((module) => `    ${module.name}_["${module.title.zh} ${module.name}"]`),
    '  end',
  ]);
  const arrows = uses.map(({ from, to, files }) => `  ${from}_ -->|${files}| ${to}_`);
  return ['flowchart TD', ...groups, ...arrows].join('\n');
}

/** The graph of the modules by level, drawn from the real imports, and what each module has. */
export function modulesPage(contracts: readonly ModuleContract[], tree: Tree): string {
  const modules = contracts.filter((module) => module.level > 0);
  const count = (list: readonly unknown[]) => (list.length > 0 ? String(list.length) : '');
  const row = (module: ModuleContract) => [
    code(module.name),
    both(module.title),
    String(module.level),
    count(module.workflows),
    count(module.actions),
    count(module.queries),
    count(Object.keys(module.faults)),
  ];
  return page(
    'Modules 模块',
    'An arrow says: imports, with the number of importing files. Arrows lead from higher to lower levels only; everything else goes by event or by registered provider.',
    fenced('mermaid', graph(modules, moduleUses(tree))),
    table(['module', '', 'level', 'workflows', 'actions', 'queries', 'faults'], contracts.map(row)),
  );
}
