import type { Principal, Scope } from '../../permission.ts';
import { guardOf } from '../db/transaction.ts';

/** Where somebody may look, as sets; people with the same posts share one. Mirror of the row-level policy, like `reaches()`. */
export type Reach = {
  readonly orgs: ReadonlySet<number>;
  readonly orgLines: ReadonlySet<string>;
  readonly parties: ReadonlySet<string>;
};

const shared = new Map<string, WeakRef<Reach>>();

/** The reach of all the person's grants together; the same object for everybody who reaches the same. */
export function reachOf(who: Principal): Reach {
  const { orgs, orgLines, parties } = guardOf(who);
  const key = JSON.stringify([[...orgs].sort((a, b) => a - b), [...orgLines].sort(), [...parties].sort()]);
  const known = shared.get(key)?.deref();
  if (known) return known;
  const made: Reach = { orgs: new Set(orgs), orgLines: new Set(orgLines), parties: new Set(parties) };
  for (const [old, ref] of shared) if (!ref.deref()) shared.delete(old);
  shared.set(key, new WeakRef(made));
  return made;
}

export function within(reach: Reach, { org, line, party }: Scope): boolean {
  if (party !== null && reach.parties.has(party)) return true;
  if (org === null) return false;
  return reach.orgs.has(org) || (line !== null && reach.orgLines.has(`${org}:${line}`));
}
