import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { fixture, type Login } from '../fixture.ts';
import type { ShiftLine } from '../schema.ts';
import { codeOf, openDesk, type TestDesk } from './duty-test-kit.ts';

let app: TestApp;
let d: TestDesk;
const as = (login: Login): Promise<Client> => app.as(login);
const hour = 3_600_000;
beforeAll(async () => {
  app = await startTestApp();
  d = await openDesk(app);
});
afterAll(() => app.stop());

const lixiaDesk = async () =>
  (await app.owner.query<{ id: number }>('select id from org.unit where code = $1', [fixture.units.lixiaBureau])).rows[0]?.id ?? 0;

describe('the seeded rota', () => {
  test('every desk is manned now by a leader, a main and a second officer', async () => {
    const { items } = (await (await as('city-leader')).get<{ items: { deskName: string; people: { role: string }[] }[] }>('org.onDuty'))
      .body;
    expect(items).toHaveLength(17);
    for (const one of items)
      expect([one.deskName, one.people.map((person) => person.role)]).toEqual([one.deskName, ['lead', 'main', 'second']]);
  });
  test('a town sees whom to ring in its district and city; an enterprise nobody', async () => {
    const { items } = (
      await (await as('quancheng-officer')).get<{ items: { deskName: string; people: { name: string }[] }[] }>('org.onDuty')
    ).body;
    expect(items.map((one) => one.deskName).sort()).toEqual(['历下区应急局值班室', '济南市应急指挥中心值班室']);
    expect(items.every((one) => one.people.length === 3)).toBe(true);
    expect((await (await as('mall-manager')).get<{ items: unknown[] }>('org.onDuty')).body.items).toEqual([]);
  });
  test('the notes of another desk stay there', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const read = async (login: Login) =>
      (await (await as(login)).get<{ items: ShiftLine[] }>('org.rota', { desk: await lixiaDesk(), from: today, to: today })).body.items;
    expect((await read('lixia-officer')).length).toBeGreaterThan(0);
    expect(await read('zhangqiu-officer')).toEqual([]);
    expect(await read('quancheng-officer')).toEqual([]);
  });
});

