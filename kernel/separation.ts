import { fault } from './fault.ts';
import { type Role, separatedRoles } from './permission.ts';

/**
 * Two roles of one person that must not meet: two of the three administrators (三员分立), or one of them with a business
 * role. Undefined when all may be held together. Source: GB/T 22239-2019 8.1.4.2 d), 8.1.5 (least privilege, separation).
 */
export function findConflict(roles: readonly Role[]): readonly [Role, Role] | undefined {
  const held = [...new Set(roles)];
  const separated = held.find((role) => separatedRoles.includes(role));
  const other = held.find((role) => role !== separated);
  return separated === undefined || other === undefined ? undefined : [separated, other];
}

/**
 * For whoever gives a post or a delegation: all roles the person would hold, delegated ones included.
 * @throws fault `session.separation` { roles }: the two that must not meet
 */
export function assertSeparation(roles: readonly Role[]): void {
  const conflict = findConflict(roles);
  if (conflict) throw fault('session.separation', { roles: conflict });
}
