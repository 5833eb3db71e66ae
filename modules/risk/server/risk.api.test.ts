import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chinaDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { fixture } from '#modules/org/fixture.ts';
import { fixtureSite, siteId } from '#modules/site/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { storeTree } from '../fixture.ts';
import type { CheckLine, PointLine } from '../module.ts';
import { roundsChore } from './rounds.ts';

let app: TestApp;
let manager: Client;
let officer: Client;
let stranger: Client;

async function signIn(): Promise<void> {
  [manager, officer, stranger] = [await app.as('mall-manager'), await app.as('quancheng-officer'), await app.as('baotu-officer')];
}

beforeAll(async () => {
  app = await startTestApp();
  await signIn();
});
afterAll(() => app.stop());

const today = () => chinaDate(app.runtime.clock());
type Checks = { items: CheckLine[]; counts: { planned: number; done: number; missed: number; open: number } };
const checks = async (who: Client, query = {}) => (await who.get<Checks>('risk.checks', query)).body;
const point = newId();
const assess = async (reason: string, of = point) => {
  const id = newId();
  const opened = await manager.post('risk.assessment.open', {
    id,
    input: { site: fixtureSite, riskPoint: of, name: '地下一层配电室', reason },
  });
  return { id, opened };
};

describe('the assessment of a risk point', () => {
  it('is opened, handed in by the enterprise, and approved by somebody else; then it is in force', async () => {
    const { id, opened } = await assess('first');
    expect(opened.body).toMatchObject({ state: 'assessing' });
    expect((await manager.post('risk.assessment.submit', { id, input: { tree: storeTree(today()) } })).body).toMatchObject({
      state: 'reviewing',
    });
    expect((await manager.post('risk.assessment.approve', { id, input: {} })).status).toBe(403);
    expect((await officer.post('risk.assessment.approve', { id, input: {} })).body).toMatchObject({ state: 'inForce' });
    const { body } = await manager.get<PointLine & { tree: unknown }>('risk.point', { id: point });
    // 1 × 6 × 15 = 90: yellow with the measures; 270 without: orange.
    expect(body).toMatchObject({ level: 3, inherent: 2, version: 1, siteName: '泉城路百货商场（演示）', overdue: false });
    expect(body.tree).toMatchObject({ name: '地下一层配电室' });
  });

  it('names every place that needs correction, and stores nothing', async () => {
    const of = newId();
    const { id } = await assess('first', of);
    const tree = storeTree(today(), 100);
    const event = tree.units[0]?.events[0];
    if (!event) throw new Error('the fixture lost its event');
    event.residual = { l: 10, e: 6, c: 15 };
    event.control = 'post';
    delete tree.plan;
    const refused = await manager.post('risk.assessment.submit', { id, input: { tree } });
    expect([refused.status, refused.body.fault?.code]).toEqual([422, 'risk.tree_invalid']);
    expect(refused.body.fault?.details).toMatchObject({
      places: [
        { path: 'units.0.events.0.residual', what: 'worse' },
        { path: 'units.0.events.0.control', what: 'control' },
        { path: 'plan', what: 'no_plan' },
      ],
    });
    expect((await officer.post('risk.assessment.cancel', { id, input: { reason: '重复发起' } })).status).toBe(200);
  });

  it('is made once at a time, and a point never changes its owner', async () => {
    const { id } = await assess('periodic');
    expect((await assess('periodic')).opened.body.fault?.code).toBe('risk.assessment_open');
    await officer.post('risk.assessment.cancel', { id, input: { reason: '测试结束' } });
    const taken = await officer.post('risk.assessment.open', {
      id: newId(),
      input: { site: siteId(0, 1), riskPoint: point, name: '别家的配电室', reason: 'first' },
    });
    expect(taken.body.fault?.code).toBe('risk.point_elsewhere');
  });

  it('a second version keeps the first, ends what was dropped and leaves what stayed as it was', async () => {
    const before = await checks(manager);
    const { id } = await assess('process');
    const tree = storeTree(today());
    const event = tree.units[0]?.events[0];
    if (!event) throw new Error('the fixture lost its event');
    event.measures = event.measures.filter((one) => one.kind !== 'emergency');
    await manager.post('risk.assessment.submit', { id, input: { tree } });
    expect((await officer.post('risk.assessment.approve', { id, input: {} })).status).toBe(200);
    const { body } = await manager.get<{ version: number; versions: { version: number; reason: string }[] }>('risk.point', { id: point });
    expect([body.version, body.versions.map((one) => [one.version, one.reason])]).toEqual([
      2,
      [
        [2, 'process'],
        [1, 'first'],
      ],
    ]);
    const old = await manager.get<{ tree: { units: { events: { measures: unknown[] }[] }[] } }>('risk.point', { id: point, version: 1 });
    expect(old.body.tree.units[0]?.events[0]?.measures).toHaveLength(3);
    const after = await checks(manager);
    expect([before.counts.planned, after.counts.planned]).toEqual([2, 1]);
    expect(after.items[0]?.id).toBe(before.items.find((one) => one.what.includes('端子'))?.id);
  });
});

