import type { Text } from './text.ts';

/** The roles a post can carry. A level (city, district, town) is not a role: it is the scope of the grant. */
export const roles = {
  officer: { zh: '监管人员', en: 'Supervising officer' },
  leader: { zh: '单位负责人', en: 'Unit leader' },
  duty: { zh: '值班人员', en: 'Duty officer' },
  enforcer: { zh: '执法人员', en: 'Enforcement officer' },
  grid: { zh: '网格员', en: 'Grid worker' },
  enterprise: { zh: '企业安全管理人员', en: 'Enterprise safety manager' },
  sysadmin: { zh: '系统管理员', en: 'System administrator' },
  secadmin: { zh: '安全管理员', en: 'Security administrator' },
  auditor: { zh: '审计管理员', en: 'Auditor' },
} as const satisfies Record<string, Text>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];

/** GB/T 22239-2019 level 3: the three administrators exclude one another, and none of them handles business. */
export const separatedRoles: readonly Role[] = ['sysadmin', 'secadmin', 'auditor'];

/**
 * One grant: a role at an organisation subtree, optionally narrowed to industry lines, or at one supervised object.
 * `orgs` are area ids (city, district or zone, town), already expanded to the subtree and sorted.
 */
export type Grant = {
  post: string;
  role: Role;
  unit: number | null;
  orgs: readonly number[];
  lines: readonly string[] | null;
  party: string | null;
  /** Set when the grant is exercised for somebody who is away: the person who delegated it. */
  behalf: string | null;
};

/** Who asks: one person with all the posts held at this moment, delegated ones included. */
export type Principal = {
  person: string;
  name: string;
  title: string;
  grants: readonly Grant[];
};

/** Where a record lies. All three are null only for records that belong to nobody but the people named on them. */
export type Scope = { org: number | null; line: string | null; party: string | null };

/** Who must act next: a named person, the holders of a role in a unit, or (no unit) the holders at the record's party. */
export type Owner = { person: string } | { unit: number; role: Role } | { party: true; role: Role };

/** Does this grant reach that place? Pure mirror of the policies that `kernel.guard()` makes in the database. */
export function reaches(grant: Grant, scope: Scope): boolean {
  if (grant.party !== null) return scope.party === grant.party;
  if (scope.org === null || !grant.orgs.includes(scope.org)) return false;
  return grant.lines === null || (scope.line !== null && grant.lines.includes(scope.line));
}

/** The grant by which the principal may do what `by` lists at `scope`, or null. Own grants win over delegated ones. */
export function can(who: Principal, by: readonly Role[], scope: Scope): Grant | null {
  let delegated: Grant | null = null;
  for (const grant of who.grants) {
    if (!by.includes(grant.role) || !reaches(grant, scope)) continue;
    if (grant.behalf === null) return grant;
    delegated ??= grant;
  }
  return delegated;
}

/** Does the principal hold one of these roles anywhere? Used where a row-level policy decides which rows come back. */
export function hasRole(who: Principal, by: readonly Role[]): boolean {
  return who.grants.some((grant) => by.includes(grant.role));
}

/** The grant (or the mere identity, as null grant) by which the principal is the owner; undefined when not the owner. */
export function holds(who: Principal, owner: Owner | null, party: string | null): { behalf: string | null } | undefined {
  if (owner === null) return undefined;
  if ('person' in owner) {
    if (owner.person === who.person) return { behalf: null };
    return who.grants.some((grant) => grant.behalf === owner.person) ? { behalf: owner.person } : undefined;
  }
  const grants = who.grants.filter((grant) =>
    'unit' in owner
      ? grant.unit === owner.unit && grant.role === owner.role
      : party !== null && grant.party === party && grant.role === owner.role,
  );
  return grants.find((grant) => grant.behalf === null) ?? grants[0];
}
