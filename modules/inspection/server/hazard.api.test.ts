import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { ring } from '#kernel/server/timers.ts';
import { fixture } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { type Answer, type Client, startTestApp, type TestApp } from '#test/app.ts';
import { hazardPlan } from '#test/hazard-plan.ts';
import { uploadPhoto } from '#test/photo.ts';

type Acted = { id: string; state: string; version: number; due: string | null };
const kind = 'inspection.hazard';
const hour = 3_600_000;
let app: TestApp;
let photos = 0;
let grid: Client;
let officer: Client;
let leader: Client;
let manager: Client;
let outsider: Client;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());
beforeEach(async () => {
  [grid, officer, leader, manager, outsider] = (await Promise.all(
    (['quancheng-grid', 'quancheng-officer', 'quancheng-leader', 'mall-manager', 'baotu-officer'] as const).map((login) => app.as(login)),
  )) as [Client, Client, Client, Client, Client];
});

const call = (
  client: Client,
  action: string,
  id: string,
  input: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<Answer<Acted>> => client.post<Acted>(`${kind}.${action}`, { id, input, ...more });
const record = async (client: Client, id: string) => (await client.get<MatterRecord>('matter.get', { kind, id })).body;
const names = (found: MatterRecord) => found.allowed.map((one) => one.action);

async function report(input: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  const photo = await uploadPhoto(grid, photos++);
  const answer = await call(grid, 'report', id, { site: fixture.site, description: '消防通道被货物堵塞', photos: [photo], ...input });
  expect(answer.body).toMatchObject({ id, state: 'found', version: 1 });
  return id;
}

async function assigned(input: Record<string, unknown> = {}): Promise<string> {
  const id = await report(input);
  expect((await call(officer, 'assign', id, { requirement: '立即清理消防通道' })).body).toMatchObject({ state: 'rectifying' });
  return id;
}

async function submitted(input: Record<string, unknown> = {}): Promise<string> {
  const id = await assigned(input);
  const photo = await uploadPhoto(manager, photos++);
  expect((await call(manager, 'submit', id, { measures: '已清理完毕', photos: [photo] })).body).toMatchObject({ state: 'rechecking' });
  return id;
}

describe('the loop of a general hazard', () => {
  it('goes from found to closed through three people, each step in the ledger', async () => {
    const id = await submitted();
    expect((await call(officer, 'pass', id, { away: '地下室无定位信号', opinion: '现场复查，通道已畅通' })).body).toMatchObject({
      state: 'closed',
      due: null,
    });
    const seen = await record(officer, id);
    expect(seen.closedAt).not.toBeNull();
    expect(seen.timeline.map((row) => [row.name, row.actorName])).toEqual([
      ['inspection.hazard.report', '邹安巷'],
      ['inspection.hazard.assign', '白晓泉'],
      ['inspection.hazard.submit', '商百顺'],
      ['inspection.hazard.pass', '白晓泉'],
    ]);
    expect(seen.flow.trail.map((visit) => visit.state)).toEqual(['found', 'rectifying', 'rechecking', 'closed']);
    expect(seen.files.map((file) => file.purpose).sort()).toEqual(['found', 'rectified']);
    expect(names(seen)).toEqual(['copy']);
  });

  it('stands in the inbox of whom the register names, then of the enterprise, and leaves it when done', async () => {
    const id = await report();
    const inbox = async (client: Client) =>
      ((await client.get<{ items: { id: string }[] }>('matter.inbox')).body.items ?? []).map((item) => item.id);
    expect(await inbox(officer)).toContain(id);
    expect(await inbox(manager)).not.toContain(id);
    await call(officer, 'assign', id, { requirement: '立即清理' });
    expect(await inbox(officer)).not.toContain(id);
    expect(await inbox(manager)).toContain(id);
  });

  it('is found in the list, on the map and in the statistics of those who may see it, and of nobody else', async () => {
    const id = await report();
    const ids = async (client: Client) =>
      ((await client.get<{ items: { id: string }[] }>('matter.list', { kind, limit: 200 })).body.items ?? []).map((item) => item.id);
    const onMap = async (client: Client) =>
      ((await client.get<{ features: { properties: { id: string } }[] }>('map.features', { layer: kind })).body.features ?? []).map(
        (one) => one.properties.id,
      );
    const total = async (client: Client) => (await client.get<{ found: number }>('matter.stats', { kind })).body.found;
    for (const client of [officer, leader, await app.as('lixia-officer'), await app.as('city-officer'), manager]) {
      expect(await ids(client)).toContain(id);
      expect(await onMap(client)).toContain(id);
    }
    expect(await ids(outsider)).not.toContain(id);
    expect(await onMap(outsider)).not.toContain(id);
    expect(await total(officer)).toBeGreaterThan(0);
    expect(await total(outsider)).toBe(0);
    expect((await outsider.get('matter.get', { kind, id })).body.fault?.code).toBe('record.not_found');
    expect((await call(outsider, 'assign', id, { requirement: '越权尝试' })).body.fault?.code).toBe('record.not_found');
  });

  it('cannot be re-checked by the person who rectified it', async () => {
    const id = await report();
    await call(officer, 'assign', id, { requirement: '请自行整改', rectifier: fixture.person('quancheng-officer') });
    const photo = await uploadPhoto(officer, photos++);
    await call(officer, 'submit', id, { measures: '已整改', photos: [photo] });
    const refused = await call(officer, 'pass', id, { away: '地下室无定位信号', opinion: '自己验收' });
    expect(refused.status).toBe(403);
    expect(refused.body.fault?.code).toBe('workflow.same_person');
    expect(names(await record(officer, id))).not.toContain('pass');
    expect((await call(leader, 'pass', id, { away: '地下室无定位信号', opinion: '复查合格' })).body).toMatchObject({ state: 'closed' });
  });

  it('goes back to whoever rectified when the re-check fails', async () => {
    const id = await submitted();
    expect((await call(officer, 'fail', id, { away: '地下室无定位信号', reason: '通道仍有杂物' })).body).toMatchObject({
      state: 'rectifying',
    });
    const seen = await record(manager, id);
    expect(seen.owner?.role).toBe('enterprise');
    expect(names(seen)).toContain('submit');
  });
});

describe('extension', () => {
  it('needs the leader, moves the deadline, and refusing gives no time away', async () => {
    const id = await assigned();
    const due = (await record(manager, id)).due ?? '';
    const until = new Date(Date.parse(due) + 5 * 24 * hour).toISOString();
    expect((await call(manager, 'requestExtension', id, { until, reason: '配件需定制' })).body).toMatchObject({ state: 'extending' });
    expect((await call(officer, 'grantExtension', id)).body.fault?.code).toBe('auth.forbidden');
    expect((await call(leader, 'refuseExtension', id, { reason: '应当按期完成' })).body).toMatchObject({ state: 'rectifying', due });
    await call(manager, 'requestExtension', id, { until, reason: '配件需定制，附合同' });
    expect((await call(leader, 'grantExtension', id, { opinion: '同意' })).body).toMatchObject({ state: 'rectifying', due: until });
  });

  it('refuses dates that are no extension', async () => {
    const id = await assigned();
    const soon = new Date(Date.now() + hour).toISOString();
    expect((await call(manager, 'requestExtension', id, { until: soon, reason: '提前' })).body.fault?.code).toBe('hazard.not_later');
  });
});

describe('a major hazard', () => {
  it('is listed by a leader, and closed only unlisted and by joint signature of territory and industry', async () => {
    const id = await report({ grade: 'major', site: siteId(0, 2) });
    await call(officer, 'assign', id, { requirement: '停止施工，限期整改', rectifier: fixture.person('quancheng-grid') });
    const photo = await uploadPhoto(grid, photos++);
    const submit = () => call(grid, 'submit', id, { measures: '已加固', photos: [photo] });
    expect((await submit()).body.fault?.code).toBe('hazard.plan_needed');
    const late = new Date(Date.now() + 30 * 24 * hour).toISOString();
    expect((await call(grid, 'plan', id, { ...hazardPlan(), planUntil: late })).body.fault?.code).toBe('hazard.plan_late');
    expect((await call(grid, 'plan', id, hazardPlan())).status).toBe(200);
    expect((await submit()).body).toMatchObject({ state: 'rechecking' });
    const district = await app.as('lixia-leader');
    const industry = await app.as('lixia-zhujian');
    expect((await call(district, 'listForSupervision', id, { reason: '区级挂牌督办' })).status).toBe(200);
    expect((await record(officer, id)).fields.supervised).toBe(true);
    expect((await call(officer, 'pass', id, { away: '地下室无定位信号', opinion: '整改到位' })).body.fault?.code).toBe(
      'hazard.still_listed',
    );
    expect((await call(district, 'liftSupervision', id, { reason: '整改完成' })).status).toBe(200);
    expect((await call(officer, 'pass', id, { away: '地下室无定位信号', opinion: '整改到位' })).body).toMatchObject({
      state: 'countersigning',
    });
    const { flow } = await record(officer, id);
    expect(flow.signRule).toBe('all');
    expect(flow.signers.map((one) => one.person).sort()).toEqual(
      [fixture.person('quancheng-leader'), fixture.person('lixia-zhujian')].sort(),
    );
    const waits = async (client: Client) =>
      ((await client.get<{ items: { id: string; why: string }[] }>('matter.inbox')).body.items ?? []).find((item) => item.id === id)?.why;
    expect(await waits(industry)).toBe('sign');
    expect((await call(leader, 'sign', id, { opinion: '同意' })).body).toMatchObject({ state: 'countersigning' });
    expect(await waits(leader)).toBeUndefined();
    expect((await call(leader, 'sign', id)).body.fault?.code).toBe('workflow.not_signer');
    expect((await call(industry, 'sign', id)).body).toMatchObject({ state: 'closed' });
  });

  it('cannot be listed when it is general', async () => {
    const id = await assigned();
    expect((await call(await app.as('lixia-leader'), 'listForSupervision', id, { reason: '试一试' })).body.fault?.code).toBe(
      'hazard.not_major',
    );
    // A town lists nothing: only from above.
    expect((await call(leader, 'listForSupervision', id, { reason: '试一试' })).body.fault?.code).toBe('auth.forbidden');
    expect(names(await record(leader, id))).not.toContain('listForSupervision');
  });
});

describe('once, and only on what was seen', () => {
  it('carries out a repeated request once', async () => {
    const id = await report();
    const request = newId();
    const first = await call(officer, 'assign', id, { requirement: '立即清理' }, { request });
    const again = await call(officer, 'assign', id, { requirement: '立即清理' }, { request });
    expect(again.body).toEqual(first.body);
    const rows = await app.owner.query('select 1 from kernel.event where request = $1', [request]);
    expect(rows.rowCount).toBe(1);
    expect((await call(leader, 'assign', id, { requirement: '立即清理' }, { request })).body.fault?.code).toBe('request.reused');
  });

  it('refuses what was decided on an old version', async () => {
    const id = await report();
    await call(officer, 'assign', id, { requirement: '立即清理' }, { version: 1 });
    const late = await call(leader, 'transfer', id, { to: fixture.person('quancheng-officer'), reason: '我来安排' }, { version: 1 });
    expect(late.body.fault?.code).toBe('record.conflict');
  });

  it('lets one of many simultaneous assignments win', async () => {
    const id = await report();
    const all = await Promise.all(Array.from({ length: 12 }, () => call(officer, 'assign', id, { requirement: '同时分派' })));
    expect(all.filter((one) => one.status === 200)).toHaveLength(1);
    expect(new Set(all.filter((one) => one.status !== 200).map((one) => one.body.fault?.code))).toEqual(new Set(['workflow.not_allowed']));
  });
});

describe('the clock', () => {
  it('reminds, then raises to the superior, then to the next level; each is a ledger row', async () => {
    const id = await report();
    const server = app.registry.workflows.get(kind);
    if (!server) throw new Error('no such workflow');
    const rungs = async () =>
      (
        await app.owner.query<{ name: string; data: { people: string[] } }>(
          `select name, data from kernel.event where subject = $1 and name in ('${kind}.remind', '${kind}.superior', '${kind}.next') order by seq`,
          [id],
        )
      ).rows;
    await ring(app.runtime, server, id);
    expect(await rungs()).toHaveLength(0);
    app.travel(5 * 24 * hour);
    for (let i = 0; i < 4; i++) await ring(app.runtime, server, id);
    const found = await rungs();
    expect(found.map((row) => row.name)).toEqual([`${kind}.remind`, `${kind}.superior`, `${kind}.next`]);
    expect(found[0]?.data.people).toContain(fixture.person('quancheng-officer'));
    expect(found[1]?.data.people).toContain(fixture.person('quancheng-leader'));
    expect(found[2]?.data.people.length).toBeGreaterThan(0);
    expect(found[2]?.data.people).not.toContain(fixture.person('quancheng-leader'));
    const seen = await record(await app.as('quancheng-officer'), id);
    expect(Date.parse(seen.due ?? '')).toBeLessThan(app.runtime.clock().getTime());
  });
});
