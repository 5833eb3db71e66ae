import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anyWorkflow, defineWorkflow } from '../../workflow.ts';
import { arrowsOf, layoutFlow, pathOf, startNode } from './flow-graph.ts';

const by = ['officer'] as const;
const say = (word: string) => ({ zh: word, en: word });
const workflow = anyWorkflow(
  defineWorkflow({
    kind: 'test.flaw',
    title: say('flaw'),
    prefix: 'T',
    row: z.object({}),
    states: {
      found: { label: say('found') },
      rectifying: { label: say('rectifying') },
      rechecking: { label: say('rechecking') },
      countersigning: { label: say('countersigning'), sign: 'all' },
      closed: { label: say('closed'), final: true },
    },
    starts: { report: { label: say('report'), to: 'found', by, input: z.object({}) } },
    actions: {
      assign: { label: say('assign'), from: ['found'], to: 'rectifying', by },
      submit: { label: say('submit'), from: ['rectifying'], to: 'rechecking', by },
      pass: { label: say('pass'), from: ['rechecking'], to: ['closed', 'countersigning'], by },
      fail: { label: say('fail'), from: ['rechecking'], to: { back: 'previous' }, by },
      sign: { label: say('sign'), from: ['countersigning'], to: 'closed', by, signs: 'for' },
      object: { label: say('object'), from: ['countersigning'], to: { back: 'previous' }, by, signs: 'against' },
      remark: { label: say('remark'), from: ['rectifying'], to: '=', by },
    },
  }),
);
const words = { state: (name: string) => name, action: (name: string) => name, measure: (text: string) => text.length * 8 };

describe('arrowsOf', () => {
  const arrows = arrowsOf(workflow);
  const to = (from: string) => arrows.filter((arrow) => arrow.from === from).map((arrow) => arrow.to);

  it('draws the start, every choice, and the way back to the step before', () => {
    expect(to(startNode)).toEqual(['found']);
    expect(to('rechecking')).toEqual(['closed', 'countersigning', 'rectifying']);
    expect(to('countersigning')).toEqual(['closed', 'rechecking']);
  });

  it('draws no arrow for what stays where it is', () => {
    expect(arrows.flatMap((arrow) => arrow.actions)).not.toContain('remark');
  });
});

describe.each(['LR', 'TB'] as const)('layoutFlow %s', (direction) => {
  const graph = layoutFlow(workflow, words, direction);

  it('places every state once, inside the drawing, none over another', () => {
    expect(graph.nodes.map((node) => node.id).sort()).toEqual([startNode, ...Object.keys(workflow.states)].sort());
    for (const [i, a] of graph.nodes.entries()) {
      expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width / 2).toBeLessThanOrEqual(graph.width);
      for (const b of graph.nodes.slice(i + 1)) {
        const apart = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart, `${a.id} and ${b.id}`).toBe(true);
      }
    }
  });

  it('gives every arrow a line and says which run back', () => {
    expect(graph.edges.every((edge) => pathOf(edge.points).startsWith('M'))).toBe(true);
    expect(graph.edges.find((edge) => edge.from === 'rectifying' && edge.to === 'rechecking')?.back).toBe(false);
    expect(graph.edges.find((edge) => edge.from === 'rechecking' && edge.to === 'rectifying')?.back).toBe(true);
  });
});
