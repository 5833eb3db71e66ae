import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { fixture, type Login } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { type Answer, type Client, startTestApp, type TestApp } from './app.ts';
import { hazardPlan } from './hazard-plan.ts';
import { uploadPhoto } from './photo.ts';

// What somebody who belongs here tries: to close without evidence, to hand out of sight, to hold rights nobody gave.
const kind = 'inspection.hazard';
let app: TestApp;
let areas: Record<string, number> = {};
let photos = 0;
let grid: Client;
let officer: Client;
let leader: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp();
  const found = await app.owner.query<{ id: number; code: string }>('select id, code from org.unit');
  areas = Object.fromEntries(found.rows.map((row) => [row.code, row.id]));
});
afterAll(() => app.stop());
beforeEach(async () => {
  [grid, officer, leader, manager] = (await Promise.all(
    (['quancheng-grid', 'quancheng-officer', 'quancheng-leader', 'mall-manager'] as const).map((login) => app.as(login)),
  )) as [Client, Client, Client, Client];
});

const unit = (code: string) => areas[code] ?? 0;
const code = (answer: Answer<unknown>) => answer.body.fault?.code ?? String(answer.status);
const call = (client: Client, action: string, id: string, input: Record<string, unknown> = {}) =>
  client.post(`${kind}.${action}`, { id, input });
const record = async (client: Client, id: string) => (await client.get<MatterRecord>('matter.get', { kind, id })).body;

async function uploadText(client: Client): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob(['已整改，见说明'], { type: 'image/jpeg' }), '整改后.txt');
  return ((await (await client.raw('/api/files', { method: 'POST', body: form })).json()) as { id: string }).id;
}

async function assigned(found = photos++, more: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  const input = { site: fixture.site, description: '消防通道被货物堵塞', photos: [await uploadPhoto(grid, found)], ...more };
  expect(code(await call(grid, 'report', id, input))).toBe('200');
  expect(code(await call(officer, 'assign', id, { requirement: '立即清理消防通道' }))).toBe('200');
  return id;
}

describe('evidence of a rectification', () => {
  const submit = async (id: string, photo: string) => code(await call(manager, 'submit', id, { measures: '已清理完毕', photos: [photo] }));

  it('is a picture, whatever the file says it is', async () => {
    const id = await assigned();
    expect(await submit(id, await uploadText(manager))).toBe('files.not_picture');
    const input = { site: fixture.site, description: '以文本充照片', photos: [await uploadText(grid)] };
    expect(code(await call(grid, 'report', newId(), input))).toBe('files.not_picture');
  });

  it('is neither the picture of the danger nor one that did not pass', async () => {
    const before = photos++;
    const id = await assigned(before);
    expect(await submit(id, await uploadPhoto(manager, before))).toBe('hazard.photo_repeated');
    const [first, second] = [photos++, photos++];
    expect(await submit(id, await uploadPhoto(manager, first))).toBe('200');
    expect(code(await call(officer, 'fail', id, { away: '地下室无定位信号', reason: '通道仍有杂物' }))).toBe('200');
    expect(await submit(id, await uploadPhoto(manager, first))).toBe('hazard.photo_repeated');
    expect(await submit(id, await uploadPhoto(manager, second))).toBe('200');
    expect(code(await call(officer, 'fail', id, { away: '地下室无定位信号', reason: '通道仍有杂物' }))).toBe('200');
    expect(await submit(id, await uploadPhoto(manager, first))).toBe('hazard.photo_repeated');
  });

  it('may be handed in again after it was withdrawn: nobody had looked at it', async () => {
    const id = await assigned();
    const photo = await uploadPhoto(manager, photos++);
    expect(await submit(id, photo)).toBe('200');
    expect(code(await call(manager, 'withdraw', id, { reason: '措施填写有误' }))).toBe('200');
    expect((await record(manager, id)).fields).toMatchObject({ measures: null, photosAfter: [], photosFormer: [] });
    expect(await submit(id, photo)).toBe('200');
  });

  it('is not signed for by whoever handed it in', async () => {
    const id = newId();
    const input = { site: siteId(0, 2), description: '临边防护缺失', grade: 'major', photos: [await uploadPhoto(grid, photos++)] };
    expect(code(await call(grid, 'report', id, input))).toBe('200');
    const rectifier = fixture.person('quancheng-leader');
    expect(code(await call(officer, 'assign', id, { requirement: '限期整改', rectifier }))).toBe('200');
    expect(code(await call(leader, 'plan', id, hazardPlan()))).toBe('200');
    expect(code(await call(leader, 'submit', id, { measures: '已加固', photos: [await uploadPhoto(leader, photos++)] }))).toBe('200');
    expect(code(await call(officer, 'pass', id, { away: '地下室无定位信号', opinion: '整改到位' }))).toBe('200');
    expect((await record(leader, id)).flow.signers.map((one) => one.person)).toContain(rectifier);
    expect(code(await call(leader, 'sign', id))).toBe('workflow.same_person');
  });
});