describe('rounds of checking', () => {
  it('are done once, in their time; what was not done was missed', async () => {
    const [round] = (await checks(manager, { state: 'open' })).items;
    const done = { id: round?.id, result: 'normal', note: '温度 41 ℃，正常' };
    expect((await officer.post('risk.check', { input: done })).status).toBe(403);
    expect((await stranger.post('risk.check', { input: done })).status).toBe(403);
    expect((await manager.post('risk.check', { input: done })).status).toBe(200);
    expect((await manager.post('risk.check', { input: done })).body.fault?.code).toBe('risk.check_done');
    expect((await checks(officer, { site: fixtureSite })).items[0]).toMatchObject({
      state: 'done',
      result: 'normal',
      doneByName: expect.any(String),
    });

    const { items } = (await manager.get<Checks>('risk.checks', { day: chinaDate(new Date(app.runtime.clock().getTime() + 86_400_000)) }))
      .body;
    const tomorrow = items.find((one) => one.state === 'waiting');
    expect((await manager.post('risk.check', { input: { ...done, id: tomorrow?.id } })).body.fault?.code).toBe('risk.check_early');
    app.travel(2 * 86_400_000);
    await signIn();
    expect((await manager.post('risk.check', { input: { ...done, id: tomorrow?.id } })).body.fault?.code).toBe('risk.check_missed');
  });

  it('come by themselves, each once whoever makes them', async () => {
    const day = today();
    expect((await checks(manager, { day })).counts.planned).toBe(0);
    await Promise.all([roundsChore.run(app.runtime), roundsChore.run(app.runtime)]);
    await roundsChore.run(app.runtime);
    expect((await checks(manager, { day })).counts).toEqual({ planned: 1, done: 0, missed: 0, open: 1 });
  });
});

describe('the running effect', () => {
  type Effects = { items: { site: string; planned: number; done: number; tasks: number; suspects: { what: string; count: number }[] }[] };
  const effects = async (who: Client) => (await who.get<Effects>('risk.effects', { week: today() })).body.items;

  it('counts the week as it was, and shows what looks pretended to officials alone', async () => {
    const [before] = await effects(officer);
    // Six more rounds early on Monday: five done within seconds with the same words, one missed.
    await app.owner.query(
      `insert into risk.round (id, plan, point, org, line, party, opens, closes, done_at, done_by, result, note)
       select gen_random_uuid(), l.id, l.point, l.org, l.line, l.party, m.monday + n * interval '1 minute', m.monday + n * interval '1 minute' + interval '30 seconds',
         case when n < 6 then m.monday + n * interval '1 second' end, case when n < 6 then $2::uuid end, case when n < 6 then 'normal' end, '设备运行正常，无异常情况'
       from generate_series(1, 6) n, (select date_trunc('week', $1::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' as monday) m,
         (select * from risk.plan where point = $3 order by id limit 1) l`,
      [app.runtime.clock(), fixture.person('mall-manager'), point],
    );
    const [after] = await effects(officer);
    const [planned, done] = [(before?.planned ?? 0) + 6, (before?.done ?? 0) + 5];
    expect(after).toMatchObject({ site: fixtureSite, planned, done, tasks: Math.round((done / planned) * 5000) / 100 });
    expect([before?.suspects ?? [], after?.suspects.map((one) => [one.what, one.count])]).toEqual([
      [],
      [
        ['burst', 1],
        ['copied', 1],
      ],
    ]);
    expect(await effects(stranger)).toEqual([]);
    expect((await manager.get('risk.effects')).status).toBe(403);
  });
});

