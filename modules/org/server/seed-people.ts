import { sql } from 'kysely';
import { rows, type Tx, write } from '#kernel/server/db/pool.ts';
import { jinanUnits } from '../data/jinan-units.ts';
import { initialsOf } from './initials.ts';
import { seedId } from './seed-names.ts';
import { type RosterPerson, type RosterPost, roster } from './seed-roster.ts';
import { seedRota } from './seed-rota.ts';

type Unit = { id: number; code: string; area: number; lines: string[]; overall: boolean };
type PostRow = {
  id: string;
  person: string;
  unit: number | null;
  party: string | null;
  title: string;
  role: string;
  scope: number;
  lines: string | null;
  main: boolean;
  ordering: number;
};

/** `null` = all lines, `''` = none; the list is sent as one text because PostgreSQL flattens arrays of arrays. */
function linesOf(post: RosterPost, unit: Unit | undefined): string | null {
  if (post.lines) return post.lines.join(',');
  return unit === undefined || unit.overall ? null : unit.lines.join(',');
}

function postRows(people: readonly RosterPerson[], units: ReadonlyMap<string, Unit>): PostRow[] {
  return people.flatMap((person) =>
    person.posts.flatMap((post, n) => {
      const unit = post.unit === null ? undefined : units.get(post.unit);
      const scope = post.scope === undefined ? unit?.area : units.get(post.scope)?.id;
      if (scope === undefined) return [];
      return [
        {
          id: seedId('post', `${person.id}:${post.unit ?? person.party}:${post.role}`),
          person: person.id,
          unit: unit?.id ?? null,
          party: post.unit === null ? person.party : null,
          title: post.title,
          role: post.role,
          scope,
          lines: linesOf(post, unit),
          main: n === 0,
          ordering: post.ordering,
        },
      ];
    }),
  );
}

async function insertPeople(tx: Tx, people: readonly RosterPerson[], scopes: ReadonlyMap<string, number>): Promise<number> {
  const added = await write(
    tx,
    sql`insert into org.person (id, name, initials, org, party, joined_at)
      select *, timestamptz '2025-01-01 00:00+08' from unnest(${people.map((one) => one.id)}::uuid[], ${people.map((one) => one.name)}::text[],
        ${people.map((one) => initialsOf(one.name))}::text[], ${people.map((one) => scopes.get(one.id) ?? null)}::int[], ${people.map((one) => one.party)}::uuid[])
      on conflict do nothing`,
  );
  await write(
    tx,
    sql`insert into org.person_contact (person, phone)
      select * from unnest(${people.map((one) => one.id)}::uuid[], ${people.map((one) => one.phone)}::text[]) on conflict do nothing`,
  );
  return added;
}

async function insertPosts(tx: Tx, posts: readonly PostRow[]): Promise<number> {
  return write(
    tx,
    sql`insert into org.post (id, person, unit, party, title, role, scope, lines, main, ordering, valid_from)
      select id, person, unit, party, title, role, scope, case when lines = '' then '{}' else string_to_array(lines, ',') end, main, ordering,
        timestamptz '2025-01-01 00:00+08'
      from unnest(${posts.map((one) => one.id)}::uuid[], ${posts.map((one) => one.person)}::uuid[], ${posts.map((one) => one.unit)}::int[],
        ${posts.map((one) => one.party)}::uuid[], ${posts.map((one) => one.title)}::text[], ${posts.map((one) => one.role)}::text[],
        ${posts.map((one) => one.scope)}::int[], ${posts.map((one) => one.lines)}::text[], ${posts.map((one) => one.main)}::boolean[],
        ${posts.map((one) => one.ordering)}::int[]) as t (id, person, unit, party, title, role, scope, lines, main, ordering)
      on conflict do nothing`,
  );
}

/**
 * The fixture city's people, all invented: the named ones of `fixture.ts`, a leader and an officer for every government, department
 * and town, and a rota of 60 days around `now`. After `seedOrg`. Idempotent. `tx` is the owner's.
 */
export async function seedPeople(tx: Tx, now: Date): Promise<{ people: number; posts: number; shifts: number }> {
  const known = await rows(tx, sql<Unit>`select id, code, area, lines, overall from org.unit where valid_to is null`);
  const units = new Map(known.map((one) => [one.code, one]));
  const everybody = roster(jinanUnits());
  const posts = postRows(everybody, units);
  const scopes = new Map(posts.filter((one) => one.main).map((one) => [one.person, one.scope]));
  const people = await insertPeople(tx, everybody, scopes);
  const given = await insertPosts(tx, posts);
  await write(
    tx,
    sql`update org.committee_member m set person = (
        select p.person from org.post p where p.unit = m.member and p.role = 'leader' and p.valid_to is null order by p.ordering, p.id limit 1
      ) where m.duty = 'chair' and m.person is null`,
  );
  return { people, posts: given, shifts: await seedRota(tx, now) };
}