describe('a withdrawn assignment', () => {
  it('leaves the grade as it was reported', async () => {
    const id = newId();
    const input = { site: fixture.site, description: '灭火器压力不足', photos: [await uploadPhoto(grid, photos++)] };
    await call(grid, 'report', id, input);
    expect(code(await call(officer, 'assign', id, { requirement: '停业整改', grade: 'major' }))).toBe('200');
    expect(await record(officer, id)).toMatchObject({ level: 1, fields: { grade: 'major', requirement: '停业整改' } });
    expect(code(await call(officer, 'withdraw', id, { reason: '定级有误' }))).toBe('200');
    expect(await record(officer, id)).toMatchObject({ state: 'found', level: 3, fields: { grade: 'general', requirement: null } });
  });
});

describe('handing over', () => {
  const transfer = async (client: Client, id: string, to: string) => code(await call(client, 'transfer', id, { to, reason: '请你办理' }));

  it('by an enterprise stays within the enterprise', async () => {
    const id = await assigned();
    expect(await transfer(manager, id, fixture.person('quancheng-officer'))).toBe('workflow.out_of_reach');
    const [foreign, colleague] = [newId(), newId()];
    for (const [person, party] of [
      [foreign, siteId(9, 4)],
      [colleague, fixture.site],
    ] as const) {
      await app.owner.query(`insert into org.person (id, name, initials, org, party) values ($1, '某安全员', 'maqy', $2, $3)`, [
        person,
        unit(fixture.units.quancheng),
        party,
      ]);
      await app.owner.query(
        `insert into org.post (id, person, party, title, role, scope) values ($1, $2, $3, '安全员', 'enterprise', $4)`,
        [newId(), person, party, unit(fixture.units.quancheng)],
      );
    }
    expect(await transfer(manager, id, foreign)).toBe('workflow.out_of_reach');
    expect(await transfer(manager, id, colleague)).toBe('200');
  });

  it('by an official stays with those whose post reaches the place', async () => {
    const id = newId();
    const input = { org: unit(fixture.units.quancheng), description: '路面井盖缺失', photos: [await uploadPhoto(grid, photos++)] };
    expect(code(await call(grid, 'report', id, input))).toBe('200');
    for (const login of ['baotu-officer', 'shuangshan-officer', 'mall-manager'] satisfies Login[])
      expect(await transfer(officer, id, fixture.person(login)), login).toBe('workflow.out_of_reach');
    expect((await (await app.as('baotu-officer')).get('matter.get', { kind, id })).status).toBe(404);
    expect(await transfer(officer, id, fixture.person('lixia-zhujian'))).toBe('200');
  });
});

describe('rights', () => {
  it('are not delegated for years', async () => {
    const until = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const give = async (days: number) =>
      leader.post('org.delegate', { input: { to: fixture.person('quancheng-officer'), until: until(days), reason: '外出' } });
    const refused = await give(181);
    expect([code(refused), refused.body.fault?.details]).toEqual(['org.delegate_long', { days: 180 }]);
    expect(code(await give(179))).toBe('200');
  });

  it('do not grow by moving the unit they hang on', async () => {
    const sysadmin = await app.as('sysadmin');
    const move = (id: number, more: Record<string, unknown>) =>
      sysadmin.post('org.unitSave', { input: { id, name: '试验单位', short: '试验单位', ...more } });
    const town = { code: fixture.units.quancheng, kind: 'town', territorial: true, overall: true };
    expect(code(await move(unit(fixture.units.quancheng), { ...town, parent: unit(fixture.units.zhangqiu) }))).toBe('org.unit_has_posts');
    const bureau = { code: fixture.units.lixiaBureau, kind: 'department', overall: true };
    expect(code(await move(unit(fixture.units.lixiaBureau), { ...bureau, parent: unit(fixture.units.city) }))).toBe('org.unit_has_posts');
    const same = await move(unit(fixture.units.lixiaBureau), { ...bureau, parent: unit(fixture.units.lixia) });
    expect(code(same)).toBe('200');
  });
});

describe('the register', () => {
  it('names only units that have to do with the object, and tells no name for an id', async () => {
    const site = siteId(0, 2);
    const assign = (side: string, code_: string, login: Login, item: string) =>
      leader.post('duty.assign', { input: { id: newId(), site, side, unit: unit(code_), official: fixture.person(login), item } });
    expect(code(await assign('territory', fixture.units.shuangshan, 'shuangshan-officer', 'territory.hazard'))).toBe('duty.unit_apart');
    expect(code(await assign('industry', fixture.units.lixiaBureau, 'lixia-officer', 'industry.hazard'))).toBe('duty.unit_apart');
    expect(code(await assign('industry', fixture.units.lixiaConstruction, 'lixia-zhujian', 'industry.hazard'))).toBe('200');
    expect(code(await assign('territory', fixture.units.lixia, 'lixia-officer', 'territory.hazard'))).toBe('200');
    const wrong = await assign('territory', fixture.units.quancheng, 'mall-manager', 'territory.supervision');
    expect([code(wrong), wrong.body.fault?.details]).toEqual(['duty.not_in_unit', {}]);
  });
});
