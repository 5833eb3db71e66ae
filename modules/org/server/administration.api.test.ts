import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { fixture, type Login } from '../fixture.ts';

let app: TestApp;
let units: Map<string, number>;
const at = (code: string): number => units.get(code) ?? 0;
const as = (login: Login): Promise<Client> => app.as(login);
const code = (answer: { body: { fault?: { code: string } } }) => answer.body.fault?.code;

beforeAll(async () => {
  app = await startTestApp();
  units = new Map(
    (await app.owner.query<{ code: string; id: number }>('select code, id from org.unit')).rows.map((row) => [row.code, row.id]),
  );
});
afterAll(() => app.stop());

async function newPerson(name: string, org = fixture.units.lixia as string): Promise<string> {
  const id = newId();
  const saved = await (await as('sysadmin')).post('org.personSave', { input: { id, name, org: at(org), phone: '10000000001' } });
  expect(saved.status).toBe(200);
  return id;
}
const give = async (input: Record<string, unknown>, by: Login = 'secadmin') =>
  (await as(by)).post<{ id: string }>('org.postGive', { input });
const officer = (person: string, more: Record<string, unknown> = {}) => ({
  person,
  unit: at(fixture.units.lixiaBureau),
  title: '科员',
  role: 'officer',
  ...more,
});

describe('separation of the administrators (三员分立)', () => {
  test('the system administrator makes people but gives no post; the security administrator the other way round', async () => {
    const person = await newPerson('分立甲');
    expect(code(await give(officer(person), 'sysadmin'))).toBe('auth.forbidden');
    const made = await (await as('secadmin')).post('org.personSave', {
      input: { id: newId(), name: '分立乙', org: at(fixture.units.lixia) },
    });
    expect(code(made)).toBe('auth.forbidden');
    expect((await give(officer(person))).status).toBe(200);
  });
  test('two administrators in one person, or one and business, are refused whichever comes first', async () => {
    const person = await newPerson('分立丙');
    const admin = (role: string) => give(officer(person, { role, title: '管理员' }));
    expect((await admin('sysadmin')).status).toBe(200);
    for (const role of ['secadmin', 'auditor', 'officer', 'leader']) expect(code(await admin(role))).toBe('session.separation');
    const other = await newPerson('分立丁');
    expect((await give(officer(other))).status).toBe(200);
    const refused = await give(officer(other, { role: 'auditor' }));
    expect(code(refused)).toBe('session.separation');
    expect(refused.body.fault?.details).toMatchObject({ roles: expect.arrayContaining(['auditor', 'officer']) });
  });
  test('one after the other is allowed, overlapping by a second is not', async () => {
    const person = await newPerson('分立戊');
    const day = 86_400_000;
    const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
    expect((await give(officer(person, { to: iso(day) }))).status).toBe(200);
    expect(code(await give(officer(person, { role: 'auditor', from: iso(day - 1000) })))).toBe('session.separation');
    expect((await give(officer(person, { role: 'auditor', from: iso(day + 1000) }))).status).toBe(200);
  });
  test('the database refuses what goes round the code, also when two transactions bring one half each', async () => {
    const person = await newPerson('分立己');
    const insert = `insert into org.post (id, person, unit, title, role, scope) values (gen_random_uuid(), $1, $2, '', $3, $4)`;
    const half = (role: string) => app.owner.query(insert, [person, at(fixture.units.lixiaBureau), role, at(fixture.units.lixia)]);
    const both = await Promise.allSettled([half('sysadmin'), half('officer')]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'VG011' } });
  });
  test('nobody gives a post to oneself or ends an own one', async () => {
    expect(code(await give(officer(fixture.person('secadmin'))))).toBe('org.not_oneself');
    const post = await app.owner.query<{ id: string }>(`select id from org.post where person = $1`, [fixture.person('secadmin')]);
    const ended = await (await as('secadmin')).post('org.postEnd', { input: { id: post.rows[0]?.id, reason: '试一试' } });
    expect(code(ended)).toBe('org.not_oneself');
  });
  test('an administrator leaves only after the security administrator has ended the post', async () => {
    const left = await (await as('sysadmin')).post('org.personLeave', { input: { id: fixture.person('auditor'), reason: '调离' } });
    expect(code(left)).toBe('org.still_admin');
  });
});

