import { sql } from 'kysely';
import { rows, type Tx } from '#kernel/server/db/pool.ts';

/** The territorial units: who lies below whom. `mark` names the state of the units it was read from. */
export type AreaTree = {
  mark: string;
  all: readonly number[];
  parent: ReadonlyMap<number, number | null>;
  /** The area and everything below it, sorted. */
  below: ReadonlyMap<number, readonly number[]>;
};

type Node = { id: number; parent: number | null; mark: string };

/** Pure: from the list of areas with their parents. */
export function makeTree(nodes: readonly Omit<Node, 'mark'>[], mark: string): AreaTree {
  const parent = new Map(nodes.map((one) => [one.id, one.parent]));
  const below = new Map<number, number[]>(nodes.map((one) => [one.id, []]));
  for (const { id } of nodes) {
    const seen = new Set<number>();
    for (let at: number | null = id; at !== null && !seen.has(at); at = parent.get(at) ?? null) {
      seen.add(at);
      below.get(at)?.push(id);
    }
  }
  for (const list of below.values()) list.sort((a, b) => a - b);
  return { mark, all: [...parent.keys()].sort((a, b) => a - b), parent, below };
}

/** From the area itself up to the city. */
export function upwards(tree: AreaTree, area: number): number[] {
  const path: number[] = [];
  for (let at: number | null = area; at !== null && !path.includes(at); at = tree.parent.get(at) ?? null) path.push(at);
  return path;
}

/** By the mark of the units: another database, or changed units, is another tree. Old ones are dropped. */
const cache = new Map<string, AreaTree>();
const kept = 4;

/** The tree as of `mark`, from memory or the database. Without a mark the present one is asked for first. */
export async function areaTree(tx: Tx, mark?: string): Promise<AreaTree> {
  const wanted = mark ?? (await readMark(tx));
  const known = cache.get(wanted);
  if (known) return known;
  const nodes = await rows(tx, sql<Node>`select id, parent, mark from org.area_tree()`);
  const tree = makeTree(nodes, nodes[0]?.mark ?? '');
  if (cache.size >= kept) for (const key of [...cache.keys()].slice(0, cache.size - kept + 1)) cache.delete(key);
  if (tree.mark !== '') cache.set(tree.mark, tree);
  return tree;
}

async function readMark(tx: Tx): Promise<string> {
  return (await rows(tx, sql<{ mark: string }>`select org.directory_now() as mark`))[0]?.mark ?? '';
}
