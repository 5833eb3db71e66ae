import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kyselyOn, PipelinedClient, type Tx } from '#kernel/server/db/pool.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { fixture, fixtureUnits } from '../fixture.ts';
import { addPerson, ensureFirstAdministrator, seedOrg, seedPeople } from './seed.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

async function asOwner<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
  const client = new PipelinedClient(app.database.owner);
  await client.connect();
  try {
    return await fn({ client, db: kyselyOn(client) });
  } finally {
    await client.end();
  }
}

describe('seeding again', () => {
  test('adds nothing and puts nothing back that an administrator has changed', async () => {
    await app.owner.query(`update org.unit set name = '历下区试验政府' where code = $1`, [fixtureUnits.lixia]);
    await app.owner.query(`update org.post set valid_to = now() where person = $1`, [fixture.person('quancheng-grid')]);
    const [structure, people] = await asOwner(async (tx) => [await seedOrg(tx), await seedPeople(tx, new Date())] as const);
    expect(structure).toEqual({ divisions: 0, units: 0, seats: 0 });
    expect(people).toEqual({ people: 0, posts: 0, shifts: 0 });
    expect((await app.owner.query('select name from org.unit where code = $1', [fixtureUnits.lixia])).rows).toEqual([
      { name: '历下区试验政府' },
    ]);
  });
  test('a week later the rota goes on where it ended, for every desk', async () => {
    const { shifts } = await asOwner((tx) => seedPeople(tx, new Date(Date.now() + 7 * 86_400_000)));
    expect(shifts).toBe(7 * (16 * 3 + 5));
  });
});

describe('the first people', () => {
  test('somebody added by the command line holds one post; an unknown unit is refused and nothing kept', async () => {
    const person = await addPerson(app.database.owner, { name: '初任甲', unit: fixtureUnits.lixiaConstruction, role: 'officer' });
    const posts = await app.owner.query('select role, lines, main from org.post where person = $1', [person]);
    expect(posts.rows).toEqual([{ role: 'officer', lines: ['construction'], main: true }]);
    const wrong = addPerson(app.database.owner, { name: '初任乙', unit: 'nowhere', role: 'officer' });
    await expect(wrong).rejects.toMatchObject({ code: 'org.unit_unknown' });
    expect((await app.owner.query(`select 1 from org.person where name = '初任乙'`)).rowCount).toBe(0);
  });
  test('the first administrator is one who can let others in; the other two stand beside; asked again, the same', async () => {
    expect(await ensureFirstAdministrator(app.database.owner)).toBe(fixture.person('secadmin'));
    await app.owner.query(`update org.post set valid_to = now() where role = 'secadmin'`);
    const first = await ensureFirstAdministrator(app.database.owner);
    expect(await ensureFirstAdministrator(app.database.owner)).toBe(first);
    const made = await app.owner.query(
      `select p.role, p.person = $1 as first from org.post p join org.person x on x.id = p.person
      where x.name in ('系统管理员', '安全管理员', '审计管理员') order by p.role`,
      [first],
    );
    expect(made.rows).toEqual([
      { role: 'auditor', first: false },
      { role: 'secadmin', first: true },
      { role: 'sysadmin', first: false },
    ]);
  });
});
