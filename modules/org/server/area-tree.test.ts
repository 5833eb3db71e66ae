import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTree, upwards } from './area-tree.ts';

/** Every node's parent is an earlier node, or none. */
const forest = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((picks) => picks.map((pick, i) => ({ id: i + 1, parent: i === 0 || pick < 0.1 ? null : 1 + Math.floor(pick * i * 0.999) })));

describe('area tree', () => {
  test('below holds exactly those whose way up passes the area, sorted', () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const tree = makeTree(nodes, 'm');
        for (const { id } of nodes) {
          const below = tree.below.get(id) ?? [];
          expect(below).toEqual(nodes.map((node) => node.id).filter((other) => upwards(tree, other).includes(id)));
          expect(below).toContain(id);
        }
      }),
    );
  });
  test('a circle in the data ends nothing in an endless loop', () => {
    const tree = makeTree(
      [
        { id: 1, parent: 2 },
        { id: 2, parent: 1 },
      ],
      'm',
    );
    expect(tree.below.get(1)).toEqual([1, 2]);
    expect(upwards(tree, 1)).toEqual([1, 2]);
  });
  test('an unknown area has nothing below it', () => {
    expect(makeTree([{ id: 1, parent: null }], 'm').below.get(9)).toBeUndefined();
  });
});
