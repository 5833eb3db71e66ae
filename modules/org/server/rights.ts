import { can, type Role } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';

type Who = Pick<Context, 'who'>;

/** Does a post of one of these roles reach this place (for all lines, or for this one)? */
export function mayAt({ who }: Who, by: readonly Role[], org: number | null, line: string | null = null): boolean {
  return org !== null && can(who, by, { org, line, party: null }) !== null;
}

/** May the person do what this administrator does at that area? */
export function administers(ctx: Who, role: 'sysadmin' | 'secadmin', org: number | null): boolean {
  return mayAt(ctx, [role], org);
}

/** The asker and everybody the asker stands in for. */
export function actingPersons({ who }: Who): string[] {
  return [...new Set([who.person, ...who.grants.flatMap((grant) => grant.behalf ?? [])])];
}
