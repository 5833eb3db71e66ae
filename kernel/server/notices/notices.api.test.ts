import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { NoticeLine } from '#kernel/notice-contract.ts';
import { sendEvent } from '#kernel/server/ledger.ts';
import { ring } from '#kernel/server/timers.ts';
import { hazard } from '#modules/inspection/hazard.workflow.ts';
import { fixture } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { hazardPlan } from '#test/hazard-plan.ts';
import { uploadPhoto } from '#test/photo.ts';
import { plantMatter } from '#test/plant.ts';
import { makeStep } from '../live/readers.ts';

type List = { items: NoticeLine[]; next: string | null; unread: number };
const kind = 'inspection.hazard';
const people = [
  'quancheng-grid',
  'quancheng-officer',
  'quancheng-leader',
  'mall-manager',
  'baotu-officer',
  'lixia-leader',
  'lixia-zhujian',
] as const;

let app: TestApp;
let as: Record<(typeof people)[number], Client>;
let photos = 0;
let step: () => Promise<boolean>;

beforeAll(async () => {
  app = await startTestApp();
  as = Object.fromEntries(await Promise.all(people.map(async (login) => [login, await app.as(login)]))) as typeof as;
  const [reader] = app.registry.servers.find((server) => server.contract.name === 'notice')?.readers ?? [];
  if (!reader) throw new Error('no reader of notices');
  step = makeStep(app.runtime, reader);
});
afterAll(() => app.stop());
beforeEach(async () => {
  await settle();
  await app.owner.query('delete from kernel.notice');
});

/** Lets the reader come to the end of the ledger; a transaction elsewhere on the server may hold the end back for a moment. */
async function settle(): Promise<void> {
  const behind = async () => {
    while (await step());
    const found = await app.owner.query<{ n: number }>(
      `select count(*)::int as n from kernel.event e, kernel.cursor c where c.name = 'notices' and (e.tx, e.seq) > (c.tx, c.seq)`,
    );
    return found.rows[0]?.n;
  };
  await expect.poll(behind, { timeout: 10_000 }).toBe(0);
}

async function notices(login: (typeof people)[number], query: Record<string, string | number | boolean> = {}): Promise<List> {
  await settle();
  return (await as[login].get<List>('notice.list', query)).body;
}

/** What the person was told about a matter, oldest first: action and reason. */
async function toldAbout(login: (typeof people)[number], id: string): Promise<string[]> {
  const { items } = await notices(login, { limit: 200 });
  return items
    .filter((one) => one.subject === id)
    .map((one) => `${one.name.slice(kind.length + 1)}: ${one.data.why}`)
    .reverse();
}

const act = async (login: (typeof people)[number], action: string, id: string, input: Record<string, unknown> = {}): Promise<void> => {
  const answer = await as[login].post(`${kind}.${action}`, { id, input });
  expect([action, answer.status, answer.body.fault]).toEqual([action, 200, undefined]);
};

async function report(input: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  const photo = await uploadPhoto(as['quancheng-grid'], photos++);
  await act('quancheng-grid', 'report', id, { site: fixture.site, description: '消防通道被货物堵塞', photos: [photo], ...input });
  return id;
}

