import { expect, it } from 'vitest';
import { storeTree } from '../fixture.ts';
import { newTree, placesOf, put, toSend, withTable } from './drafts.ts';

it('says first what is empty, then what is wrong', () => {
  const empty = placesOf(newTree('配电室', '2026-11-23'));
  expect([...empty.keys()]).toEqual(['units.0.name', 'units.0.events.0.name', 'units.0.events.0.measures.0.content']);
  const tree = storeTree('2026-11-23');
  expect(placesOf(tree).size).toBe(0);
  const event = tree.units[0]?.events[0];
  if (event) event.inherent = { l: 1 };
  expect([...placesOf(tree).keys()]).toEqual(['units.0.events.0.inherent']);
});

it('sends no cycle where nothing is checked by hand', () => {
  const tree = storeTree('2026-11-23');
  const measures = tree.units[0]?.events[0]?.measures ?? [];
  const [automatic, daily] = measures;
  if (automatic) automatic.cycle = { every: 1, unit: 'day', days: 'every', from: '2026-11-23', role: 'daily' };
  if (daily) daily.check = '  ';
  expect(toSend(tree).units[0]?.events[0]?.measures.map((one) => one.cycle?.unit)).toEqual([undefined, undefined, 'month']);
});

it('keeps the factors only within one method', () => {
  const event = storeTree('2026-11-23').units[0]?.events[0];
  if (!event) throw new Error('the fixture lost its event');
  expect(withTable(event, 'ls-2016').inherent).toEqual({});
  const graded = { ...event, table: 'ls-2016', inherent: { l: 3, s: 3 } };
  expect(withTable(graded, 'ls-alt').inherent).toEqual({ l: 3, s: 3 });
  expect(put({ a: 1, b: 'x' } as { a: number; b?: string }, 'b', '')).toEqual({ a: 1 });
});