describe('major hazard installations', () => {
  const input = {
    id: newId(),
    site: siteId(0, 1),
    name: '埋地油罐区',
    type: 'storage',
    held: [
      { name: '汽油', amount: 300, categories: ['W5.3'] },
      { name: '某添加剂', amount: 1, categories: ['W5.4'] },
    ],
    people: 120,
    officers: { principal: { name: '演示甲' }, technical: { name: '演示乙' }, operation: { name: '演示丙', phone: '10053100001' } },
  };

  it('are identified and graded by the server, every step shown', async () => {
    expect((await officer.post('risk.installationSave', { input })).body).toMatchObject({ major: true, grade: 4, sum: 1.5002, r: 3.0004 });
    const { body } = await officer.get<{ items: Record<string, unknown>[] }>('risk.installations');
    expect(body.items[0]).toMatchObject({ name: '埋地油罐区', alpha: 2, grade: 4, officers: { operation: '演示丙' } });
    expect(JSON.stringify(body)).not.toContain('10053100001');
    expect((await stranger.get<{ total: number }>('risk.installations')).body.total).toBe(0);
  });

  it('say which line cannot be computed, and want three different people', async () => {
    const unknown = { ...input, id: newId(), held: [{ name: '某物', amount: 3 }] };
    expect((await officer.post('risk.installationSave', { input: unknown })).body.fault).toMatchObject({
      code: 'risk.held_invalid',
      details: { index: 1, code: 'unknown' },
    });
    const one = { name: '演示甲' };
    const same = { ...input, id: newId(), officers: { principal: one, technical: one, operation: { name: '演示丙' } } };
    expect((await officer.post('risk.installationSave', { input: same })).body.fault?.code).toBe('risk.officers_same');
  });

  it('commit themselves every day; who did not is listed', async () => {
    const { body } = await officer.get<{ missing: { site: string }[] }>('risk.promises');
    expect(body.missing.map((one) => one.site)).toEqual([siteId(0, 1)]);
    const words = {
      site: fixtureSite,
      running: 0,
      stopped: 0,
      specialWork: 1,
      level: 4,
      words: '今日各项安全措施已落实，承诺安全营业。',
      by: '演示负责人',
    };
    expect((await manager.post('risk.promise', { input: words })).status).toBe(200);
    expect((await manager.post('risk.promise', { input: { ...words, specialWork: 2 } })).status).toBe(200);
    const said = await officer.get<{ items: { specialWork: number }[] }>('risk.promises', { site: fixtureSite });
    expect(said.body.items).toMatchObject([{ specialWork: 2 }]);
    expect((await manager.post('risk.promise', { input: { ...words, site: siteId(0, 1) } })).status).toBe(422);
  });
});

it('nobody outside sees anything of it', async () => {
  expect((await stranger.get<{ total: number }>('risk.points')).body.total).toBe(0);
  expect((await stranger.get('risk.point', { id: point })).status).toBe(404);
  expect((await checks(stranger)).counts.planned).toBe(0);
});
