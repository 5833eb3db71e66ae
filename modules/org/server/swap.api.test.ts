import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { act as actOn } from '#kernel/server/act.ts';
import { signingIn } from '#kernel/server/db/transaction.ts';
import { ring } from '#kernel/server/timers.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { fixture, type Login } from '../fixture.ts';
import type { ShiftLine } from '../schema.ts';
import { orgDirectory } from './directory.ts';
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

describe('换班', () => {
  type Acted = { id: string; state: string; code: string; due: string | null };
  const act = async (login: Login, action: string, id: string, input: Record<string, unknown> = {}) =>
    (await as(login)).post<Acted>(`org.swap.${action}`, { id, input });
  const two = async (from: number): Promise<[ShiftLine, ShiftLine]> => {
    await d.plan(from, from + 48, [d.shift('duty-1', from, from + 12), d.shift('duty-2', from + 24, from + 36)]);
    const [mine, theirs] = (await d.rota('duty-1', from, from + 40)).filter((one) => Date.parse(one.startsAt) >= d.base + from * hour);
    if (!mine || !theirs) throw new Error('the plan did not hold');
    return [mine, theirs];
  };
  const ask = (mine: ShiftLine, theirs: ShiftLine | null, id = newId()) =>
    act('duty-1', 'request', id, {
      shift: mine.id,
      other: fixture.person('duty-2'),
      ...(theirs ? { otherShift: theirs.id } : {}),
      reason: '家中有事',
    });

  test('asked, accepted, approved: the shifts have changed hands', async () => {
    const [mine, theirs] = await two(400);
    const asked = await ask(mine, theirs);
    expect(asked.body).toMatchObject({ state: 'requested', due: mine.startsAt });
    expect(asked.body.code).toMatch(/^HB\d{12}$/);
    expect(codeOf(await act('duty-3', 'accept', asked.body.id))).toBe('workflow.not_holder');
    expect(codeOf(await act('city-leader', 'approve', asked.body.id))).toBe('workflow.not_allowed');
    expect((await act('duty-2', 'accept', asked.body.id)).body.state).toBe('accepted');
    expect(codeOf(await act('duty-1', 'approve', asked.body.id))).toBe('workflow.not_holder');
    expect((await act('city-leader', 'approve', asked.body.id)).body.state).toBe('done');
    const after = await d.rota('duty-1', 400, 440);
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
    expect((await d.rota('duty-1', 500, 540)).map((one) => one.person)).toEqual([fixture.person('duty-2'), fixture.person('duty-2')]);
    expect(theirs.person).toBe(fixture.person('duty-2'));
  });
  test('refused with a reason, cancelled by who asked only, taken back before approval', async () => {
    const [mine, theirs] = await two(600);
    const refused = await ask(mine, theirs);
    expect(codeOf(await act('duty-2', 'refuse', refused.body.id))).toBe('input.invalid');
    expect((await act('duty-2', 'refuse', refused.body.id, { reason: '当日已有安排' })).body.state).toBe('refused');
    const again = await ask(mine, theirs);
    expect(codeOf(await ask(mine, theirs))).toBe('swap.pending');
    expect(codeOf(await act('duty-2', 'cancel', again.body.id))).toBe('auth.forbidden');
    await act('duty-2', 'accept', again.body.id);
    expect((await act('duty-2', 'withdraw', again.body.id, { reason: '看错日期' })).body.state).toBe('requested');
    expect((await act('duty-1', 'cancel', again.body.id)).body.state).toBe('withdrawn');
    expect((await d.rota('duty-1', 600, 640)).map((one) => one.person)).toEqual([fixture.person('duty-1'), fixture.person('duty-2')]);
  });
  test('what cannot be exchanged is refused when it is asked', async () => {
    const [mine, theirs] = await two(700);
    expect(
      codeOf(await act('duty-2', 'request', newId(), { shift: mine.id, other: fixture.person('duty-1'), reason: '不是本人的班' })),
    ).toBe('org.shift_not_yours');
    expect(
      codeOf(
        await act('duty-1', 'request', newId(), {
          shift: mine.id,
          other: fixture.person('duty-3'),
          otherShift: theirs.id,
          reason: '对方不符',
        }),
      ),
    ).toBe('swap.shift_changed');
    expect(codeOf(await act('duty-1', 'request', newId(), { shift: newId(), other: fixture.person('duty-2'), reason: '没有这个班' }))).toBe(
      'org.shift_unknown',
    );
    await d.plan(748, 772, [d.shift('duty-2', 748, 760, 'second')]);
    const second = (await d.rota('duty-1', 740, 770)).find((one) => one.role === 'second');
    expect(
      codeOf(
        await act('duty-1', 'request', newId(), {
          shift: mine.id,
          other: fixture.person('duty-2'),
          otherShift: second?.id,
          reason: '岗位不同',
        }),
      ),
    ).toBe('swap.same_desk');
  });
  test('a rota that changes under the request leaves nothing to approve', async () => {
    const [mine, theirs] = await two(800);
    const asked = await ask(mine, theirs);
    await act('duty-2', 'accept', asked.body.id);
    await d.plan(800, 848, [d.shift('duty-3', 800, 812), d.shift('duty-2', 824, 836)]);
    expect(codeOf(await act('city-leader', 'approve', asked.body.id))).toBe('swap.shift_changed');
  });
  test('a leader who is one of the two does not approve; when no other leader is left, the one above does', async () => {
    const shiftFor = async (from: number) => {
      await d.plan(from, from + 24, [d.shift('city-leader', from, from + 24, 'lead')]);
      return (await d.rota('duty-1', from, from + 20)).find((one) => one.startsAt === d.iso(from));
    };
    const others = await app.owner.query<{ id: string; person: string }>(
      `select id, person from org.post where unit = $1 and role = 'leader' and person <> $2 order by ordering`,
      [d.desk, fixture.person('city-leader')],
    );
    const [deputy, second] = others.rows;
    const accept = async (id: string) => {
      // The deputies have no account: they act through the same write path the server uses.
      const flow = app.registry.workflows.get('org.swap');
      const who = await app.runtime.db.read(signingIn, (tx) => orgDirectory.findPrincipal(tx, deputy?.person ?? '', new Date()));
      if (!flow || !who) throw new Error('no deputy');
      await actOn(app.runtime, flow, 'accept', who, { request: newId(), id, input: {} });
      return (await app.owner.query('select owner_person, owner_unit, owner_role from org.swap where id = $1', [id])).rows[0];
    };
    const ask = async (from: number) => {
      const asked = await act('city-leader', 'request', newId(), {
        shift: (await shiftFor(from))?.id,
        other: deputy?.person,
        reason: '外出开会',
      });
      return asked.body.id;
    };
    const first = await ask(900);
    expect(await accept(first)).toEqual({ owner_person: null, owner_unit: d.desk, owner_role: 'leader' });
    expect(codeOf(await act('city-leader', 'approve', first))).toBe('swap.own');
    await app.owner.query('update org.post set valid_to = now() where id = $1', [second?.id]);
    const alone = await ask(940);
    expect(await accept(alone)).toEqual({ owner_person: fixture.person('mayor'), owner_unit: null, owner_role: null });
    expect((await act('mayor', 'approve', alone)).body.state).toBe('done');
  });
  test('nobody settles it: it lapses when the shift begins, and the rota stands', async () => {
    const [mine, theirs] = await two(1000);
    const asked = await ask(mine, theirs);
    const kept = app.registry.workflows.get('org.swap');
    if (!kept) throw new Error('no workflow');
    await ring(app.runtime, kept, asked.body.id);
    const state = async () =>
      (await app.owner.query('select state, closed_at is null as open from org.swap where id = $1', [asked.body.id])).rows[0];
    expect(await state()).toEqual({ state: 'requested', open: true });
    const clock = d.at(1000.1);
    try {
      await ring(app.runtime, kept, asked.body.id);
    } finally {
      clock.back();
    }
    expect(await state()).toEqual({ state: 'lapsed', open: false });
    expect((await d.rota('duty-1', 1000, 1040)).map((one) => one.person)).toEqual([fixture.person('duty-1'), fixture.person('duty-2')]);
  });
});
