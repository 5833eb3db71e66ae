import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kyselyOn, PipelinedClient } from '#kernel/server/db/pool.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { fixture, fixturePerson, type Login } from '../fixture.ts';
import type { AreaLine, PersonLine, PostLine, UnitLine } from '../schema.ts';

let app: TestApp;
let units: Map<string, number>;
const at = (code: string): number => units.get(code) ?? 0;
const as = (login: Login): Promise<Client> => app.as(login);
type List<T> = { items: T[]; total: number };
const people = async (login: Login, query: Record<string, string | number>) =>
  (await (await as(login)).get<List<PersonLine>>('org.people', query)).body;

beforeAll(async () => {
  app = await startTestApp();
  units = new Map(
    (await app.owner.query<{ code: string; id: number }>('select code, id from org.unit')).rows.map((row) => [row.code, row.id]),
  );
});
afterAll(() => app.stop());

describe('areas and units', () => {
  test('one city, 16 districts, counties and zones, 161 towns; mine are those of my posts', async () => {
    const { items } = (await (await as('lixia-officer')).get<{ items: AreaLine[] }>('org.areas')).body;
    expect([1, 2, 3].map((level) => items.filter((one) => one.level === level).length)).toEqual([1, 16, 161]);
    expect(items.filter((one) => one.mine)).toHaveLength(14);
    expect(items.find((one) => one.code === fixture.units.quancheng)).toMatchObject({
      name: '泉城路街道',
      unitName: '泉城路街道办事处',
      parent: at(fixture.units.lixia),
      level: 3,
      mine: true,
    });
  });
  test('the units below a unit, of an area, of a line, by name', async () => {
    const officer = await as('quancheng-officer');
    const list = async (query: Record<string, string | number>) => (await officer.get<List<UnitLine>>('org.units', query)).body;
    expect((await list({ parent: at('jn.awh') })).items.filter((one) => one.kind === 'committee')).toHaveLength(19);
    expect((await list({ area: at(fixture.units.lixia), line: 'construction' })).items.map((one) => one.code)).toEqual([
      fixture.units.lixiaConstruction,
    ]);
    expect((await list({ text: '泉城路' })).items.map((one) => one.code)).toEqual([fixture.units.quancheng]);
    expect((await list({ text: '%' })).total).toBe(0);
  });
  test('a unit with its path, people, committees', async () => {
    const { body } = await (await as('quancheng-officer')).get<
      UnitLine & { path: { name: string }[]; posts: PostLine[]; committees: unknown[]; desk: boolean; mayEdit: boolean }
    >('org.unit', {
      id: at(fixture.units.lixiaBureau),
    });
    expect(body.path.map((one) => one.name)).toEqual(['济南市', '历下区']);
    expect(body.posts[0]).toMatchObject({ personName: fixturePerson('lixia-leader').name, role: 'leader', title: '局长' });
    expect(body).toMatchObject({ desk: true, mayEdit: false });
    expect(body.committees.length).toBeGreaterThan(0);
    expect((await (await as('quancheng-officer')).get('org.unit', { id: 999_999 })).body.fault?.code).toBe('record.not_found');
  });
});

describe('people', () => {
  test('found by part of the name, by pinyin initials, by unit', async () => {
    const { name } = fixturePerson('quancheng-officer');
    for (const text of [name, name.slice(1), 'bxq', 'BXQ'])
      expect((await people('lixia-officer', { text })).items.map((one) => one.name)).toContain(name);
    const inTown = await people('lixia-officer', { text: '泉城路街道' });
    expect(inTown.items.map((one) => one.name).sort()).toEqual(
      [fixturePerson('quancheng-leader').name, name, fixturePerson('quancheng-grid').name].sort(),
    );
    expect((await people('lixia-officer', { unit: at(fixture.units.quancheng), role: 'grid' })).total).toBe(1);
  });
  test('telephone numbers are masked, and outside one’s scope not shown at all', async () => {
    const inside = (await people('lixia-officer', { text: fixturePerson('quancheng-officer').name })).items[0];
    expect(inside?.phone).toMatch(/^100\*{4}\d{4}$/);
    const outside = (await people('quancheng-officer', { text: fixturePerson('baotu-officer').name })).items[0];
    expect(outside).toMatchObject({ name: fixturePerson('baotu-officer').name, phone: null });
  });
  test('in clear only one person at a time, within the scope, and written in the ledger', async () => {
    const id = fixture.person('quancheng-officer');
    const read = async (login: Login) => (await (await as(login)).get<PersonLine & { posts: PostLine[] }>('org.person', { id })).body;
    expect((await read('lixia-officer')).phone).toMatch(/^100\d{8}$/);
    expect((await read('baotu-officer')).phone).toBeNull();
    expect((await read('lixia-officer')).posts.map((one) => one.title)).toEqual(['应急办主任']);
    const { rows } = await app.owner.query(`select actor from kernel.event where name = 'org.person' and subject = $1 order by seq`, [id]);
    expect(rows.map((row) => row.actor)).toEqual([
      fixture.person('lixia-officer'),
      fixture.person('baotu-officer'),
      fixture.person('lixia-officer'),
    ]);
  });
  test('people of an enterprise see their own house only; the town that supervises it sees them, the next town does not', async () => {
    expect((await people('mall-manager', { limit: 200 })).items.map((one) => one.name)).toEqual([fixturePerson('mall-manager').name]);
    const manager = fixturePerson('mall-manager').name;
    expect((await people('quancheng-officer', { text: manager })).total).toBe(1);
    expect((await people('baotu-officer', { text: manager })).total).toBe(0);
    const unit = await (await as('mall-manager')).get<{ posts: unknown[] }>('org.unit', { id: at(fixture.units.quancheng) });
    expect(unit.body.posts).toEqual([]);
  });
  test('my posts', async () => {
    const { items } = (await (await as('lixia-officer')).get<{ items: (PostLine & { behalf: string | null })[] }>('org.myPosts')).body;
    expect(items.map((one) => [one.unitName, one.role, one.behalf])).toEqual([
      ['历下区应急管理局', 'officer', null],
      ['济南市历下区人民政府', 'officer', null],
    ]);
  });
});

