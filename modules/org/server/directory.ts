import { sql } from 'kysely';
import type { Grant, Owner, Role } from '#kernel/permission.ts';
import { separatedRoles } from '#kernel/permission.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import type { Directory, Named } from '#kernel/server/directory.ts';
import { type AreaTree, areaTree } from './area-tree.ts';

/** A post in force as `org.principal` reveals it. */
export type PostInForce = {
  post: string;
  role: Role;
  unit: number | null;
  scope: number;
  lines: string[] | null;
  party: string | null;
  behalf: string | null;
};

/** What a post lets its holder reach: the subtree of its scope, or, at a supervised object, that object alone. */
export function grantOf(post: PostInForce, tree: Pick<AreaTree, 'below'>): Grant {
  return {
    post: post.post,
    role: post.role,
    unit: post.unit,
    orgs: post.party === null ? (tree.below.get(post.scope) ?? []) : [],
    lines: post.lines,
    party: post.party,
    behalf: post.behalf,
  };
}

/** 三员分立 holds for what is delegated too, whatever the database was made to contain. */
const isDelegable = (post: PostInForce) => post.behalf === null || !separatedRoles.includes(post.role);

type PrincipalRow = { name: string; title: string; mark: string; posts: PostInForce[] };

const ownerParts = (owner: Owner | null): [string | null, number | null, Role | null] => {
  if (owner === null) return [null, null, null];
  if ('person' in owner) return [owner.person, null, null];
  return [null, 'unit' in owner ? owner.unit : null, owner.role];
};

/** What the kernel asks of people and units, answered inside anybody's transaction: names and titles, no personal data. */
export const orgDirectory: Directory = {
  async findPrincipal(tx, person, now) {
    const row = await findRow(
      tx,
      sql<PrincipalRow>`select name, title, mark, posts from org.principal(${person}::uuid, ${now}::timestamptz)`,
    );
    if (!row) return undefined;
    const tree = await areaTree(tx, row.mark);
    const { name, title } = row;
    return { person, name, title, grants: row.posts.filter(isDelegable).map((post) => grantOf(post, tree)) };
  },
  async areas(tx) {
    return [...(await areaTree(tx)).all];
  },
  async parents(tx) {
    return (await areaTree(tx)).parent;
  },
  async subtree(tx, org) {
    return [...((await areaTree(tx)).below.get(org) ?? [])];
  },
  async placesOf(tx, people, now) {
    const found = await rows(
      tx,
      sql<{ person: string; areas: number[] }>`select person, array_agg(area) as areas
        from org.places(${[...people]}::uuid[], ${now}::timestamptz) group by person`,
    );
    return new Map(found.map((row) => [row.person, row.areas]));
  },
  async administrators(tx, people) {
    if (people.length === 0) return [];
    const found = await rows(tx, sql<{ id: string }>`select id from org.ever_administrators(${[...people]}::uuid[]) id`);
    return found.map((row) => row.id);
  },
  async personNames(tx, ids) {
    if (ids.length === 0) return [];
    return rows(tx, sql<Named>`select id, name, title from org.person_names(${[...ids]}::uuid[])`);
  },
  async unitNames(tx, ids) {
    if (ids.length === 0) return [];
    return rows(tx, sql<{ id: number; name: string; short: string }>`select id, name, short from org.unit_names(${[...ids]}::int[])`);
  },
  async holders(tx, owner, party, now) {
    const [person, unit, role] = ownerParts(owner);
    return rows(
      tx,
      sql<Named>`select id, name, title from org.holders(${person}::uuid, ${unit}::int, ${role}::text, ${party}::uuid, ${now}::timestamptz)`,
    );
  },
  async superiors(tx, owner, org, rung, now) {
    const [person, unit, role] = ownerParts(owner);
    return rows(
      tx,
      sql<Named>`select id, name, title from org.superiors(${person}::uuid, ${unit}::int, ${role}::text, ${org}::int, ${rung}::int, ${now}::timestamptz)`,
    );
  },
};
