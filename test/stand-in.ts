import { newId } from '#kernel/id.ts';
import type { Grant, Principal, Role } from '#kernel/permission.ts';
import type { Authenticate } from '#kernel/server/caller.ts';

/** People made for a test, each with exactly the grants under test; the header names who asks. */
export type StandIns = { authenticate: () => Authenticate; add: (grants: readonly Partial<Grant>[], name?: string) => string };

export const standInHeader = 'x-stand-in';

export function makeStandIns(): StandIns {
  const people = new Map<string, Principal>();
  return {
    authenticate: () => async (request) => {
      const principal = people.get(String(request.headers[standInHeader] ?? ''));
      return principal ? { principal, session: principal.person, limited: false } : undefined;
    },
    add: (grants, name = '测试人员') => {
      const person = newId();
      const blank: Grant = { post: 'test', role: 'officer', unit: null, orgs: [], lines: null, party: null, behalf: null };
      people.set(person, { person, name, title: '', grants: grants.map((grant) => ({ ...blank, ...grant })) });
      return person;
    },
  };
}

export const roleAt = (role: Role, org: number): Partial<Grant> => ({ role, unit: org, orgs: [org] });
