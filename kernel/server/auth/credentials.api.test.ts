import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { makeVault } from './secret.ts';
import { cookieOf, days, enter, guest, knock, ledger, minutes, personOf, published } from './test-door.ts';
import { totpCode } from './totp.ts';

let app: TestApp;
beforeAll(async () => {
  // A productive installation: what is seeded stands for real accounts here, all with passwords set today.
  app = await startTestApp({
    env: { VIGIL_DEMO: '0', VIGIL_HOST: '127.0.0.1', VIGIL_SESSION_IDLE_MINUTES: '1440', VIGIL_SESSION_HOURS: '720' },
  });
});
afterAll(() => app.stop());

const productive = (login: string) =>
  app.owner.query('update kernel.account set demo = false, password_at = $2 where login = $1', [login, app.runtime.clock()]);
const codeNow = (secret: string, steps = 0) => totpCode(secret, new Date(app.runtime.clock().getTime() + steps * 30_000));

describe('published accounts', () => {
  it('do not open a productive installation', async () => {
    expect(await knock(app, { login: 'mayor', password: published })).toMatchObject({ status: 403, code: 'session.disabled' });
    // Whoever does not know the password is not told that much.
    expect(await knock(app, { login: 'mayor', password: 'Wrong-2026' })).toMatchObject({ status: 401, code: 'session.wrong' });
    expect((await guest(app, {}).get('session.options')).body.demo).toBeNull();
  });
});

describe('changing the password', () => {
  it('asks for the present one, keeps the rules, and ends the other sign-ins', async () => {
    await productive('city-officer');
    const [here, there] = [await enter(app, 'city-officer'), await enter(app, 'city-officer')];
    expect(await here.post('session.password', { old: 'Wrong-2026', next: 'Kx7m-Rf4q' })).toMatchObject({
      status: 401,
      code: 'session.wrong',
    });
    const weak = await here.post('session.password', { old: published, next: 'city-officer' });
    expect(weak).toMatchObject({ status: 422, code: 'session.password_weak', details: { broken: ['kinds', 'login'] } });
    expect(weak.details.rules).toContainEqual({ zh: '不得包含用户名', en: 'must not contain the login' });
    expect(await here.post('session.password', { old: published, next: 'Kx7m-Rf4q' })).toMatchObject({ status: 200, body: { ended: 1 } });
    const again = await here.post('session.password', { old: 'Kx7m-Rf4q', next: 'Kx7m-Rf4q' });
    expect(again).toMatchObject({ status: 422, code: 'session.password_reused' });
    expect((await here.get('session')).status).toBe(200);
    expect(await there.get('session')).toMatchObject({ code: 'auth.expired' });
    expect(await knock(app, { login: 'city-officer', password: published })).toMatchObject({ code: 'session.wrong' });
    await enter(app, 'city-officer', 'Kx7m-Rf4q');
  });

  it('refuses the last five, and takes the sixth again', async () => {
    await productive('lixia-officer');
    const client = await enter(app, 'lixia-officer');
    const typed = ['Kx7m-Rf40', 'Kx7m-Rf41', 'Kx7m-Rf42', 'Kx7m-Rf43', 'Kx7m-Rf44', 'Kx7m-Rf45'] as const;
    let old: string = published;
    for (const next of typed) {
      expect(await client.post('session.password', { old, next })).toMatchObject({ status: 200 });
      old = next;
    }
    for (const next of typed.slice(1)) {
      const said = await client.post('session.password', { old, next });
      expect(said, next).toMatchObject({ status: 422, code: 'session.password_reused', details: { count: 5 } });
    }
    expect(await client.post('session.password', { old, next: typed[0] })).toMatchObject({ status: 200 });
  });

  it('is in the ledger, without any password', async () => {
    const person = await personOf(app, 'city-officer');
    const rows = (await ledger(app, 'session.password')).filter((row) => row.subject === person);
    expect(rows).toEqual([{ name: 'session.password', subject: person, actor: person, data: {} }]);
    const refused = (await ledger(app, 'session.refused')).filter((row) => row.subject === person);
    expect(refused.map((row) => row.data.why)).toContain('session.wrong');
  });

  it('cannot be used to guess: five wrong ones lock the account and end the session', async () => {
    await productive('quancheng-officer');
    const [thief, owner] = [await enter(app, 'quancheng-officer'), await enter(app, 'quancheng-officer')];
    for (let n = 0; n < 4; n++) {
      expect(await thief.post('session.password', { old: `Wrong-202${n}`, next: 'Kx7m-Rf4q' })).toMatchObject({ code: 'session.wrong' });
    }
    expect(await thief.post('session.password', { old: 'Wrong-2029', next: 'Kx7m-Rf4q' })).toMatchObject({ code: 'session.locked' });
    expect(await thief.get('session')).toMatchObject({ status: 401, code: 'auth.expired' });
    expect(await owner.post('session.password', { old: published, next: 'Kx7m-Rf4q' })).toMatchObject({ code: 'session.locked' });
    const person = await personOf(app, 'quancheng-officer');
    expect((await ledger(app, 'session.closed')).filter((row) => row.subject === person)).toEqual([
      expect.objectContaining({ data: { why: 'failures' } }),
    ]);
    expect((await owner.get('session')).status).toBe(200);
  });

  it('is asked for after 90 days, before anything else', async () => {
    await productive('zhangqiu-officer');
    app.travel(days(91));
    const client = await enter(app, 'zhangqiu-officer');
    expect((await client.get('session')).body).toMatchObject({ limited: true, mustChange: true });
    expect(await client.get('session.mySessions')).toMatchObject({ status: 403, code: 'session.must_change' });
    expect(await client.post('session.endOthers')).toMatchObject({ status: 403, code: 'session.must_change' });
    expect((await client.get('session.options')).status).toBe(200);
    expect(await client.post('session.password', { old: published, next: 'Kx7m-Rf4q' })).toMatchObject({ status: 200 });
    expect((await client.get('session')).body).toMatchObject({ limited: false, mustChange: false });
    expect((await client.get('session.mySessions')).status).toBe(200);
  });
});

