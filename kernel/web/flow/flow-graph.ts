import { Graph, layout } from '@dagrejs/dagre';
import type { AnyWorkflow } from '../../workflow.ts';
import { targetsOf } from '../../workflow-lint.ts';

export type Point = { x: number; y: number };
export type FlowNode = { id: string; x: number; y: number; width: number; height: number; kind: 'start' | 'state'; final: boolean };
/** One arrow; several actions between the same two states share it. `back` runs against the direction of the drawing. */
export type FlowEdge = {
  from: string;
  to: string;
  actions: string[];
  points: Point[];
  label: Point;
  width: number;
  height: number;
  back: boolean;
};
export type FlowGraph = { nodes: FlowNode[]; edges: FlowEdge[]; width: number; height: number };

export const startNode = '·start';
const lineHeight = 16;

export type Measure = (text: string) => number;
export type Words = { state: (name: string) => string; action: (name: string) => string; measure: Measure };

/** The arrows between states: starts, and every action to whatever it may lead to. Acts that stay in their state draw no arrow. */
export function arrowsOf(workflow: AnyWorkflow): { from: string; to: string; actions: string[] }[] {
  const found = new Map<string, { from: string; to: string; actions: string[] }>();
  const add = (from: string, to: string, action: string) => {
    const key = `${from}→${to}`;
    const arrow = found.get(key) ?? { from, to, actions: [] };
    arrow.actions.push(action);
    found.set(key, arrow);
  };
  for (const [name, start] of Object.entries(workflow.starts)) add(startNode, start.to, name);
  for (const [name, action] of Object.entries(workflow.actions)) {
    if (action.to === '=') continue;
    for (const from of action.from) for (const to of leadsTo(workflow, name, from)) if (to !== from) add(from, to, name);
  }
  return [...found.values()];
}

/** `previous` is drawn to the states one forward step before; drawing every state it might mean would hide the flow. */
function leadsTo(workflow: AnyWorkflow, name: string, from: string): string[] {
  const to = workflow.actions[name]?.to;
  if (typeof to !== 'object' || !('back' in to) || to.back !== 'previous') return targetsOf(workflow, name, from);
  return Object.keys(workflow.states).filter((state) =>
    Object.entries(workflow.actions).some(
      ([other, action]) =>
        action.from.includes(state) && !isBack(action.to) && targetsOf(workflow, other, state).includes(from) && state !== from,
    ),
  );
}

const isBack = (to: unknown): boolean => typeof to === 'object' && to !== null && 'back' in to;

/** Places states and arrows without overlap: left to right where there is width, top to bottom on a phone. */
export function layoutFlow(workflow: AnyWorkflow, words: Words, direction: 'LR' | 'TB'): FlowGraph {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction,
    nodesep: direction === 'LR' ? 22 : 14,
    ranksep: direction === 'LR' ? 26 : 22,
    edgesep: 12,
    marginx: 8,
    marginy: 8,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode(startNode, { width: 20, height: 20 });
  for (const name of Object.keys(workflow.states)) {
    graph.setNode(name, { width: Math.max(84, words.measure(words.state(name)) + 34), height: 48 });
  }
  for (const arrow of arrowsOf(workflow)) {
    const lines = arrow.actions.map(words.action);
    graph.setEdge(arrow.from, arrow.to, {
      actions: arrow.actions,
      width: Math.max(...lines.map(words.measure)) * 0.86 + 8,
      height: lines.length * lineHeight + 4,
      labelpos: 'c',
    });
  }
  layout(graph);
  return read(graph, workflow, direction);
}

type Placed = { x: number; y: number; width: number; height: number };
type Drawn = Placed & { points: Point[]; actions: string[] };
type Ends = { v: string; w: string };

/** dagre's own types do not resolve under nodenext; what layout() leaves in the graph is stated here. */
function read(graph: Graph, workflow: AnyWorkflow, direction: 'LR' | 'TB'): FlowGraph {
  const ids: string[] = graph.nodes();
  const nodes = ids.map((id): FlowNode => {
    const { x, y, width, height }: Placed = graph.node(id);
    return { id, x, y, width, height, kind: id === startNode ? 'start' : 'state', final: workflow.states[id]?.final === true };
  });
  const at = new Map<string, FlowNode>(nodes.map((node) => [node.id, node]));
  const ends: Ends[] = graph.edges();
  const edges = ends.map(({ v, w }): FlowEdge => {
    const { points, x, y, width, height, actions }: Drawn = graph.edge(v, w);
    const [a, b] = [at.get(v), at.get(w)];
    const back = a !== undefined && b !== undefined && (direction === 'LR' ? b.x < a.x : b.y < a.y);
    return { from: v, to: w, actions, points, label: { x, y }, width, height, back };
  });
  const size: { width?: number; height?: number } = graph.graph();
  return { nodes, edges, width: size.width ?? 0, height: size.height ?? 0 };
}

/** A smooth line through the points of an arrow. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${round(first.x)},${round(first.y)}`];
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    if (!next) parts.push(`L${round(point.x)},${round(point.y)}`);
    else parts.push(`Q${round(point.x)},${round(point.y)} ${round((point.x + next.x) / 2)},${round((point.y + next.y) / 2)}`);
  });
  return parts.join(' ');
}

const round = (n: number) => Math.round(n * 10) / 10;