describe('posts', () => {
  test('a department gives no more lines than it has; its own by default', async () => {
    const person = await newPerson('条线甲');
    const post = { person, unit: at(fixture.units.lixiaConstruction), title: '科员', role: 'officer' };
    expect(code(await give({ ...post, lines: ['hazchem'] }))).toBe('org.lines_outside');
    expect(code(await give({ ...post, lines: null }))).toBe('org.lines_outside');
    expect(code(await give({ ...post, lines: ['nonsense'] }))).toBe('org.line_unknown');
    const given = await give(post);
    const stored = await app.owner.query('select lines, main, scope from org.post where id = $1', [given.body.id]);
    expect(stored.rows[0]).toEqual({ lines: ['construction'], main: true, scope: at(fixture.units.lixia) });
  });
  test('the scope lies within the area of the unit', async () => {
    const person = await newPerson('范围甲');
    expect(code(await give(officer(person, { scope: at(fixture.units.city) })))).toBe('org.scope_outside');
    expect(code(await give(officer(person, { scope: at(fixture.units.lixiaBureau) })))).toBe('org.scope_outside');
    expect((await give(officer(person, { scope: at(fixture.units.baotu) }))).status).toBe(200);
  });
  test('the same post twice at a time is refused; ended, it may be given again', async () => {
    const person = await newPerson('重复甲');
    const first = await give(officer(person));
    expect(code(await give(officer(person)))).toBe('org.post_twice');
    expect((await (await as('secadmin')).post('org.postEnd', { input: { id: first.body.id, reason: '轮岗' } })).status).toBe(200);
    expect(code(await (await as('secadmin')).post('org.postEnd', { input: { id: first.body.id, reason: '轮岗' } }))).toBe(
      'org.post_unknown',
    );
    expect((await give(officer(person))).status).toBe(200);
  });
  test('the main post given last is it, and the person belongs where it is', async () => {
    const person = await newPerson('主岗甲');
    await give(officer(person));
    await give({ person, unit: at(fixture.units.quancheng), title: '挂职副主任', role: 'officer', main: true });
    const posts = await app.owner.query('select unit, main from org.post where person = $1 order by main', [person]);
    expect(posts.rows).toEqual([
      { unit: at(fixture.units.lixiaBureau), main: false },
      { unit: at(fixture.units.quancheng), main: true },
    ]);
    expect((await app.owner.query('select org from org.person where id = $1', [person])).rows[0]).toEqual({
      org: at(fixture.units.quancheng),
    });
  });
  test('an enterprise post needs the enterprise, its area, and a person of it', async () => {
    const id = newId();
    const sysadmin = await as('sysadmin');
    await sysadmin.post('org.personSave', { input: { id, name: '企业甲', org: at(fixture.units.quancheng), party: fixture.site } });
    const base = { person: id, title: '安全员', role: 'enterprise' };
    expect(code(await give({ ...base, party: fixture.site }))).toBe('org.place_needed');
    expect(code(await give({ ...base, party: fixture.site, scope: at(fixture.units.quancheng), person: await newPerson('政府甲') }))).toBe(
      'org.place_needed',
    );
    expect((await give({ ...base, party: fixture.site, scope: at(fixture.units.quancheng) })).status).toBe(200);
  });
  test('a post gives its right at once and takes it at its end', async () => {
    const person = await newPerson('生效甲');
    const posts = async () =>
      (await app.owner.query(`select jsonb_array_length(posts) as n from org.principal($1, now() + interval '1 second')`, [person])).rows[0]
        .n;
    expect(await posts()).toBe(0);
    const given = await give(officer(person));
    expect(await posts()).toBe(1);
    await (await as('secadmin')).post('org.postEnd', { input: { id: given.body.id, reason: '轮岗' } });
    expect(await posts()).toBe(0);
  });
  test('the ledger names who gave what, and keeps no telephone number', async () => {
    const person = await newPerson('台账甲');
    await give(officer(person));
    const { rows } = await app.owner.query('select name, actor, data from kernel.event where subject = $1 order by seq', [person]);
    expect(rows).toMatchObject([
      { name: 'org.personSave', actor: fixture.person('sysadmin'), data: { name: '台账甲' } },
      { name: 'org.postGive', actor: fixture.person('secadmin'), data: { role: 'officer', unit: at(fixture.units.lixiaBureau) } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('10000000001');
  });
});

describe('units and people', () => {
  const unit = (more: Record<string, unknown> = {}) => ({
    code: '370102.test',
    name: '历下区试验局',
    short: '历下区试验局',
    kind: 'department',
    parent: at(fixture.units.lixia),
    ...more,
  });
  test('a new department lies in its government’s area; a taken code, unknown line, wrong parent are refused', async () => {
    const sysadmin = await as('sysadmin');
    const save = (more: Record<string, unknown>) => sysadmin.post<{ id: number }>('org.unitSave', { input: unit(more) });
    const made = await save({ lines: ['fire'] });
    expect(made.status).toBe(200);
    expect((await app.owner.query('select area from org.unit where id = $1', [made.body.id])).rows[0]).toEqual({
      area: at(fixture.units.lixia),
    });
    expect(code(await save({}))).toBe('org.code_taken');
    expect(code(await save({ code: '370102.t2', lines: ['nonsense'] }))).toBe('org.line_unknown');
    expect(code(await save({ code: '370102.t3', parent: 999_999 }))).toBe('org.unit_unknown');
    expect(code(await save({ code: '370102.t4', territorial: true, parent: at(fixture.units.lixiaBureau) }))).toBe('org.unit_area');
    expect(code(await save({ code: '370102.t5', division: '999999' }))).toBe('org.division_unknown');
  });
  test('a department that moves takes its area and its sections with it', async () => {
    const sysadmin = await as('sysadmin');
    const save = (more: Record<string, unknown>) => sysadmin.post<{ id: number }>('org.unitSave', { input: unit(more) });
    const moved = await save({ code: '370102.move' });
    const section = await save({ code: '370102.move.1', parent: moved.body.id });
    await save({ id: moved.body.id, code: '370102.move', parent: at(fixture.units.zhangqiu) });
    const areas = await app.owner.query('select area from org.unit where id = any($1)', [[moved.body.id, section.body.id]]);
    expect(areas.rows).toEqual([{ area: at(fixture.units.zhangqiu) }, { area: at(fixture.units.zhangqiu) }]);
  });
  test('a unit never stands below itself', async () => {
    const sysadmin = await as('sysadmin');
    const district = {
      id: at(fixture.units.lixia),
      code: '370102',
      name: '济南市历下区人民政府',
      short: '历下区政府',
      kind: 'government',
      territorial: true,
      overall: true,
    };
    const moved = await sysadmin.post('org.unitSave', { input: { ...district, parent: at(fixture.units.quancheng) } });
    expect(code(moved)).toBe('org.unit_cycle');
  });
  test('a new town is reached by the district’s officers from their next sign-in, in every process', async () => {
    const sysadmin = await as('sysadmin');
    const made = await sysadmin.post<{ id: number }>('org.unitSave', {
      input: unit({ code: '370102999', name: '试验街道办事处', short: '试验街道', kind: 'town', territorial: true, overall: true }),
    });
    const { orgDirectory } = await import('./directory.ts');
    const { signingIn } = await import('#kernel/server/db/transaction.ts');
    const who = await app.runtime.db.read(signingIn, (tx) => orgDirectory.findPrincipal(tx, fixture.person('lixia-leader'), new Date()));
    expect(who?.grants[0]?.orgs).toContain(made.body.id);
  });
  test('a unit in use is not closed; an empty one is, and is gone from the list', async () => {
    const sysadmin = await as('sysadmin');
    expect(code(await sysadmin.post('org.unitClose', { input: { id: at(fixture.units.quancheng), reason: '撤并' } }))).toBe(
      'org.unit_in_use',
    );
    const made = await sysadmin.post<{ id: number }>('org.unitSave', { input: unit({ code: '370102.empty', name: '空壳办公室' }) });
    expect((await sysadmin.post('org.unitClose', { input: { id: made.body.id, reason: '撤并' } })).status).toBe(200);
    const found = await sysadmin.get<{ total: number }>('org.units', { text: '空壳办公室' });
    expect(found.body.total).toBe(0);
  });
  test('who leaves holds nothing any more and is nobody’s stand-in', async () => {
    const person = await newPerson('离职甲');
    await give(officer(person));
    await app.owner.query(
      `insert into org.delegation (id, from_person, to_person, from_at, to_at, reason) values (gen_random_uuid(), $1, $2, now(), now() + interval '9 days', '出差')`,
      [fixture.person('lixia-enforcer'), person],
    );
    const left = await (await as('sysadmin')).post<{ posts: number }>('org.personLeave', { input: { id: person, reason: '退休' } });
    expect(left.body).toMatchObject({ posts: 1 });
    const after = await app.owner.query(
      `select (select count(*)::int from org.post where person = $1 and (valid_to is null or valid_to > now())) as posts,
        (select count(*)::int from org.delegation where to_person = $1 and revoked_at is null) as delegations, (select count(*)::int from org.principal($1, now() + interval '1 second')) as principal`,
      [person],
    );
    expect(after.rows[0]).toEqual({ posts: 0, delegations: 0, principal: 0 });
    expect(code(await give(officer(person)))).toBe('person.unknown');
  });
  test('members of a committee: a chair is needed, only of a committee', async () => {
    const sysadmin = await as('sysadmin');
    const save = (committee: number, duty: string) =>
      sysadmin.post<{ members: number }>('org.committeeSave', {
        input: { committee, members: [{ unit: at(fixture.units.cityBureau), duty }] },
      });
    expect(code(await save(at(fixture.units.cityBureau), 'chair'))).toBe('org.not_committee');
    expect(code(await save(at('jn.awh.fire'), 'lead'))).toBe('org.chair_needed');
    expect((await save(at('jn.awh.fire'), 'chair')).body).toEqual({ members: 1 });
  });
});

test('outside the scope of the administrator everything is refused', async () => {
  const person = await newPerson('区管甲');
  await give(officer(person, { role: 'sysadmin', title: '区系统管理员' }));
  const { orgDirectory } = await import('./directory.ts');
  const { guardOf, signingIn } = await import('#kernel/server/db/transaction.ts');
  const who = await app.runtime.db.read(signingIn, (tx) => orgDirectory.findPrincipal(tx, person, new Date()));
  expect(who).toBeDefined();
  if (!who) return;
  const rename = (unit: string) =>
    app.runtime.db.write(
      guardOf(who),
      async ({ client }) => (await client.query(`update org.unit set phone = '0531-1' where id = ${at(unit)}`)).rowCount,
    );
  expect(await rename(fixture.units.lixiaBureau)).toBe(1);
  expect(await rename(fixture.units.zhangqiuBureau)).toBe(0);
  const officers = await app.runtime.db.read(signingIn, (tx) =>
    orgDirectory.findPrincipal(tx, fixture.person('lixia-officer'), new Date()),
  );
  if (officers) {
    const byOfficer = app.runtime.db.write(
      guardOf(officers),
      async ({ client }) =>
        (await client.query(`update org.unit set phone = '0531-2' where id = ${at(fixture.units.lixiaBureau)}`)).rowCount,
    );
    expect(await byOfficer).toBe(0);
  }
});
