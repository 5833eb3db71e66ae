import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  can,
  type Grant,
  hasRole,
  holds,
  type Owner,
  type Principal,
  type Role,
  reaches,
  roleNames,
  type Scope,
  separatedRoles,
} from './permission.ts';
import { guardOf } from './server/db/transaction.ts';

fc.configureGlobal({ numRuns: 1000 });

// Few values, so that hits and misses both happen often.
const orgs = [1, 11, 12];
const lines = ['fire', 'chemical', 'mine'];
const parties = ['p1', 'p2'];
const persons = ['me', 'a', 'b'];
const role = fc.constantFrom<Role>('officer', 'leader', 'enterprise', 'secadmin');
const nullable = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });

const grants: fc.Arbitrary<Grant> = fc.record({
  post: fc.constant('post'),
  role,
  unit: nullable(orgs),
  orgs: fc.subarray(orgs),
  lines: fc.option(fc.subarray(lines), { nil: null }),
  party: fc.option(fc.constantFrom(...parties), { nil: null, freq: 3 }),
  behalf: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
});
const principals: fc.Arbitrary<Principal> = fc.record({
  person: fc.constantFrom(...persons),
  name: fc.constant(''),
  title: fc.constant(''),
  grants: fc.array(grants, { maxLength: 5 }),
});
const scopes: fc.Arbitrary<Scope> = fc.record({ org: nullable(orgs), line: nullable(lines), party: nullable(parties) });
const owners: fc.Arbitrary<Owner | null> = fc.oneof(
  fc.constant(null),
  fc.record({ person: fc.constantFrom(...persons) }),
  fc.record({ unit: fc.constantFrom(...orgs), role }),
  fc.record({ party: fc.constant(true as const), role }),
);

/** Every place a grant covers, written out: an enterprise's grant is its own object, all others are areas times lines. */
function covered(grant: Grant): Set<string> {
  const found = new Set<string>();
  for (const org of [...orgs, null]) {
    for (const line of [...lines, null]) {
      for (const party of [...parties, null]) {
        const atParty = grant.party !== null && party === grant.party;
        const inArea = grant.party === null && org !== null && grant.orgs.includes(org);
        const inLine = grant.lines === null || grant.lines.some((one) => one === line);
        if (atParty || (inArea && inLine)) found.add(`${org} ${line} ${party}`);
      }
    }
  }
  return found;
}
const place = ({ org, line, party }: Scope) => `${org} ${line} ${party}`;

const grant = (more: Partial<Grant>): Grant => ({
  ...{ post: 'p', role: 'officer', unit: 11, orgs: [11], lines: null, party: null, behalf: null },
  ...more,
});
const me = (...held: Grant[]): Principal => ({ person: 'me', name: '', title: '', grants: held });
const at = (org: number | null, line: string | null = null, party: string | null = null): Scope => ({ org, line, party });

describe('reaches', () => {
  it('is membership in the places a grant covers', () => {
    fc.assert(fc.property(grants, scopes, (one, scope) => reaches(one, scope) === covered(one).has(place(scope))));
  });

  it('an industry line narrows an area; a record without a line is not in any line', () => {
    const fire = grant({ lines: ['fire'] });
    expect(reaches(fire, at(11, 'fire'))).toBe(true);
    expect(reaches(fire, at(11, 'mine'))).toBe(false);
    expect(reaches(fire, at(11))).toBe(false);
    expect(reaches(grant({ lines: [] }), at(11, 'fire'))).toBe(false);
  });

  it('an enterprise sees its own object wherever it lies, and nothing of its neighbours', () => {
    const own = grant({ role: 'enterprise', party: 'p1', orgs: [11] });
    expect(reaches(own, at(12, null, 'p1'))).toBe(true);
    expect(reaches(own, at(11, null, 'p2'))).toBe(false);
    expect(reaches(own, at(11))).toBe(false);
  });

  it('a record that lies nowhere is reached by nobody', () => {
    fc.assert(fc.property(grants, (one) => !reaches(one, at(null))));
  });
});

