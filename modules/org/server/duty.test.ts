import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { ring } from '#kernel/server/timers.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { fixture, type Login } from '../fixture.ts';
import type { DelegationLine, ShiftLine } from '../schema.ts';

let app: TestApp;
let desk: number;
let lixiaDesk: number;
const as = (login: Login): Promise<Client> => app.as(login);
const code = (answer: { body: { fault?: { code: string } } }) => answer.body.fault?.code;
const hour = 3_600_000;
/** A Monday far beyond the seeded rota, 08:00 China time. */
const base = Math.ceil(Date.now() / (24 * hour)) * 24 * hour + 100 * 24 * hour;
const iso = (hours: number) => new Date(base + hours * hour).toISOString();
type Planned = { startsAt: string; endsAt: string; person: string; role: string };
const shift = (login: Login, from: number, to: number, role = 'main'): Planned => ({ startsAt: iso(from), endsAt: iso(to), person: fixture.person(login), role });
const plan = async (from: number, to: number, shifts: Planned[], by: Login = 'city-leader') =>
  (await as(by)).post<{ added: number; kept: number; removed: number }>('org.shiftPlan', { input: { desk, from: iso(from), to: iso(to), shifts } });
const day = (hours: number) => new Date(base + hours * hour + 8 * hour).toISOString().slice(0, 10);
const rota = async (by: Login, from: number, to: number) =>
  (await (await as(by)).get<{ items: ShiftLine[] }>('org.rota', { desk, from: day(from), to: day(to) })).body.items;

beforeAll(async () => {
  app = await startTestApp();
  const found = await app.owner.query<{ code: string; id: number }>('select code, id from org.unit where code = any($1)', [[fixture.units.cityBureau, fixture.units.lixiaBureau]]);
  desk = found.rows.find((row) => row.code === fixture.units.cityBureau)?.id ?? 0;
  lixiaDesk = found.rows.find((row) => row.code === fixture.units.lixiaBureau)?.id ?? 0;
});
afterAll(() => app.stop());

describe('the seeded rota', () => {
  test('every desk is manned now by a leader, a main and a second officer', async () => {
    const { items } = (await (await as('city-leader')).get<{ items: { deskName: string; people: { role: string }[] }[] }>('org.onDuty')).body;
    expect(items).toHaveLength(17);
    for (const one of items) expect([one.deskName, one.people.map((person) => person.role)]).toEqual([one.deskName, ['lead', 'main', 'second']]);
  });
  test('a town sees whom to ring in its district and city; an enterprise nobody', async () => {
    const { items } = (await (await as('quancheng-officer')).get<{ items: { deskName: string; people: { name: string }[] }[] }>('org.onDuty')).body;
    expect(items.map((one) => one.deskName).sort()).toEqual(['历下区应急局值班室', '济南市应急指挥中心值班室']);
    expect(items.every((one) => one.people.length === 3)).toBe(true);
    expect((await (await as('mall-manager')).get<{ items: unknown[] }>('org.onDuty')).body.items).toEqual([]);
  });
  test('the notes of another desk stay there', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const read = async (login: Login) => (await (await as(login)).get<{ items: ShiftLine[] }>('org.rota', { desk: lixiaDesk, from: today, to: today })).body.items;
    expect((await read('lixia-officer')).length).toBeGreaterThan(0);
    expect(await read('zhangqiu-officer')).toEqual([]);
    expect(await read('quancheng-officer')).toEqual([]);
  });
});

