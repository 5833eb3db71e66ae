import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { type Role, roles, separatedRoles } from '#kernel/permission.ts';
import { findRow, rows, type Tx, write } from '#kernel/server/db/pool.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { administration } from '../module.ts';
import { refusing } from './database-fault.ts';
import { initialsOf } from './initials.ts';
import { administers } from './rights.ts';
import { getUnit } from './unit-actions.ts';

type Person = { id: string; org: number | null; party: string | null };

export async function findPerson(tx: Tx, id: string): Promise<Person | undefined> {
  return findRow(tx, sql<Person>`select id, org, party from org.person where id = ${id}::uuid and left_at is null`);
}

/** @throws fault person.unknown */
export async function getPerson(tx: Tx, id: string): Promise<Person> {
  const person = await findPerson(tx, id);
  if (!person) throw fault('person.unknown', { people: [id] });
  return person;
}

export const personSave = handleAction(
  administration.personSave,
  async (ctx, input) => ({ org: (await findPerson(ctx.tx, input.id))?.org ?? input.org, line: null, party: null }),
  async (ctx, input) => {
    const area = await getUnit(ctx.tx, input.org);
    if (area.area !== area.id) throw fault('org.unit_area');
    if (!administers(ctx, 'sysadmin', area.id)) throw fault('auth.forbidden', { permission: 'org.personSave' });
    const saved = await refusing(
      write(
        ctx.tx,
        sql`insert into org.person (id, name, title, initials, org, party, joined_at)
          values (${input.id}, ${input.name}, ${input.title}, ${initialsOf(input.name)}, ${input.org}, ${input.party ?? null}, ${ctx.now})
          on conflict (id) do update set name = excluded.name, title = excluded.title, initials = excluded.initials, org = excluded.org
            where person.left_at is null`,
      ),
    );
    if (saved !== 1) throw fault('person.unknown', { people: [input.id] });
    if (input.phone !== undefined) {
      await write(
        ctx.tx,
        sql`insert into org.person_contact (person, phone) values (${input.id}, ${input.phone}) on conflict (person) do update set phone = excluded.phone`,
      );
    }
    return { output: { id: input.id }, subject: input.id, kind: 'org.person' };
  },
);

export const personLeave = handleAction(
  administration.personLeave,
  async (ctx, { id }) => ({ org: (await getPerson(ctx.tx, id)).org, line: null, party: null }),
  async (ctx, { id }) => {
    if (id === ctx.who.person) throw fault('org.not_oneself');
    const held = await rows(
      ctx.tx,
      sql<{ role: Role }>`select role from org.post where person = ${id}::uuid and (valid_to is null or valid_to > ${ctx.now})`,
    );
    // Taking an administrator's rights away is the security administrator's act: otherwise one could remove one's own supervisor.
    const administrator = held.find((post) => separatedRoles.includes(post.role));
    if (administrator) throw fault('org.still_admin', { role: roles[administrator.role] });
    await write(ctx.tx, sql`update org.person set left_at = ${ctx.now} where id = ${id}::uuid`);
    return { output: { id, posts: held.length }, subject: id, kind: 'org.person', data: { posts: held.length } };
  },
);
