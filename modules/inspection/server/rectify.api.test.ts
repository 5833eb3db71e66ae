import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { fixture } from '#modules/org/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { uploadPhoto } from '#test/photo.ts';

const kind = 'inspection.hazard';
let app: TestApp;
let shots = 0;
let grid: Client;
let officer: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp();
  [grid, officer, manager] = (await Promise.all(
    (['quancheng-grid', 'quancheng-officer', 'mall-manager'] as const).map((login) => app.as(login)),
  )) as [Client, Client, Client];
});
afterAll(() => app.stop());

const call = async (client: Client, action: string, id: string, input: Record<string, unknown> = {}) => {
  const { status, body } = await client.post<{ state: string }>(`${kind}.${action}`, { id, input });
  return status === 200 ? body.state : (body.fault?.code ?? '');
};
const photo = (client: Client) => uploadPhoto(client, shots++);
const record = async (client: Client, id: string) => (await client.get<MatterRecord>('matter.get', { kind, id })).body;
const spot = { lng: 117.0301, lat: 36.6651 };

async function report(client: Client, more: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  const input = { site: fixture.site, description: '安全出口指示灯损坏', photos: [await photo(client)], point: spot, ...more };
  expect(await call(client, 'report', id, input)).toBe('found');
  return id;
}

describe('where a hazard comes from', () => {
  it('is supposed by who reports it, unless it is said', async () => {
    const source = async (client: Client, more = {}) => (await record(officer, await report(client, more))).fields.source;
    expect(await source(manager)).toBe('routine');
    expect(await source(grid)).toBe('government');
    expect(await source(grid, { source: 'public' })).toBe('public');
    expect(await source(manager, { check: newId() })).toBe('measure');
  });
});

describe('rectified on the spot', () => {
  const input = async (client: Client) => ({
    site: fixture.site,
    description: '灭火器被杂物遮挡',
    measures: '已当场移开',
    photos: [await photo(client)],
    photosAfter: [await photo(client)],
  });

  it('goes to its re-check at once, by somebody else; a failed one comes back to the rectifier', async () => {
    const id = newId();
    expect(await call(manager, 'fixOnSpot', id, await input(manager))).toBe('rechecking');
    expect(await record(officer, id)).toMatchObject({ fields: { manage: 'spot', measures: '已当场移开' } });
    expect(await call(officer, 'fail', id, { reason: '仍有遮挡', here: spot, away: '从室外查看' })).toBe('rectifying');
    expect(await call(manager, 'submit', id, { measures: '再次清理', photos: [await photo(manager)] })).toBe('rechecking');
    expect(await call(officer, 'pass', id, { opinion: '已到位', away: '地下室无信号' })).toBe('closed');
  });

  it('is not re-checked by whoever rectified it, and needs two different pictures', async () => {
    const id = newId();
    const same = await photo(officer);
    const given = await input(officer);
    expect(await call(officer, 'fixOnSpot', id, { ...given, photos: [same], photosAfter: [same] })).toBe('hazard.photo_repeated');
    expect(await call(officer, 'fixOnSpot', id, given)).toBe('rechecking');
    expect(await call(officer, 'pass', id, { opinion: '自己验收', away: '无信号' })).toBe('workflow.same_person');
    expect(await call(await app.as('quancheng-leader'), 'pass', id, { opinion: '已到位', away: '无信号' })).toBe('closed');
  });
});

