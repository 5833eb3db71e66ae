import type { ESTree } from 'vite';

export type Node = ESTree.Node;
export type Program = ESTree.Program;
export type Visit = (node: Node, parent: Node | undefined, key: string) => void;

/** Every node of the tree, each after its parent; `key` is the parent's property that holds it. */
export function walk(node: unknown, visit: Visit, parent?: Node, key = ''): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit, parent, key);
  if (!isNode(node)) return;
  visit(node, parent, key);
  for (const [name, child] of Object.entries(node)) if (typeof child === 'object') walk(child, visit, node, name);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;

export const literal = (node: Node | null | undefined): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;

/** The word of a key, an identifier or a string; undefined for what is computed. */
export const word = (node: Node): string | undefined => (node.type === 'Identifier' ? node.name : literal(node));

export const isNamed = (node: Node, name: string): boolean => node.type === 'Identifier' && node.name === name;

/** Line numbers from 1 by offset. */
export function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
