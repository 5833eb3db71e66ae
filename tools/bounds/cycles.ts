import type { Finding } from './finding.ts';
import { folderOf, type Link, type Tree } from './tree.ts';

type Graph = ReadonlyMap<string, readonly string[]>;

function graphOf(tree: Tree, counts: (link: Link) => boolean): Graph {
  const to = (links: readonly Link[]) => [
    ...new Set(links.filter((link) => !link.outside && tree.files.has(link.to) && counts(link)).map((link) => link.to)),
  ];
  return new Map([...tree.files.values()].map((file) => [file.path, to(file.links)]));
}

/** Groups of files that reach one another (Tarjan's strongly connected components), without a recursion that a long chain could overflow. */
export function knots(graph: Graph): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const begin = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    open.add(node);
    return { node, edges: [...(graph.get(node) ?? [])] };
  };
  const lower = (node: string, value: number | undefined) => low.set(node, Math.min(low.get(node) ?? 0, value ?? 0));
  const close = (node: string) => {
    const group = stack.splice(stack.indexOf(node));
    for (const member of group) open.delete(member);
    if (group.length > 1 || graph.get(node)?.includes(node)) found.push(group.sort());
  };
  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const path = [begin(root)];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const next = at.edges.pop();
      if (next === undefined) {
        path.pop();
        if (low.get(at.node) === index.get(at.node)) close(at.node);
        const parent = path.at(-1);
        if (parent) lower(parent.node, low.get(at.node));
      } else if (!index.has(next)) path.push(begin(next));
      else if (open.has(next)) lower(at.node, index.get(next));
    }
  }
  return found;
}

/** The shortest way from a file back to itself inside its knot: what a reader must cut. */
export function shortestCycle(graph: Graph, knot: readonly string[]): string[] {
  const [start = ''] = knot;
  const inside = new Set(knot);
  const before = new Map<string, string>();
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const next of graph.get(at) ?? []) {
      if (next === start) {
        const way = [at];
        for (let step = before.get(at); step !== undefined; step = before.get(step)) way.unshift(step);
        return [...way, start];
      }
      if (!inside.has(next) || before.has(next)) continue;
      before.set(next, at);
      queue.push(next);
    }
  }
  return [...knot];
}

/** Cycles of what runs fail; cycles through types or lazy imports fail too unless one folder holds them. */
export function checkCycles(tree: Tree): Finding[] {
  const running = graphOf(tree, (link) => !link.type && !link.lazy);
  const all = graphOf(tree, () => true);
  const hard = knots(running);
  const known = new Set(hard.flat());
  const soft = knots(all).filter((knot) => !knot.some((path) => known.has(path)) && new Set(knot.map(folderOf)).size > 1);
  const finding = (graph: Graph, knot: string[], rule: string): Finding => ({
    path: knot[0] ?? '',
    line: 1,
    rule,
    words: shortestCycle(graph, knot).join(' → '),
  });
  return [...hard.map((knot) => finding(running, knot, 'cycle')), ...soft.map((knot) => finding(all, knot, 'cycle of types'))];
}
