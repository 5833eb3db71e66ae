import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFault } from './fault.ts';
import { type Role, roleNames, separatedRoles } from './permission.ts';
import { assertSeparation, findConflict } from './separation.ts';

const someRoles = fc.array(fc.constantFrom(...roleNames), { maxLength: 12 });
const business = roleNames.filter((role) => !separatedRoles.includes(role));

const refused = (roles: readonly Role[]): boolean => {
  try {
    assertSeparation(roles);
    return false;
  } catch (error) {
    if (isFault(error) && error.code === 'session.separation') return true;
    throw error;
  }
};

describe('separation of the three administrators', () => {
  it('refuses every pair of administrators and every administrator with a business role', () => {
    for (const one of separatedRoles) {
      for (const other of roleNames) expect(refused([one, other]), `${one} with ${other}`).toBe(other !== one);
    }
  });

  it('lets business roles meet', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...business)), (roles) => {
        expect(refused(roles)).toBe(false);
      }),
    );
  });

  it('accepts a set exactly when it is one single administrator or has none', () => {
    fc.assert(
      fc.property(someRoles, (roles) => {
        const distinct = new Set(roles);
        const administrators = separatedRoles.filter((role) => distinct.has(role)).length;
        expect(refused(roles)).toBe(administrators > 1 || (administrators === 1 && distinct.size > 1));
      }),
    );
  });

  it('does not depend on the order or on repetition, and adding a role never heals a conflict', () => {
    fc.assert(
      fc.property(someRoles, fc.constantFrom(...roleNames), (roles, more) => {
        expect(refused([...roles].reverse())).toBe(refused(roles));
        expect(refused([...roles, ...roles])).toBe(refused(roles));
        if (refused(roles)) expect(refused([...roles, more])).toBe(true);
      }),
    );
  });

  it('names two different roles that are held, an administrator first', () => {
    fc.assert(
      fc.property(someRoles, (roles) => {
        const conflict = findConflict(roles);
        if (!conflict) return;
        expect(roles).toEqual(expect.arrayContaining([...conflict]));
        expect(conflict[0]).not.toBe(conflict[1]);
        expect(separatedRoles).toContain(conflict[0]);
      }),
    );
  });
});
