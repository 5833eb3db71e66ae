import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { renewAccount } from './first-account.ts';
import { enter, type Guest, hours, knock, ledger, personOf, published } from './test-door.ts';

// One security administrator with bad intentions must not become the auditor.
let app: TestApp;
let first: Guest;
let second: Guest;
const own = 'Kx7m-Rf4q-Zz';

beforeAll(async () => {
  app = await startTestApp({ env: { VIGIL_SESSION_IDLE_MINUTES: '1440', VIGIL_SESSION_HOURS: '720' } });
  first = await enter(app, 'secadmin');
  second = await newSecadmin('secadmin2', '钟第二');
});
afterAll(() => app.stop());

async function newSecadmin(login: string, name: string): Promise<Guest> {
  const [person, city] = [
    newId(),
    await app.owner.query<{ area: number; id: number }>(`select id, area from org.unit where code = 'jn.yjj'`),
  ];
  const [unit] = city.rows;
  expect((await (await enter(app, 'sysadmin')).post('org.personSave', { id: person, name, org: unit?.area })).status).toBe(200);
  expect((await first.post('org.postGive', { person, unit: unit?.id, title: '安全管理员', role: 'secadmin' })).status).toBe(200);
  const opened = await first.post('session.accountOpen', { person, login });
  const inside = await enter(app, login, String(opened.body.password));
  await inside.post('session.password', { old: opened.body.password, next: own });
  return enter(app, login, own);
}

type Line = { login: string; administers: boolean; asked: { what: string; byName: string; mine: boolean } | null };
const lineOf = async (who: Guest, login: string) =>
  ((await who.get(`session.accounts?text=${login}`)).body.items as Line[]).find((one) => one.login === login);

describe('an administrator’s account', () => {
  it('is not opened by one security administrator alone', async () => {
    const person = await personOf(app, 'auditor');
    expect((await first.post('session.accountReset', { person, totp: true })).code).toBe('session.two_needed');
    expect((await first.post('session.accountLink', { person, subject: 'mine' })).code).toBe('session.two_needed');
    expect((await first.post('session.accountConfirm', { person })).code).toBe('session.request_unknown');
    expect((await first.post('session.accountResetAsk', { person, totp: true })).status).toBe(200);
    expect((await first.post('session.accountConfirm', { person })).code).toBe('session.other_needed');
    expect(await lineOf(first, 'auditor')).toMatchObject({ administers: true, asked: { what: 'reset', mine: true } });
    expect(await lineOf(first, 'mayor')).toMatchObject({ administers: false, asked: null });
    expect((await knock(app, { login: 'auditor', password: published })).status).toBe(200);
    expect((await first.post('session.accountDismiss', { person })).status).toBe(200);
  });

  it('is reset when another one confirms: the password is shown to that one, and both stand in the ledger', async () => {
    const person = await personOf(app, 'auditor');
    await first.post('session.accountResetAsk', { person, totp: true });
    expect((await second.post('session.accountResetAsk', { person })).code).toBe('session.request_open');
    expect(await lineOf(second, 'auditor')).toMatchObject({ asked: { what: 'reset', byName: '钟授权', mine: false } });
    const confirmed = await second.post('session.accountConfirm', { person });
    expect(confirmed).toMatchObject({ status: 200, body: { login: 'auditor', password: expect.any(String) } });
    expect(await knock(app, { login: 'auditor', password: published })).toMatchObject({ code: 'session.wrong' });
    expect(await knock(app, { login: 'auditor', password: String(confirmed.body.password) })).toMatchObject({ body: { mustChange: true } });
    expect((await second.post('session.accountConfirm', { person })).code).toBe('session.request_unknown');
    const kept = await app.owner.query(`select coalesce(string_agg(outcome::text, ''), '') as all from kernel.request`);
    expect(kept.rows[0]?.all).not.toContain(confirmed.body.password);
    const rows = [await ledger(app, 'session.accountResetAsk'), await ledger(app, 'session.accountConfirm')].map((found) => found.at(-1));
    expect(rows).toMatchObject([
      { subject: person, actor: await personOf(app, 'secadmin') },
      {
        subject: person,
        actor: await personOf(app, 'secadmin2'),
        data: { what: 'reset', totp: true, askedBy: await personOf(app, 'secadmin') },
      },
    ]);
  });

  it('is linked elsewhere by two as well, not by the person concerned, and not after a day', async () => {
    const person = await personOf(app, 'sysadmin');
    await first.post('session.accountLinkAsk', { person, subject: 'idp-sysadmin' });
    expect((await second.post('session.accountConfirm', { person })).body).toMatchObject({ password: null });
    expect(await lineOf(first, 'sysadmin')).toMatchObject({ subject: 'idp-sysadmin' });
    expect((await first.post('session.accountLink', { person, subject: null })).status).toBe(200);
    const peer = await personOf(app, 'secadmin2');
    await first.post('session.accountResetAsk', { person: peer });
    expect((await second.post('session.accountConfirm', { person: peer })).code).toBe('session.not_oneself');
    await first.post('session.accountResetAsk', { person });
    app.travel(hours(25));
    second = await enter(app, 'secadmin2', own);
    expect((await second.post('session.accountConfirm', { person })).code).toBe('session.request_unknown');
  });

  it('stays so when the post is ended for an hour', async () => {
    first = await enter(app, 'secadmin');
    const person = await personOf(app, 'sysadmin');
    const post = await app.owner.query<{ id: string }>('select id from org.post where person = $1', [person]);
    expect((await first.post('org.postEnd', { id: post.rows[0]?.id, reason: '临时免去' })).status).toBe(200);
    expect((await first.post('session.accountReset', { person })).code).toBe('session.two_needed');
  });

  it('is no business of the other administrators, and can be renewed from the command line', async () => {
    const person = await personOf(app, 'auditor');
    await first.post('session.accountResetAsk', { person });
    for (const login of ['mayor', 'quancheng-officer']) {
      const client = await enter(app, login);
      for (const name of ['accountResetAsk', 'accountConfirm', 'accountDismiss'])
        expect((await client.post(`session.${name}`, { person })).code, name).toBe('auth.forbidden');
    }
    const password = await renewAccount(app.database.owner, 'secadmin');
    expect(await first.get('session')).toMatchObject({ code: 'auth.expired' });
    expect(await knock(app, { login: 'secadmin', password })).toMatchObject({ status: 200, body: { mustChange: true } });
    await expect(renewAccount(app.database.owner, 'nobody')).rejects.toMatchObject({ code: 'session.account_unknown' });
  });
});