describe('committees', () => {
  test('the city has its commission with nineteen below it, the disaster committee with four', async () => {
    const { items } = (
      await (
        await as('city-officer')
      ).get<{ items: { code: string; parent: number | null; leads: string[]; members: number }[] }>('org.committees')
    ).body;
    expect(items.filter((one) => one.parent === at('jn.awh'))).toHaveLength(19);
    expect(items.filter((one) => one.parent === at('jn.jzw'))).toHaveLength(4);
    expect(items.find((one) => one.code === 'jn.awh')?.leads).toEqual(['市应急局']);
  });
  test('chaired by the leader of the government, led by a department', async () => {
    const { body } = await (await as('quancheng-officer')).get<{
      membership: { duty: string; unitName: string; personName: string | null }[];
      below: unknown[];
    }>('org.committee', { id: at('jn.awh.construction') });
    expect(body.membership[0]).toMatchObject({ duty: 'chair', personName: fixturePerson('mayor').name });
    expect(body.membership[1]).toMatchObject({ duty: 'lead', unitName: '济南市住房和城乡建设局' });
  });
});

describe('divisions', () => {
  const ask = async (query: Record<string, string | number>) =>
    (
      await (
        await as('mall-manager')
      ).get<List<{ code: string; name: string }> & { resolved: { code: string; former: boolean } | null }>('org.divisions', query)
    ).body;
  test.each([
    ['370114', '370114', false],
    ['370181', '370114', true],
    ['370125', '370115', true],
    ['371202', '370116', true],
    ['3712', '370100', true],
    ['3701', '370100', false],
    ['370181001', '370114', true],
    ['370102004', '370102004', false],
    ['3701Z1', '3701Z1', false],
  ])('%s means %s today', async (code, today, former) => {
    expect((await ask({ code })).resolved).toMatchObject({ code: today, former });
  });
  test('strangers resolve to nothing; names and former names are found', async () => {
    expect((await ask({ code: '110101' })).resolved).toBeNull();
    expect((await ask({ text: '章丘市' })).items.map((one) => one.code)).toEqual(['370114']);
    expect((await ask({ parent: '370102004', level: 4 })).total).toBeGreaterThan(3);
    expect((await ask({ limit: 1000, level: 4 })).total).toBe(5758);
  });
});

describe('nobody', () => {
  test('without signing in every query is refused', async () => {
    for (const query of ['areas', 'units', 'people', 'committees', 'divisions', 'desks', 'onDuty', 'delegations', 'myPosts'])
      expect((await app.anon.get(`org.${query}`)).status).toBe(401);
  });
  test('the application’s role without a person sees no row and writes none', async () => {
    const client = new PipelinedClient(app.database.app);
    await client.connect();
    kyselyOn(client);
    for (const table of [
      'division',
      'division_former',
      'unit',
      'person',
      'person_contact',
      'post',
      'delegation',
      'committee_member',
      'duty_desk',
      'duty_shift',
      'swap',
    ])
      expect([table, (await client.query(`select count(*)::int as n from org.${table}`)).rows[0].n]).toEqual([table, 0]);
    const refused = { code: '42501' };
    await expect(client.query(`insert into org.person (id, name) values (gen_random_uuid(), '甲')`)).rejects.toMatchObject(refused);
    await expect(client.query('delete from org.post')).rejects.toMatchObject(refused);
    await expect(client.query('select * from org.directory_mark')).rejects.toMatchObject(refused);
    await expect(client.query('select * from org.area_parent')).rejects.toMatchObject(refused);
    await client.end();
  });
});