describe('planning', () => {
  test('a plan replaces the plan of its time; what stays keeps its id', async () => {
    expect(
      (await d.plan(0, 48, [d.shift('duty-1', 0, 12), d.shift('duty-2', 12, 24), d.shift('city-leader', 0, 24, 'lead')])).body,
    ).toEqual({
      added: 3,
      kept: 0,
      removed: 0,
    });
    const before = await d.rota('duty-1', 0, 24);
    expect((await d.plan(0, 48, [d.shift('duty-1', 0, 12), d.shift('duty-3', 12, 24)])).body).toEqual({ added: 1, kept: 1, removed: 2 });
    const after = await d.rota('duty-1', 0, 24);
    expect(after.map((one) => one.person)).toEqual([fixture.person('duty-1'), fixture.person('duty-3')]);
    expect(after[0]?.id).toBe(before.find((one) => one.person === fixture.person('duty-1'))?.id);
    expect(after[0]?.mine).toBe(true);
  });
  test('nobody twice at a time, one main officer at a time, nothing in the past, nothing outside the plan', async () => {
    expect(codeOf(await d.plan(72, 96, [d.shift('duty-1', 72, 84), d.shift('duty-1', 80, 90, 'second')]))).toBe('org.shift_overlap');
    expect(codeOf(await d.plan(72, 96, [d.shift('duty-1', 72, 84), d.shift('duty-2', 83, 90)]))).toBe('org.shift_overlap');
    expect(
      (await d.plan(72, 96, [d.shift('duty-1', 72, 84), d.shift('duty-2', 72, 84, 'second'), d.shift('duty-3', 72, 84, 'second')])).status,
    ).toBe(200);
    expect(codeOf(await d.plan(72, 96, [d.shift('duty-1', 96, 100)]))).toBe('org.shift_outside');
    expect(codeOf(await d.plan(72, 96, [d.shift('duty-1', 84, 84)]))).toBe('org.period');
    const past = {
      startsAt: new Date(Date.now() - hour).toISOString(),
      endsAt: new Date(Date.now() + hour).toISOString(),
      person: fixture.person('duty-1'),
      role: 'main',
    };
    const before = await (await as('city-leader')).post('org.shiftPlan', {
      input: { desk: d.desk, from: past.startsAt, to: d.iso(0), shifts: [past] },
    });
    expect(codeOf(before)).toBe('org.shift_begun');
    expect(codeOf(await d.plan(72, 96, [{ ...d.shift('duty-1', 72, 80), person: fixture.person('mall-manager') }]))).toBe('person.unknown');
  });
  test('two plans at once that would put one person on duty twice: one of them wins', async () => {
    const input = (unit: number) => ({ input: { desk: unit, from: d.iso(200), to: d.iso(224), shifts: [d.shift('duty-4', 200, 212)] } });
    const leader = await as('city-leader');
    const lixia = await lixiaDesk();
    const answers = await Promise.all([leader.post('org.shiftPlan', input(d.desk)), leader.post('org.shiftPlan', input(lixia))]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
  });
  test('only by the leaders and duty officers of the place', async () => {
    expect(codeOf(await d.plan(0, 24, [], 'lixia-leader'))).toBe('auth.forbidden');
    expect(codeOf(await d.plan(0, 24, [], 'city-officer'))).toBe('auth.forbidden');
    expect(codeOf(await d.plan(0, 24, [], 'mall-manager'))).toBe('auth.forbidden');
  });
});

describe('hand-over', () => {
  test('the note of the shift before comes first; without it a reason; afterwards it stands', async () => {
    await d.plan(300, 348, [d.shift('duty-1', 300, 312), d.shift('duty-2', 312, 324), d.shift('duty-3', 324, 336)]);
    const [first, second, third] = await d.rota('duty-1', 300, 340);
    const note = async (login: Login, id: string | undefined, text = '无未办结事项') =>
      (await app.as(login)).post('org.shiftHandover', { input: { shift: id, note: text } });
    const take = async (login: Login, id: string | undefined, without?: string) =>
      (await app.as(login)).post('org.takeOver', { input: { shift: id, ...(without ? { without } : {}) } });
    expect(codeOf(await note('duty-1', first?.id))).toBe('org.shift_not_now');
    const clock = d.at(311.5);
    try {
      expect(codeOf(await clock.post('duty-2', 'org.shiftHandover', { shift: first?.id, note: '越权填写' }))).toBe('org.shift_not_yours');
      expect(codeOf(await clock.post('duty-2', 'org.takeOver', { shift: second?.id }))).toBe('org.handover_missing');
      expect((await clock.post('duty-1', 'org.shiftHandover', { shift: first?.id, note: '无未办结事项' })).status).toBe(200);
      expect((await clock.post('duty-2', 'org.takeOver', { shift: second?.id })).status).toBe(200);
      expect(codeOf(await clock.post('duty-2', 'org.takeOver', { shift: second?.id }))).toBe('org.taken_over');
      expect(codeOf(await clock.post('duty-1', 'org.shiftHandover', { shift: first?.id, note: '再改一次' }))).toBe('org.handed_over');
      expect(codeOf(await clock.post('duty-3', 'org.takeOver', { shift: third?.id }))).toBe('org.shift_not_now');
      clock.travel(12.2);
      expect((await clock.post('duty-3', 'org.takeOver', { shift: third?.id, without: '上一班突发疾病送医' })).status).toBe(200);
    } finally {
      clock.back();
    }
    const lines = await d.rota('duty-1', 300, 340);
    expect(lines.map((one) => [one.handover, one.takenWithout])).toEqual([
      ['无未办结事项', null],
      [null, null],
      [null, '上一班突发疾病送医'],
    ]);
    expect(codeOf(await take('duty-1', newId()))).toBe('org.shift_unknown');
  });
});