describe('planning', () => {
  test('a plan replaces the plan of its time; what stays keeps its id', async () => {
    expect((await plan(0, 48, [shift('duty-1', 0, 12), shift('duty-2', 12, 24), shift('city-leader', 0, 24, 'lead')])).body).toEqual({ added: 3, kept: 0, removed: 0 });
    const before = await rota('duty-1', 0, 24);
    expect((await plan(0, 48, [shift('duty-1', 0, 12), shift('duty-3', 12, 24)])).body).toEqual({ added: 1, kept: 1, removed: 2 });
    const after = await rota('duty-1', 0, 24);
    expect(after.map((one) => one.person)).toEqual([fixture.person('duty-1'), fixture.person('duty-3')]);
    expect(after[0]?.id).toBe(before.find((one) => one.person === fixture.person('duty-1'))?.id);
    expect(after[0]?.mine).toBe(true);
  });
  test('nobody twice at a time, one main officer at a time, nothing in the past, nothing outside the plan', async () => {
    expect(code(await plan(72, 96, [shift('duty-1', 72, 84), shift('duty-1', 80, 90, 'second')]))).toBe('org.shift_overlap');
    expect(code(await plan(72, 96, [shift('duty-1', 72, 84), shift('duty-2', 83, 90)]))).toBe('org.shift_overlap');
    expect((await plan(72, 96, [shift('duty-1', 72, 84), shift('duty-2', 72, 84, 'second'), shift('duty-3', 72, 84, 'second')])).status).toBe(200);
    expect(code(await plan(72, 96, [shift('duty-1', 96, 100)]))).toBe('org.shift_outside');
    expect(code(await plan(72, 96, [shift('duty-1', 84, 84)]))).toBe('org.period');
    const past = { startsAt: new Date(Date.now() - hour).toISOString(), endsAt: new Date(Date.now() + hour).toISOString(), person: fixture.person('duty-1'), role: 'main' };
    const before = await (await as('city-leader')).post('org.shiftPlan', { input: { desk, from: past.startsAt, to: iso(0), shifts: [past] } });
    expect(code(before)).toBe('org.shift_begun');
    expect(code(await plan(72, 96, [{ ...shift('duty-1', 72, 80), person: fixture.person('mall-manager') }]))).toBe('person.unknown');
  });
  test('two plans at once that would put one person on duty twice: one of them wins', async () => {
    const input = (unit: number) => ({ input: { desk: unit, from: iso(200), to: iso(224), shifts: [shift('duty-4', 200, 212)] } });
    const leader = await as('city-leader');
    const answers = await Promise.all([leader.post('org.shiftPlan', input(desk)), leader.post('org.shiftPlan', input(lixiaDesk))]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
  });
  test('only by the leaders and duty officers of the place', async () => {
    expect(code(await plan(0, 24, [], 'lixia-leader'))).toBe('auth.forbidden');
    expect(code(await plan(0, 24, [], 'city-officer'))).toBe('auth.forbidden');
    expect(code(await plan(0, 24, [], 'mall-manager'))).toBe('auth.forbidden');
  });
});

describe('hand-over', () => {
  test('the note of the shift before comes first; without it a reason; afterwards it stands', async () => {
    await plan(300, 348, [shift('duty-1', 300, 312), shift('duty-2', 312, 324), shift('duty-3', 324, 336)]);
    const [first, second, third] = await rota('duty-1', 300, 340);
    const note = async (login: Login, id: string | undefined, text = '无未办结事项') => (await app.as(login)).post('org.shiftHandover', { input: { shift: id, note: text } });
    const take = async (login: Login, id: string | undefined, without?: string) => (await app.as(login)).post('org.takeOver', { input: { shift: id, ...(without ? { without } : {}) } });
    expect(code(await note('duty-1', first?.id))).toBe('org.shift_not_now');
    const clock = await startTestAppAt(311.5);
    try {
      expect(code(await clock.post('duty-2', 'org.shiftHandover', { shift: first?.id, note: '越权填写' }))).toBe('org.shift_not_yours');
      expect(code(await clock.post('duty-2', 'org.takeOver', { shift: second?.id }))).toBe('org.handover_missing');
      expect((await clock.post('duty-1', 'org.shiftHandover', { shift: first?.id, note: '无未办结事项' })).status).toBe(200);
      expect((await clock.post('duty-2', 'org.takeOver', { shift: second?.id })).status).toBe(200);
      expect(code(await clock.post('duty-2', 'org.takeOver', { shift: second?.id }))).toBe('org.taken_over');
      expect(code(await clock.post('duty-1', 'org.shiftHandover', { shift: first?.id, note: '再改一次' }))).toBe('org.handed_over');
      expect(code(await clock.post('duty-3', 'org.takeOver', { shift: third?.id }))).toBe('org.shift_not_now');
      clock.travel(12.2);
      expect((await clock.post('duty-3', 'org.takeOver', { shift: third?.id, without: '上一班突发疾病送医' })).status).toBe(200);
    } finally {
      clock.back();
    }
    const lines = await rota('duty-1', 300, 340);
    expect(lines.map((one) => [one.handover, one.takenWithout])).toEqual([['无未办结事项', null], [null, null], [null, '上一班突发疾病送医']]);
    expect(code(await take('duty-1', newId()))).toBe('org.shift_unknown');
  });
});

/** Moves the clock to an hour of the plan; sessions end on the way, so everybody signs in anew. */
async function startTestAppAt(hours: number) {
  const start = base + hours * hour - Date.now();
  app.travel(start);
  let moved = start;
  const fresh = new Map<string, Client>();
  const client = async (login: Login): Promise<Client> => {
    const known = fresh.get(login) ?? (await signIn(login));
    fresh.set(login, known);
    return known;
  };
  return {
    post: async (login: Login, path: string, input: Record<string, unknown>) => (await client(login)).post(path, { input }),
    client,
    travel: (more: number) => {
      app.travel(more * hour);
      moved += more * hour;
      fresh.clear();
    },
    back: () => app.travel(-moved),
  };
}

async function signIn(login: Login): Promise<Client> {
  const response = await app.anon.raw('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: (await import('../../../cli/seed.ts')).demoPassword }),
  });
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const send = (path: string, init: RequestInit = {}) => app.anon.raw(path, { ...init, headers: { cookie, ...init.headers } });
  return {
    cookie,
    raw: send,
    get: async () => Promise.reject(new Error('not used')),
    post: async (path, body = {}) => {
      const answer = await send(`/api/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ request: newId(), ...body }) });
      return { status: answer.status, body: (await answer.json()) as never, headers: answer.headers };
    },
  };
}

describe('换班', () => {
  type Acted = { id: string; state: string; code: string; due: string | null };
  const act = async (login: Login, action: string, id: string, input: Record<string, unknown> = {}) => (await as(login)).post<Acted>(`org.swap.${action}`, { id, input });
  const two = async (from: number): Promise<[ShiftLine, ShiftLine]> => {
    await plan(from, from + 48, [shift('duty-1', from, from + 12), shift('duty-2', from + 24, from + 36)]);
    const [mine, theirs] = (await rota('duty-1', from, from + 40)).filter((one) => Date.parse(one.startsAt) >= base + from * hour);
    if (!mine || !theirs) throw new Error('the plan did not hold');
    return [mine, theirs];
  };
  const ask = (mine: ShiftLine, theirs: ShiftLine | null, id = newId()) =>
    act('duty-1', 'request', id, { shift: mine.id, other: fixture.person('duty-2'), ...(theirs ? { otherShift: theirs.id } : {}), reason: '家中有事' });

  test('asked, accepted, approved: the shifts have changed hands', async () => {
    const [mine, theirs] = await two(400);
    const asked = await ask(mine, theirs);
    expect(asked.body).toMatchObject({ state: 'requested', due: mine.startsAt });
    expect(asked.body.code).toMatch(/^HB\d{12}$/);
    expect(code(await act('duty-3', 'accept', asked.body.id))).toBe('workflow.not_holder');
    expect(code(await act('city-leader', 'approve', asked.body.id))).toBe('workflow.not_allowed');
    expect((await act('duty-2', 'accept', asked.body.id)).body.state).toBe('accepted');
    expect(code(await act('duty-1', 'approve', asked.body.id))).toBe('workflow.not_holder');
    expect((await act('city-leader', 'approve', asked.body.id)).body.state).toBe('done');
    const after = await rota('duty-1', 400, 440);
    expect(after.map((one) => [one.id, one.person])).toEqual([
      [mine.id, fixture.person('duty-2')],
      [theirs.id, fixture.person('duty-1')],
    ]);
    const seen = await (await as('duty-2')).get<{ timeline: { name: string }[] }>('matter.get', { kind: 'org.swap', id: asked.body.id });
    expect(seen.body.timeline.map((row) => row.name)).toEqual(['org.swap.request', 'org.swap.accept', 'org.swap.approve']);
  });
  test('替班 without a shift in return', async () => {
    const [mine, theirs] = await two(500);
    const asked = await ask(mine, null);
    await act('duty-2', 'accept', asked.body.id);
    expect((await act('city-leader', 'approve', asked.body.id)).body.state).toBe('done');
    expect((await rota('duty-1', 500, 540)).map((one) => one.person)).toEqual([fixture.person('duty-2'), fixture.person('duty-2')]);
    expect(theirs.person).toBe(fixture.person('duty-2'));
  });
  test('refused with a reason, cancelled by who asked only, taken back before approval', async () => {
    const [mine, theirs] = await two(600);
    const refused = await ask(mine, theirs);
    expect(code(await act('duty-2', 'refuse', refused.body.id))).toBe('input.invalid');
    expect((await act('duty-2', 'refuse', refused.body.id, { reason: '当日已有安排' })).body.state).toBe('refused');
    const again = await ask(mine, theirs);
    expect(code(await ask(mine, theirs))).toBe('swap.pending');
    expect(code(await act('duty-2', 'cancel', again.body.id))).toBe('swap.not_yours');
    await act('duty-2', 'accept', again.body.id);
    expect((await act('duty-2', 'withdraw', again.body.id, { reason: '看错日期' })).body.state).toBe('requested');
    expect((await act('duty-1', 'cancel', again.body.id)).body.state).toBe('withdrawn');
    expect((await rota('duty-1', 600, 640)).map((one) => one.person)).toEqual([fixture.person('duty-1'), fixture.person('duty-2')]);
  });
  test('what cannot be exchanged is refused when it is asked', async () => {
    const [mine, theirs] = await two(700);
    expect(code(await act('duty-2', 'request', newId(), { shift: mine.id, other: fixture.person('duty-1'), reason: '不是本人的班' }))).toBe('org.shift_not_yours');
    expect(code(await act('duty-1', 'request', newId(), { shift: mine.id, other: fixture.person('duty-3'), otherShift: theirs.id, reason: '对方不符' }))).toBe('swap.shift_changed');
    expect(code(await act('duty-1', 'request', newId(), { shift: newId(), other: fixture.person('duty-2'), reason: '没有这个班' }))).toBe('org.shift_unknown');
    await plan(748, 772, [shift('duty-2', 748, 760, 'second')]);
    const second = (await rota('duty-1', 740, 770)).find((one) => one.role === 'second');
    expect(code(await act('duty-1', 'request', newId(), { shift: mine.id, other: fixture.person('duty-2'), otherShift: second?.id, reason: '岗位不同' }))).toBe('swap.same_desk');
  });
  test('a rota that changes under the request leaves nothing to approve', async () => {
    const [mine, theirs] = await two(800);
    const asked = await ask(mine, theirs);
    await act('duty-2', 'accept', asked.body.id);
    await plan(800, 848, [shift('duty-3', 800, 812), shift('duty-2', 824, 836)]);
    expect(code(await act('city-leader', 'approve', asked.body.id))).toBe('swap.shift_changed');
  });
  test('a leader who is one of the two does not approve their own exchange', async () => {
    await plan(900, 948, [shift('city-leader', 900, 924, 'lead'), shift('duty-1', 924, 948, 'main')]);
    const mine = (await rota('duty-1', 900, 940)).find((one) => one.role === 'lead');
    const deputy = (await app.owner.query<{ person: string }>(`select person from org.post where unit = $1 and role = 'leader' and person <> $2 order by ordering limit 1`, [desk, fixture.person('city-leader')])).rows[0]?.person;
    const asked = await act('city-leader', 'request', newId(), { shift: mine?.id, other: deputy, reason: '外出开会' });
    expect(asked.body.state).toBe('requested');
    // The other deputy stands for the second pair of eyes; here the owner's rows are used because only named people have accounts.
    const owner = await app.owner.query('select owner_person from org.swap where id = $1', [asked.body.id]);
    expect(owner.rows[0]).toEqual({ owner_person: deputy });
  });
  test('nobody settles it: it lapses when the shift begins, and the rota stands', async () => {
    const [mine, theirs] = await two(1000);
    const asked = await ask(mine, theirs);
    const kept = app.registry.workflows.get('org.swap');
    if (!kept) throw new Error('no workflow');
    await ring(app.runtime, kept, asked.body.id);
    const state = async () => (await app.owner.query('select state, closed_at is null as open from org.swap where id = $1', [asked.body.id])).rows[0];
    expect(await state()).toEqual({ state: 'requested', open: true });
    const clock = await startTestAppAt(1000.1);
    try {
      await ring(app.runtime, kept, asked.body.id);
    } finally {
      clock.back();
    }
    expect(await state()).toEqual({ state: 'lapsed', open: false });
    expect((await rota('duty-1', 1000, 1040)).map((one) => one.person)).toEqual([fixture.person('duty-1'), fixture.person('duty-2')]);
  });
});

describe('delegation through the API', () => {
  const delegate = async (login: Login, input: Record<string, unknown>) => (await as(login)).post<{ id: string }>('org.delegate', { input: { reason: '外出培训', ...input } });
  const until = new Date(Date.now() + 5 * 24 * hour).toISOString();
  test('given, listed on both sides, revoked by either', async () => {
    const given = await delegate('quancheng-leader', { to: fixture.person('quancheng-officer'), until });
    expect(given.status).toBe(200);
    const mine = async (login: Login) => (await (await as(login)).get<{ given: DelegationLine[]; received: DelegationLine[] }>('org.delegations')).body;
    expect((await mine('quancheng-leader')).given).toMatchObject([{ inForce: true, reason: '外出培训' }]);
    expect((await mine('quancheng-officer')).received).toHaveLength(1);
    expect(await mine('baotu-officer')).toEqual({ given: [], received: [] });
    expect(code(await (await as('baotu-officer')).post('org.delegationRevoke', { input: { id: given.body.id } }))).toBe('org.delegation_unknown');
    expect((await (await as('quancheng-officer')).post('org.delegationRevoke', { input: { id: given.body.id } })).status).toBe(200);
    expect((await mine('quancheng-leader')).given).toMatchObject([{ inForce: false }]);
  });
  test('what makes no sense is refused', async () => {
    expect(code(await delegate('lixia-leader', { to: fixture.person('lixia-leader'), until }))).toBe('org.delegate_self');
    expect(code(await delegate('lixia-leader', { to: fixture.person('lixia-officer'), until: new Date(Date.now() - 1000).toISOString() }))).toBe('org.period');
    expect(code(await delegate('secadmin', { to: fixture.person('lixia-officer'), until }))).toBe('org.delegate_admin');
    expect(code(await delegate('lixia-leader', { to: fixture.person('auditor'), until }))).toBe('org.delegate_admin');
    expect(code(await delegate('lixia-leader', { to: newId(), until }))).toBe('person.unknown');
    expect(code(await delegate('quancheng-officer', { to: fixture.person('mall-manager'), until }))).toBe('org.delegate_apart');
    expect(code(await delegate('mall-manager', { to: fixture.person('quancheng-officer'), until }))).toBe('person.unknown');
  });
});
