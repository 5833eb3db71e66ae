import { parseSync } from 'vite';
import { isNamed, type Node, walk } from '../bounds/syntax.ts';

/** One of the two lists of modules, and how a module stands in it. */
export type Listing = { path: string; array: string; name: string; importLine: string };

export const listings = (module: string): Listing[] => [
  {
    path: 'modules/registry.ts',
    array: 'contracts',
    name: `${module}Module`,
    importLine: `import { ${module}Module } from '#modules/${module}/module.ts';`,
  },
  {
    path: 'modules/server.ts',
    array: 'modules',
    name: module,
    importLine: `import { server as ${module} } from '#modules/${module}/server/index.ts';`,
  },
];

/**
 * Adds a module to a list: its import after the last one, its name in the array before the first module of a higher level.
 * @param levelOf level by module name; what is no module (the kernel's own) counts as 0
 */
export function addToList(text: string, listing: Listing, level: number, levelOf: (module: string) => number): string {
  const { program } = parseSync(listing.path, text);
  const sources = new Map<string, string>();
  let lastImport = 0;
  let array: Extract<Node, { type: 'ArrayExpression' }> | undefined;
  walk(program, (node) => {
    if (node.type === 'ImportDeclaration') {
      lastImport = node.end;
      for (const one of node.specifiers) sources.set(one.local.name, node.source.value);
    }
    if (node.type === 'VariableDeclarator' && isNamed(node.id, listing.array) && node.init?.type === 'ArrayExpression') array = node.init;
  });
  if (!array) throw new Error(`${listing.path} has no list named ${listing.array}`);
  const levelOfElement = (element: Node | null) => {
    const source = element?.type === 'Identifier' ? sources.get(element.name) : undefined;
    return levelOf(/modules\/([^/]+)\//.exec(source ?? '')?.[1] ?? '');
  };
  const next = array.elements.find((element) => levelOfElement(element) > level);
  const last = array.elements.at(-1);
  const at = next?.start ?? last?.end ?? array.start + 1;
  const added = next ? `${listing.name}, ` : last ? `, ${listing.name}` : listing.name;
  return `${text.slice(0, lastImport)}\n${listing.importLine}${text.slice(lastImport, at)}${added}${text.slice(at)}`;
}