describe('the authenticator', () => {
  let secret = '';

  it('is set up with a secret shown once, and confirmed by a code', async () => {
    await productive('duty-1');
    const client = await enter(app, 'duty-1');
    const request = '0190c000-0000-7000-8000-000000000001';
    const begun = await client.post('session.totpBegin', {}, request);
    expect(begun.status).toBe(200);
    expect(new URL(String(begun.body.url)).searchParams.get('secret')).toBe(begun.body.secret);
    expect((await client.post('session.totpBegin', {}, request)).body).toEqual({ secret: null, url: null });
    secret = String(begun.body.secret);
    const kept = await app.owner.query(`select (select totp from kernel.account where login = 'duty-1') as totp,
      (select string_agg(outcome::text, '') from kernel.request) || (select string_agg(data::text, '') from kernel.event) as everything`);
    const row = kept.rows[0] as { totp: string; everything: string };
    expect(row.totp).toMatch(/^v1\./);
    expect(row.everything).not.toContain(secret);
    expect(await client.post('session.totpConfirm', { code: '000000' })).toMatchObject({ status: 401, code: 'session.code_wrong' });
    expect(await client.post('session.totpConfirm', { code: codeNow(secret) })).toMatchObject({ status: 200 });
    expect((await client.get('session')).body).toMatchObject({ totp: true });
    expect(await client.post('session.totpBegin')).toMatchObject({ status: 409, code: 'session.totp_on' });
  });

  it('is then asked for at the door, and each code opens once', async () => {
    const said = await knock(app, { login: 'duty-1', password: published });
    expect(said).toMatchObject({ status: 401, code: 'session.code_required', setCookie: '' });
    const code = codeNow(secret, 1);
    expect(await knock(app, { login: 'duty-1', password: published, code: codeNow(secret) })).toMatchObject({ code: 'session.code_wrong' });
    expect((await knock(app, { login: 'duty-1', password: published, code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(200);
    expect(await knock(app, { login: 'duty-1', password: published, code })).toMatchObject({ status: 401, code: 'session.code_wrong' });
    const person = await personOf(app, 'duty-1');
    expect((await ledger(app, 'session.code_asked')).filter((row) => row.subject === person)).toHaveLength(1);
  });

  it('opens once even when two come with the same code at the same moment', async () => {
    app.travel(minutes(5));
    const code = codeNow(secret);
    const both = await Promise.all([1, 2, 3, 4].map(() => knock(app, { login: 'duty-1', password: published, code })));
    expect(both.map((one) => one.status).sort()).toEqual([200, 401, 401, 401]);
  });

  it('wrong codes lock as wrong passwords do', async () => {
    app.travel(minutes(5));
    await enter(app, 'duty-1', published, codeNow(secret));
    for (let n = 0; n < 4; n++) await knock(app, { login: 'duty-1', password: published, code: '000000' });
    expect(await knock(app, { login: 'duty-1', password: published, code: '000000' })).toMatchObject({ code: 'session.locked' });
    app.travel(minutes(31));
  });

  it('is removed with a code only', async () => {
    const client = await enter(app, 'duty-1', published, codeNow(secret));
    app.travel(minutes(2));
    expect(await client.post('session.totpRemove', { code: '000000' })).toMatchObject({ code: 'session.code_wrong' });
    expect((await client.get('session')).body).toMatchObject({ totp: true });
    expect(await client.post('session.totpRemove', { code: codeNow(secret) })).toMatchObject({ status: 200 });
    expect(await client.post('session.totpRemove', { code: codeNow(secret, 1) })).toMatchObject({ code: 'session.totp_off' });
    await enter(app, 'duty-1');
  });

  it('is required of the administrators before anything else', async () => {
    await productive('auditor');
    await app.owner.query(`update kernel.account set must_change = true where login = 'auditor'`);
    const answer = await knock(app, { login: 'auditor', password: published });
    expect(answer).toMatchObject({ status: 200, body: { limited: true, mustEnroll: true } });
    const client = guest(app, { cookie: cookieOf(answer) });
    expect(await client.get('session.mySessions')).toMatchObject({ status: 403, code: 'session.must_change' });
    expect(await client.post('session.password', { old: published, next: 'Kx7m-Rf4q' })).toMatchObject({ status: 200 });
    expect(await client.get('session.mySessions')).toMatchObject({ status: 403, code: 'session.must_enroll' });
    const begun = await client.post('session.totpBegin');
    await client.post('session.totpConfirm', { code: codeNow(String(begun.body.secret)) });
    expect((await client.get('session')).body).toMatchObject({ limited: false, mustEnroll: false, totp: true });
    expect((await client.get('session.mySessions')).status).toBe(200);
  });

  it('that cannot be opened is our fault and says so; the door stays shut', async () => {
    await productive('duty-2');
    const sealed = makeVault(new Uint8Array(32).fill(1)).seal('GEZDGNBVGY3TQOJQ', await personOf(app, 'duty-2'));
    await app.owner.query(`update kernel.account set totp = $1, totp_on = true where login = 'duty-2'`, [sealed]);
    const said = await knock(app, { login: 'duty-2', password: published, code: '123456' });
    expect(said).toMatchObject({ status: 500, code: 'session.key_missing', setCookie: '' });
  });
});
