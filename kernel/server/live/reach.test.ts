import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type Grant, reaches } from '#kernel/permission.ts';
import { notAfter, parsePosition } from './position.ts';
import { reachOf, within } from './reach.ts';

const parties = [newId(), newId()];
const line = fc.constantFrom('gas', 'fire', 'mine');
const grant: fc.Arbitrary<Grant> = fc.record({
  post: fc.constant('p'),
  role: fc.constantFrom('officer', 'leader') as fc.Arbitrary<'officer' | 'leader'>,
  unit: fc.constant(null),
  orgs: fc.uniqueArray(fc.integer({ min: 1, max: 6 })),
  lines: fc.option(fc.uniqueArray(line)),
  party: fc.option(fc.constantFrom(...parties)),
  behalf: fc.constant(null),
});
const scope = fc.record({
  org: fc.option(fc.integer({ min: 1, max: 6 })),
  line: fc.option(line),
  party: fc.option(fc.constantFrom(...parties)),
});
const principal = (grants: Grant[]) => ({ person: newId(), name: '', title: '', grants });

it('is what the grants reach together', () => {
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 4 }), scope, (grants, where) => {
      expect(within(reachOf(principal(grants)), where)).toBe(grants.some((one) => reaches(one, where)));
    }),
    { numRuns: 2000 },
  );
});

it('is one object for all who reach the same', () => {
  const post: Grant = { post: 'a', role: 'officer', unit: 1, orgs: [2, 1], lines: null, party: null, behalf: null };
  expect(reachOf(principal([post]))).toBe(reachOf(principal([{ ...post, post: 'b', orgs: [1, 2] }])));
  expect(reachOf(principal([post]))).not.toBe(reachOf(principal([{ ...post, orgs: [1] }])));
});

it('orders places in the ledger by number, not by text', () => {
  expect(notAfter({ tx: '9', seq: '1' }, { tx: '10', seq: '1' })).toBe(true);
  expect(notAfter({ tx: '10', seq: '9' }, { tx: '10', seq: '10' })).toBe(true);
  expect(notAfter({ tx: '10', seq: '10' }, { tx: '10', seq: '9' })).toBe(false);
});

it('takes back only ids it could have given', () => {
  expect(parsePosition('768.9223372036854775807')).toEqual({ tx: '768', seq: '9223372036854775807' });
  for (const text of ['', '1', '1.2.3', 'a.b', '-1.2', '1.9223372036854775808', '99999999999999999999.1', '1.2; drop']) {
    expect([text, parsePosition(text)]).toEqual([text, undefined]);
  }
});
