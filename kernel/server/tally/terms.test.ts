import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Term, termsOf } from './terms.ts';

// 1 city; 10, 20 districts; 11, 12, 21, 22 towns.
const parent: Record<number, number | null> = { 1: null, 10: 1, 20: 1, 11: 10, 12: 10, 21: 20, 22: 20 };
const areas = Object.keys(parent).map(Number);
const lines = ['gas', 'fire'];
function within(org: number, area: number): boolean {
  for (let at: number | null | undefined = org; at != null; at = parent[at]) if (at === area) return true;
  return false;
}
const below = (area: number) => areas.filter((org) => within(org, area));

/** How often a matter at (org, line) is counted by these terms. */
const times = (terms: readonly Term[], org: number, line: string) =>
  terms.filter((term) => within(org, term.org) && (term.line === '' || term.line === line)).reduce((sum, term) => sum + term.sign, 0);

it('counts each matter one may see exactly once, and no other, whatever one asks for', () => {
  const wholes = fc.uniqueArray(fc.constantFrom(...areas), { maxLength: 3 });
  const partial = fc.array(fc.tuple(fc.constantFrom(...areas), fc.constantFrom(...lines)), { maxLength: 3 });
  const asked = fc.record({ org: fc.constantFrom(...areas), line: fc.constantFrom(...lines) }, { requiredKeys: [] });
  fc.assert(
    fc.property(wholes, partial, asked, (whole, pairs, filter) => {
      const orgs = whole.flatMap(below);
      const orgLines = pairs.flatMap(([area, line]) => below(area).map((org) => `${org}:${line}`));
      const terms = termsOf({ orgs, orgLines }, filter, within);
      for (const org of areas)
        for (const line of lines) {
          const sees = orgs.includes(org) || orgLines.includes(`${org}:${line}`);
          const wanted = (filter.org === undefined || within(org, filter.org)) && (filter.line === undefined || filter.line === line);
          expect(times(terms, org, line)).toBe(sees && wanted ? 1 : 0);
        }
    }),
  );
});
