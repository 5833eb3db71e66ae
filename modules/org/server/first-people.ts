import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { newId } from '#kernel/id.ts';
import type { Role } from '#kernel/permission.ts';
import { findRow, kyselyOn, type PgSettings, PipelinedClient, type Tx, write } from '#kernel/server/db/pool.ts';
import { sendEvent } from '#kernel/server/ledger.ts';
import { asOrgFault } from './database-fault.ts';
import { initialsOf } from './initials.ts';

/** What is needed to make somebody with one post: the unit by its code. */
export type NewPerson = { name: string; unit: string; role: Role; title?: string };

async function asOwner<T>(owner: PgSettings, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const client = new PipelinedClient(owner);
  await client.connect();
  try {
    await client.query('begin');
    const result = await fn({ client, db: kyselyOn(client) });
    await client.query('commit');
    return result;
  } catch (error) {
    throw asOrgFault(error);
  } finally {
    await client.end();
  }
}

async function insertPerson(tx: Tx, one: NewPerson): Promise<string> {
  const unit = await findRow(
    tx,
    sql<{ id: number; area: number; lines: string[] | null }>`select id, area, case when overall then null else lines end as lines
      from org.unit where code = ${one.unit} and valid_to is null`,
  );
  if (!unit) throw fault('org.unit_unknown', { unit: one.unit });
  const id = newId();
  await write(tx, sql`insert into org.person (id, name, initials, org) values (${id}, ${one.name}, ${initialsOf(one.name)}, ${unit.area})`);
  await write(
    tx,
    sql`insert into org.post (id, person, unit, title, role, scope, lines, main)
      values (${newId()}, ${id}, ${unit.id}, ${one.title ?? ''}, ${one.role}, ${unit.area}, ${unit.lines}, true)`,
  );
  await sendEvent(tx.client, {
    name: 'org.personFirst',
    subject: id,
    org: unit.area,
    data: { name: one.name, unit: one.unit, role: one.role },
  });
  return id;
}

/**
 * A person with one post, made from the command line by whoever runs the installation. @returns the person's id
 * @throws fault org.unit_unknown when no open unit has this code
 */
export function addPerson(owner: PgSettings, one: NewPerson): Promise<string> {
  return asOwner(owner, (tx) => insertPerson(tx, one));
}

const bureau = 'jn.yjj';

/**
 * The first people of an empty installation; answers the security administrator, who gets the first account. The other two
 * administrators are made beside (without account), because no administrator can make and authorise a person alone: the first
 * opens their accounts and hands them to two other people (三员分立, GB/T 22239-2019 8.1.5). Later calls answer the same person.
 */
export function ensureFirstAdministrator(owner: PgSettings): Promise<string> {
  return asOwner(owner, async (tx) => {
    await tx.client.run(`select pg_advisory_xact_lock(hashtext('vigil.first-administrator'))`);
    const known = await findRow(
      tx,
      sql<{ person: string }>`select p.person from org.post p join org.person x on x.id = p.person and x.left_at is null
        where p.role = 'secadmin' and p.valid_to is null order by p.valid_from, p.id limit 1`,
    );
    if (known) return known.person;
    await insertPerson(tx, { name: '系统管理员', title: '系统管理员', unit: bureau, role: 'sysadmin' });
    await insertPerson(tx, { name: '审计管理员', title: '审计管理员', unit: bureau, role: 'auditor' });
    return insertPerson(tx, { name: '安全管理员', title: '安全管理员', unit: bureau, role: 'secadmin' });
  });
}