it('with several rectifiers waits for every part, each from its own hand', async () => {
  const id = await report(grid);
  const parts = [
    { what: '更换指示灯', rectifier: fixture.person('mall-manager') },
    { what: '清理通道', rectifier: fixture.person('quancheng-grid') },
  ];
  const nobody = [{ what: '越权分派', rectifier: fixture.person('baotu-officer') }];
  expect(await call(officer, 'assign', id, { requirement: '分项整改', parts: nobody })).toBe('person.unknown');
  expect(await call(officer, 'assign', id, { requirement: '分项整改', parts })).toBe('rectifying');
  const hand = async (client: Client, part: number) =>
    call(client, 'submitPart', id, { part, measures: '已完成', photos: [await photo(client)] });
  const submit = async () => call(manager, 'submit', id, { measures: '全部完成', photos: [await photo(manager)] });
  expect(await hand(manager, 2)).toBe('hazard.part_of_another');
  expect(await hand(manager, 1)).toBe('rectifying');
  expect(await submit()).toBe('hazard.parts_open');
  expect(await hand(grid, 2)).toBe('rectifying');
  expect(await submit()).toBe('rechecking');
  expect((await record(officer, id)).fields.parts).toMatchObject([{ measures: '已完成' }, { measures: '已完成' }]);
});

it('asks the re-checker who is far away or without a position for the reason, and keeps the distance', async () => {
  const id = await report(grid);
  await call(officer, 'assign', id, { requirement: '立即更换' });
  await call(manager, 'submit', id, { measures: '已更换', photos: [await photo(manager)] });
  const far = { lng: spot.lng, lat: spot.lat + 0.01 };
  expect(await call(officer, 'pass', id, { opinion: '已更换' })).toBe('hazard.away_unexplained');
  expect(await call(officer, 'pass', id, { opinion: '已更换', here: far })).toBe('hazard.away_unexplained');
  const near = { opinion: '已更换', here: { ...spot, lat: spot.lat + 0.001 } };
  const limit = async (metres: number) => (await app.as('sysadmin')).post('inspection.setRecheckMetres', { input: { metres } });
  expect((await limit(100)).status).toBe(200);
  expect(await call(officer, 'pass', id, near)).toBe('hazard.away_unexplained');
  expect((await limit(500)).status).toBe(200);
  expect(await call(officer, 'pass', id, near)).toBe('closed');
  expect(await record(officer, id)).toMatchObject({ fields: { recheckMetres: 111, recheckAway: null } });
});

it('offers wordings with their law, shows what is alike before it is saved, and links what comes back', async () => {
  type Items = { items: { id: string; description: string; basis: { name: string }; penalty: { name: string } | null }[] };
  const ask = async (client: Client, query: string, input: Record<string, string>) =>
    (await client.get<Items>(`inspection.${query}`, input)).body;
  const [wording] = (await ask(grid, 'wordings', { text: '可燃气体报警器 检定' })).items;
  expect(wording).toMatchObject({ id: 'gas-alarm-unchecked', basis: { name: '《安全生产法》第三十六条' } });
  expect((await ask(grid, 'standards', { text: '特种作业人员未持证上岗' })).items.length).toBeGreaterThan(1);

  const description = '后厨可燃气体报警器未按期检定';
  const more = { description, wording: 'gas-alarm-unchecked', category: 'instrument' };
  const first = await report(grid, more);
  const seen = { site: fixture.site, description: '可燃气体报警器未检定' };
  expect((await ask(grid, 'similar', seen)).items.map((one) => one.id)).toEqual([first]);
  expect((await ask(await app.as('baotu-officer'), 'similar', seen)).items).toEqual([]);
  await call(officer, 'assign', first, { requirement: '送检' });
  await call(manager, 'submit', first, { measures: '已送检', photos: [await photo(manager)] });
  expect(await call(officer, 'pass', first, { opinion: '已检定', away: '室内无信号' })).toBe('closed');

  const again = await report(grid, { ...more, description: '报警器过期' });
  expect((await record(officer, again)).fields.recurs).toBe(first);
  expect((await record(officer, await report(grid, { category: 'instrument', description: '压力表损坏' }))).fields.recurs).toBeNull();
  const relatives = async (id: string) =>
    (await officer.get<{ former: { id: string } | null; later: { id: string }[] }>('inspection.relatives', { id })).body;
  expect((await relatives(again)).former?.id).toBe(first);
  expect((await relatives(first)).later.map((one) => one.id)).toEqual([again]);
});
