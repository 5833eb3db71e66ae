import { fault } from '../../fault.ts';
import type { Role } from '../../permission.ts';
import type { Context } from '../context.ts';
import { directory } from '../directory.ts';

type Asked = Pick<Context, 'tx' | 'who' | 'now' | 'use'>;

/** The areas of the posts of this role: an administrator of a town is none of the city (最小权限, GB/T 22239-2019 8.1.4.2). */
export function areasOf({ who }: Pick<Context, 'who'>, role: Role): ReadonlySet<number> {
  return new Set(who.grants.flatMap((grant) => (grant.role === role && grant.behalf === null ? grant.orgs : [])));
}

/** Does the role reach every area there is? */
export async function reachesAll(ctx: Asked, role: Role): Promise<boolean> {
  const own = areasOf(ctx, role);
  return (await ctx.use(directory).areas(ctx.tx)).every((area) => own.has(area));
}

/** @throws fault auth.forbidden unless the caller guards all places of this person: a mayor's account is not reset from a town */
export async function requireGuarded(ctx: Asked, person: string): Promise<void> {
  const own = areasOf(ctx, 'secadmin');
  const places = (await ctx.use(directory).placesOf(ctx.tx, [person], ctx.now)).get(person);
  // Who belongs nowhere (or is nobody) is everybody's guard's.
  const guarded = places ? places.every((area) => own.has(area)) : await reachesAll(ctx, 'secadmin');
  if (!guarded) throw fault('auth.forbidden', { permission: 'session.accounts' });
}

/** What holds for everybody is set by whoever guards everybody. @throws fault auth.forbidden */
export async function requireWhole(ctx: Asked): Promise<void> {
  if (!(await reachesAll(ctx, 'secadmin'))) throw fault('auth.forbidden', { permission: 'session.policyChange' });
}

/** Those of the people whose accounts the caller guards. */
export async function guardedAmong(ctx: Asked, people: readonly string[]): Promise<string[]> {
  const own = areasOf(ctx, 'secadmin');
  const places = await ctx.use(directory).placesOf(ctx.tx, people, ctx.now);
  return people.filter((person) => places.get(person)?.every((area) => own.has(area)));
}