describe('can', () => {
  const roles = fc.uniqueArray(role, { maxLength: 3 });

  it('finds a grant exactly when one of the roles covers the place', () => {
    fc.assert(
      fc.property(principals, roles, scopes, (who, by, scope) => {
        const fitting = who.grants.filter((one) => by.some((name) => name === one.role) && covered(one).has(place(scope)));
        const found = can(who, by, scope);
        expect(found !== null).toBe(fitting.length > 0);
        if (found) expect(fitting).toContain(found);
      }),
    );
  });

  it('acts in its own name whenever it can', () => {
    fc.assert(
      fc.property(principals, roles, scopes, (who, by, scope) => {
        const own = can({ ...who, grants: who.grants.filter((one) => one.behalf === null) }, by, scope);
        if (own) expect(can(who, by, scope)?.behalf).toBeNull();
      }),
    );
  });

  it('… whichever post comes first', () => {
    const own = grant({});
    const borrowed = grant({ behalf: 'a' });
    expect(can(me(borrowed, own), ['officer'], at(11))).toBe(own);
    expect(can(me(own, borrowed), ['officer'], at(11))).toBe(own);
    expect(can(me(borrowed), ['officer'], at(11))).toBe(borrowed);
    expect(can(me(borrowed, grant({ orgs: [12] })), ['officer'], at(11))).toBe(borrowed);
  });

  it('a post more never takes a right away', () => {
    fc.assert(
      fc.property(principals, grants, roles, scopes, (who, more, by, scope) => {
        if (can(who, by, scope)) expect(can({ ...who, grants: [more, ...who.grants] }, by, scope)).not.toBeNull();
      }),
    );
  });

  it('does not mix the role of one post with the area of another', () => {
    const who = me(grant({ role: 'leader', orgs: [12] }), grant({ role: 'officer', orgs: [11] }));
    expect(can(who, ['leader'], at(11))).toBeNull();
    expect(can(who, ['officer'], at(12))).toBeNull();
    expect(can(who, ['leader', 'officer'], at(11))?.role).toBe('officer');
  });

  it('no role is no right', () => {
    fc.assert(fc.property(principals, scopes, (who, scope) => can(who, [], scope) === null));
  });

  it('hasRole asks for the role alone', () => {
    fc.assert(
      fc.property(principals, roles, (who, by) => {
        const held = new Set(who.grants.map((one) => one.role));
        expect(hasRole(who, by)).toBe(by.some((name) => held.has(name)));
      }),
    );
  });
});

describe('the guard of the database', () => {
  /** The rule kernel.guard() writes into every policy, word for word. */
  const visible = (who: Principal, { org, line, party }: Scope): boolean => {
    const guard = guardOf(who);
    return (
      (org !== null && guard.orgs.includes(org)) ||
      (org !== null && guard.lineOrgs.includes(org) && line !== null && guard.orgLines.includes(`${org}:${line}`)) ||
      (party !== null && guard.parties.includes(party))
    );
  };

  const business = (one: Grant) => !separatedRoles.includes(one.role);

  it('shows exactly the places some grant reaches; the three administrators (三员) read no business', () => {
    fc.assert(
      fc.property(principals, scopes, (who, scope) => {
        expect(visible(who, scope)).toBe(who.grants.filter(business).some((one) => covered(one).has(place(scope))));
      }),
    );
  });

  it('never shows less than may be acted on', () => {
    fc.assert(
      fc.property(principals, scopes, (who, scope) => {
        const roles = roleNames.filter((name) => !separatedRoles.includes(name));
        if (can(who, roles, scope)) expect(visible(who, scope)).toBe(true);
      }),
    );
  });

  it('names the person and everybody stood in for', () => {
    fc.assert(
      fc.property(principals, (who) => {
        const named = who.grants.flatMap((one) => (one.behalf === null ? [] : [one.behalf]));
        expect(new Set(guardOf(who).persons)).toEqual(new Set([who.person, ...named]));
      }),
    );
  });
});

describe('holds', () => {
  /** Everybody in whose name this person could hold it, written out. */
  const names = (who: Principal, owner: Owner | null, party: string | null): (string | null)[] => {
    if (owner === null) return [];
    if ('person' in owner) {
      const asked = who.grants.filter((one) => one.behalf === owner.person).map((one) => one.behalf);
      return owner.person === who.person ? [null, ...asked] : asked;
    }
    const seats = who.grants.filter((one) => one.role === owner.role);
    const here = seats.filter((one) => ('unit' in owner ? one.unit === owner.unit : party !== null && one.party === party));
    return here.map((one) => one.behalf);
  };

  it('is being the person, having the seat, or standing in for either; in its own name first', () => {
    fc.assert(
      fc.property(principals, owners, nullable(parties), (who, owner, party) => {
        const possible = names(who, owner, party);
        const held = holds(who, owner, party);
        expect(held !== undefined).toBe(possible.length > 0);
        if (held) expect(possible.includes(null) ? held.behalf === null : possible.includes(held.behalf)).toBe(true);
      }),
    );
  });

  it('a role at the object needs an object: an owner without one is held by nobody', () => {
    const manager = me(grant({ role: 'enterprise', party: 'p1' }));
    expect(holds(manager, { party: true, role: 'enterprise' }, 'p1')).toMatchObject({ behalf: null });
    expect(holds(manager, { party: true, role: 'enterprise' }, 'p2')).toBeUndefined();
    expect(holds(manager, { party: true, role: 'enterprise' }, null)).toBeUndefined();
    expect(holds(me(grant({ role: 'enterprise' })), { party: true, role: 'enterprise' }, null)).toBeUndefined();
  });

  it('a seat is a unit and a role together, not the area it covers', () => {
    const officer = me(grant({ unit: 1, orgs: [1, 11, 12] }));
    expect(holds(officer, { unit: 1, role: 'officer' }, null)).toMatchObject({ behalf: null });
    expect(holds(officer, { unit: 11, role: 'officer' }, null)).toBeUndefined();
    expect(holds(officer, { unit: 1, role: 'leader' }, null)).toBeUndefined();
    const both = me(grant({ unit: 1, behalf: 'a' }), grant({ unit: 1 }));
    expect(holds(both, { unit: 1, role: 'officer' }, null)?.behalf).toBeNull();
  });
});
