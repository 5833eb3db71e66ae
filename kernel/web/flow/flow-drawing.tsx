import type { MatterRecord } from '../../matter-contract.ts';
import type { AnyWorkflow } from '../../workflow.ts';
import { clockText, useNow } from '../clock.tsx';
import { ownerText } from '../matter/owner-text.ts';
import { kindWord, stateWord } from '../state-tag.tsx';
import { say, t } from '../words/words.ts';
import { type FlowEdge, type FlowGraph, type FlowNode, pathOf, startNode } from './flow-graph.ts';

type Props = { graph: FlowGraph; workflow: AnyWorkflow; record: MatterRecord };

/** Scales with its place (viewBox), never above its natural size, so that nothing is cut off at any width. */
export function FlowDrawing({ graph, workflow, record }: Props) {
  const visited = [startNode, ...record.flow.trail.map((visit) => visit.state)];
  const done = (edge: FlowEdge) => visited.some((state, i) => state === edge.from && visited[i + 1] === edge.to);
  const next = (edge: FlowEdge) => edge.from === record.state;
  const edges = graph.edges.toSorted((a, b) => Number(done(a)) - Number(done(b)));
  return (
    <svg
      className="flow-drawing"
      viewBox={`0 0 ${graph.width} ${graph.height}`}
      style={{ maxWidth: graph.width, aspectRatio: `${graph.width} / ${graph.height}` }}
      role="img"
      aria-label={t('flow.label', { kind: kindWord(record.kind), state: stateWord(record.kind, record.state) })}
    >
      <defs>
        {['plain', 'done', 'next'].map((look) => (
          <marker
            key={look}
            id={`arrow-${look}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0,0.5 L7.5,4 L0,7.5 Z" className={`flow-tip is-${look}`} />
          </marker>
        ))}
      </defs>
      {edges.map((edge) => (
        <Edge key={`${edge.from}→${edge.to}`} edge={edge} look={done(edge) ? 'done' : next(edge) ? 'next' : 'plain'} workflow={workflow} />
      ))}
      {graph.nodes.map((node) => (
        <Node key={node.id} node={node} record={record} passed={visited.includes(node.id)} />
      ))}
    </svg>
  );
}

function Edge({ edge, look, workflow }: { edge: FlowEdge; look: string; workflow: AnyWorkflow }) {
  const first = edge.label.y - ((edge.actions.length - 1) * 16) / 2;
  return (
    <g className={`flow-edge is-${look}${edge.back ? ' is-back' : ''}`}>
      <path d={pathOf(edge.points)} markerEnd={`url(#arrow-${look})`} />
      {edge.actions.map((action, i) => (
        <text key={action} x={edge.label.x} y={first + i * 16} textAnchor="middle" dominantBaseline="central">
          {say((workflow.actions[action] ?? workflow.starts[action])?.label ?? { zh: action, en: action })}
        </text>
      ))}
    </g>
  );
}

function Node({ node, record, passed }: { node: FlowNode; record: MatterRecord; passed: boolean }) {
  const now = useNow();
  if (node.kind === 'start') return <circle className="flow-start" cx={node.x} cy={node.y} r={7} />;
  const current = node.id === record.state;
  const finished = current && node.final;
  const look = finished ? 'is-done' : current ? 'is-now' : passed ? 'is-done' : node.final ? 'is-final' : 'is-plain';
  const visit = record.flow.trail.find((one) => one.state === node.id);
  const second =
    current && !finished ? shorten(visit?.ownerName || ownerText(record.owner), node.width) : visit ? clockText(visit.at, now) : '';
  return (
    <g className={`flow-node ${look}`}>
      <title>
        {[stateWord(record.kind, node.id), visit?.ownerName, visit && t('flow.since', { at: clockText(visit.at, now) })]
          .filter(Boolean)
          .join(' · ')}
      </title>
      <rect x={node.x - node.width / 2} y={node.y - node.height / 2} width={node.width} height={node.height} rx={6} />
      <text x={node.x} y={second ? node.y - 8 : node.y} textAnchor="middle" dominantBaseline="central" className="flow-name">
        {(passed && !current) || finished ? '✓ ' : ''}
        {stateWord(record.kind, node.id)}
      </text>
      {second && (
        <text x={node.x} y={node.y + 11} textAnchor="middle" dominantBaseline="central" className="flow-second">
          {second}
        </text>
      )}
    </g>
  );
}

/** What does not fit is in the title of the box and in the head of the record. */
function shorten(text: string, width: number): string {
  const room = Math.floor((width - 12) / 10.5);
  return text.length > room ? `${text.slice(0, Math.max(1, room - 1))}…` : text;
}