describe('a matter on its way', () => {
  it('tells each one when it is his turn, the starter when it is closed, nobody what he did himself', async () => {
    const id = await report();
    expect(await toldAbout('quancheng-officer', id)).toEqual(['report: owner']);
    await act('quancheng-officer', 'assign', id, { requirement: '立即清理' });
    expect(await toldAbout('mall-manager', id)).toEqual(['assign: owner']);
    await act('mall-manager', 'submit', id, { measures: '已清理', photos: [await uploadPhoto(as['mall-manager'], photos++)] });
    await act('quancheng-officer', 'pass', id, { away: '地下室无定位信号', opinion: '通道已畅通' });
    expect(await toldAbout('quancheng-officer', id)).toEqual(['report: owner', 'submit: owner']);
    expect(await toldAbout('quancheng-grid', id)).toEqual(['pass: closed']);
    expect(await toldAbout('baotu-officer', id)).toEqual([]);
  });

  it('says which matter, who did it and until when', async () => {
    const id = await report();
    await act('quancheng-officer', 'assign', id, { requirement: '立即清理' });
    const { items } = await notices('mall-manager');
    expect(items[0]).toMatchObject({
      name: `${kind}.assign`,
      kind,
      subject: id,
      title: expect.stringContaining('消防通道'),
      read: false,
      data: { why: 'owner', actorName: '白晓泉', from: 'found', to: 'rectifying', due: expect.any(String), exercise: false, words: null },
    });
    expect(items[0]?.data.code).toMatch(/^YH\d{12}$/);
  });

  it('tells whom one asks, copies to, hands over to and urges', async () => {
    const id = await report();
    const [leader, outsider] = [fixture.person('quancheng-leader'), fixture.person('baotu-officer')];
    await act('quancheng-officer', 'consult', id, { person: leader, question: '是否属于重大隐患？' });
    expect((await notices('quancheng-leader')).items[0]?.data).toMatchObject({ why: 'consult', words: '是否属于重大隐患？' });
    await act('quancheng-grid', 'urge', id, { words: '居民多次反映' });
    expect(await toldAbout('quancheng-leader', id)).toEqual(['consult: consult', 'urge: urge']);
    await act('quancheng-leader', 'answer', id, { opinion: '不属于' });
    expect(await toldAbout('quancheng-officer', id)).toEqual(['report: owner', 'urge: urge', 'answer: answer']);
    await act('quancheng-officer', 'copy', id, { people: [outsider] });
    expect(await toldAbout('baotu-officer', id)).toEqual(['copy: copy']);
    await act('quancheng-officer', 'transfer', id, { to: leader, reason: '由您牵头' });
    expect(await toldAbout('quancheng-leader', id)).toEqual(['consult: consult', 'urge: urge', 'transfer: owner']);
  });

  it('asks every signer of a joint signature once', async () => {
    const id = await report({ grade: 'major', site: siteId(0, 2) });
    await act('quancheng-officer', 'assign', id, { requirement: '停止施工', rectifier: fixture.person('quancheng-grid') });
    await act('quancheng-grid', 'plan', id, hazardPlan());
    await act('quancheng-grid', 'submit', id, { measures: '已加固', photos: [await uploadPhoto(as['quancheng-grid'], photos++)] });
    await act('quancheng-officer', 'pass', id, { away: '地下室无定位信号', opinion: '整改到位' });
    const asked = async (login: (typeof people)[number]) => (await toldAbout(login, id)).filter((one) => one.endsWith('sign'));
    expect([await asked('quancheng-leader'), await asked('lixia-zhujian')]).toEqual([['pass: sign'], ['pass: sign']]);
    await act('quancheng-leader', 'sign', id, { opinion: '同意' });
    expect([await asked('quancheng-leader'), await asked('lixia-zhujian')]).toEqual([['pass: sign'], ['pass: sign']]);
  });

  it('asks the next in a sequence when his turn has come, and not twice', async () => {
    const [first, second] = [fixture.person('quancheng-leader'), fixture.person('lixia-leader')];
    const id = await plantMatter(app.owner, hazard as never, 'countersigning', 1);
    const move = async (done: string[], action: string, from: string) => {
      const sign = { rule: 'sequence', signers: [first, second], done: done.map((person) => ({ person, behalf: null, at: '' })) };
      await app.owner.query(
        `with act as materialized (select set_config('vigil.act', $1, true)) update ${kind} set course = course || $2 where id = $1::uuid and (select count(*) from act) > 0`,
        [id, JSON.stringify({ sign })],
      );
      await app.runtime.db.write(await app.runtime.system(), ({ client }) =>
        sendEvent(client, { name: `${kind}.${action}`, kind, subject: id, org: 1, from, to: 'countersigning' }),
      );
      await settle();
    };
    await move([], 'pass', 'rechecking');
    expect([await toldAbout('quancheng-leader', id), await toldAbout('lixia-leader', id)]).toEqual([['pass: sign'], []]);
    await move([first], 'sign', 'countersigning');
    await move([first], 'remark', 'countersigning');
    expect([await toldAbout('quancheng-leader', id), await toldAbout('lixia-leader', id)]).toEqual([['pass: sign'], ['sign: sign']]);
  });

  it('reminds before the deadline and tells the superiors after it', async () => {
    const id = await report();
    const server = app.registry.workflows.get(kind);
    if (!server) throw new Error('no such workflow');
    app.travel(5 * 86_400_000);
    for (let i = 0; i < 3; i++) await ring(app.runtime, server, id);
    app.travel(-5 * 86_400_000);
    expect(await toldAbout('quancheng-officer', id)).toEqual(['report: owner', 'remind: remind']);
    expect(await toldAbout('quancheng-leader', id)).toContain('superior: superior');
    expect(await toldAbout('lixia-leader', id)).toEqual(['next: next']);
  });
});

describe('my notices', () => {
  it('are counted, paged newest first, and read one by one or all', async () => {
    const ids = [await report(), await report(), await report(), await report(), await report()];
    const officer = as['quancheng-officer'];
    const first = await notices('quancheng-officer', { limit: 2 });
    const second = await notices('quancheng-officer', { limit: 2, before: first.next ?? '' });
    const third = await notices('quancheng-officer', { limit: 2, before: second.next ?? '' });
    expect([...first.items, ...second.items, ...third.items].map((one) => one.subject)).toEqual([...ids].reverse());
    expect([first.unread, third.next]).toEqual([5, null]);
    const one = first.items[0]?.id ?? '';
    expect((await officer.post('notice.read', { input: { ids: [one] } })).body).toEqual({ read: 1, unread: 4 });
    expect((await officer.post('notice.read', { input: { ids: [one] } })).body).toEqual({ read: 0, unread: 4 });
    expect((await notices('quancheng-officer', { unread: true })).items.map((item) => item.id)).not.toContain(one);
    expect((await notices('quancheng-officer', { unread: false })).items.map((item) => item.id)).toEqual([one]);
    expect((await officer.post('notice.read', { input: { all: true } })).body).toEqual({ read: 4, unread: 0 });
    expect((await officer.get('notice.unreadCount')).body).toEqual({ unread: 0 });
  });

  it('are mine: another can neither see nor read them', async () => {
    await report();
    const [mine] = (await notices('quancheng-officer')).items;
    const outsider = as['baotu-officer'];
    expect((await notices('baotu-officer')).items).toEqual([]);
    expect((await outsider.post('notice.read', { input: { ids: [mine?.id] } })).body).toEqual({ read: 0, unread: 0 });
    expect((await outsider.get<List>('notice.list', { before: mine?.id })).body.items).toEqual([]);
    expect((await notices('quancheng-officer')).unread).toBe(1);
    expect((await app.anon.get('notice.list')).status).toBe(401);
  });

  it('reading needs to know which', async () => {
    for (const input of [{}, { ids: [] }, { all: true, ids: [newId()] }, { all: false }]) {
      expect((await as['quancheng-officer'].post('notice.read', { input })).body.fault?.code).toBe('input.invalid');
    }
  });
});
