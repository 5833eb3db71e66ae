import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { nobody } from '../db/transaction.ts';
import { ensureFirstAccount, openAccount } from './first-account.ts';
import { enter, type Guest, guest, hours, knock, ledger, personOf, published } from './test-door.ts';

let app: TestApp;
let guard: Guest;
beforeAll(async () => {
  app = await startTestApp({ env: { VIGIL_SESSION_IDLE_MINUTES: '1440', VIGIL_SESSION_HOURS: '720' } });
  guard = await enter(app, 'secadmin');
});
afterAll(() => app.stop());

const administration = ['accountReset', 'accountDisable', 'accountEnable', 'accountUnlock', 'sessionEnd'] as const;
const accountNamed = async (text: string) =>
  ((await guard.get(`session.accounts?text=${encodeURIComponent(text)}`)).body.items as Record<string, unknown>[])[0];

describe('accounts are the security administrator’s', () => {
  it('nobody else may see or touch them', async () => {
    const person = await personOf(app, 'mayor');
    for (const login of ['sysadmin', 'auditor', 'city-leader', 'quancheng-grid', 'mall-manager']) {
      const client = await enter(app, login);
      expect(await client.get('session.accounts'), login).toMatchObject({ status: 403, code: 'auth.forbidden' });
      for (const action of administration) {
        expect(await client.post(`session.${action}`, { person }), `${login} ${action}`).toMatchObject({
          status: 403,
          code: 'auth.forbidden',
        });
      }
      expect(await client.post('session.accountOpen', { person, login: 'x.y.z' })).toMatchObject({ code: 'auth.forbidden' });
      expect(await client.post('session.accountLink', { person, subject: 'x' })).toMatchObject({ code: 'auth.forbidden' });
      expect(await client.post('session.policyChange', {})).toMatchObject({ code: 'auth.forbidden' });
    }
    expect((await (await enter(app, 'mayor')).get('session')).status).toBe(200);
  });

  it('nor may they touch their own', async () => {
    const person = await personOf(app, 'secadmin');
    for (const action of administration) {
      expect(await guard.post(`session.${action}`, { person }), action).toMatchObject({ status: 403, code: 'session.not_oneself' });
    }
    expect(await guard.post('session.accountOpen', { person, login: 'second.self' })).toMatchObject({ code: 'session.not_oneself' });
    expect(await guard.post('session.accountLink', { person, subject: 'me' })).toMatchObject({ code: 'session.not_oneself' });
    expect((await guard.get('session')).status).toBe(200);
  });

  it('nor could they in the database, as the application’s role', async () => {
    const person = await personOf(app, 'secadmin');
    const guardOfThem = { ...nobody, person, persons: [person], mode: 'security' as const };
    for (const change of ['locked_until = null, failed = failed + 1', `disabled = not disabled`, `subject = 'me'`, `login = 'else'`]) {
      const write = app.runtime.db.write(guardOfThem, (tx) =>
        tx.client.query(`update kernel.account set ${change} where person = '${person}'`),
      );
      await expect(write, change).rejects.toMatchObject({ code: '42501' });
    }
    const stranger = { ...nobody, person, persons: [person] };
    const seen = await app.runtime.db.read(stranger, (tx) => tx.client.query('select person from kernel.account'));
    expect(seen.rows).toEqual([{ person }]);
    const none = await app.runtime.db.read(nobody, (tx) =>
      tx.client.query('select 1 from kernel.account union all select 1 from kernel.session'),
    );
    expect(none.rows).toEqual([]);
  });

  it('are listed with names, found by login and by name, in pages', async () => {
    const all = await guard.get('session.accounts?limit=200');
    const items = all.body.items as { login: string; name: string }[];
    expect(all.body.total).toBe(items.length);
    expect(items).toContainEqual(expect.objectContaining({ login: 'mayor', name: '岳长安', state: 'active', totp: false }));
    expect(await accountNamed('岳长安')).toMatchObject({ login: 'mayor' });
    expect(await accountNamed('MAYOR')).toMatchObject({ login: 'mayor' });
    const second = await guard.get('session.accounts?limit=3&offset=3');
    expect((second.body.items as { login: string }[]).map((one) => one.login)).toEqual(items.slice(3, 6).map((one) => one.login));
    expect(second.body.total).toBe(items.length);
    expect((await guard.get('session.accounts?text=%25')).body).toMatchObject({ items: [], total: 0 });
    expect(JSON.stringify(all.body)).not.toContain('argon2');
  });

  it('open nothing when the person is unknown, has one, or the login is taken or no login', async () => {
    const person = await personOf(app, 'mayor');
    const unknown = '0190b000-0000-7000-8000-999999999999';
    expect(await guard.post('session.accountOpen', { person: unknown, login: 'no.one' })).toMatchObject({
      status: 422,
      code: 'person.unknown',
    });
    expect(await guard.post('session.accountOpen', { person, login: 'mayor2' })).toMatchObject({
      status: 409,
      code: 'session.account_exists',
    });
    expect(await guard.post('session.accountOpen', { person, login: 'ab' })).toMatchObject({ status: 422, code: 'input.invalid' });
    expect(await guard.post('session.accountReset', { person: unknown })).toMatchObject({ status: 404, code: 'session.account_unknown' });
  });
});

describe('an account', () => {
  it('is opened with a one-time password that is shown once and must be changed', async () => {
    const person = await personOf(app, 'shuangshan-officer');
    await app.owner.query('delete from kernel.account where person = $1', [person]);
    const request = '0190c000-0000-7000-8000-000000000002';
    const opened = await guard.post('session.accountOpen', { person, login: 'Shuang.Shan' }, request);
    expect(opened).toMatchObject({ status: 200, body: { person, login: 'shuang.shan', password: expect.any(String) } });
    const password = String(opened.body.password);
    expect((await guard.post('session.accountOpen', { person, login: 'Shuang.Shan' }, request)).body).toEqual({
      person,
      login: 'shuang.shan',
      password: null,
    });
    const kept = await app.owner.query(
      `select string_agg(outcome::text, '') || (select string_agg(data::text, '') from kernel.event) as everything from kernel.request`,
    );
    expect((kept.rows[0] as { everything: string }).everything).not.toContain(password);
    const client = await enter(app, 'shuang.shan', password);
    expect((await client.get('session')).body).toMatchObject({ name: '双山青', limited: true, mustChange: true });
    expect(await client.get('session.mySessions')).toMatchObject({ code: 'session.must_change' });
    expect(await client.post('session.password', { old: password, next: 'Kx7m-Rf4q' })).toMatchObject({ status: 200 });
    expect((await client.get('session.mySessions')).status).toBe(200);
    const rows = await ledger(app, 'session.accountOpen');
    expect(rows).toEqual([
      expect.objectContaining({ subject: person, actor: await personOf(app, 'secadmin'), data: { person, login: 'shuang.shan' } }),
    ]);
  });

  it('is reset to a new one-time password, good for three days; sign-ins end', async () => {
    const person = await personOf(app, 'baotu-officer');
    const client = await enter(app, 'baotu-officer');
    const reset = await guard.post('session.accountReset', { person });
    const password = String(reset.body.password);
    expect(await client.get('session')).toMatchObject({ code: 'auth.expired' });
    expect(await knock(app, { login: 'baotu-officer', password: published })).toMatchObject({ code: 'session.wrong' });
    expect(await knock(app, { login: 'baotu-officer', password })).toMatchObject({ status: 200, body: { mustChange: true } });
    app.travel(hours(73));
    expect(await knock(app, { login: 'baotu-officer', password })).toMatchObject({ status: 403, code: 'session.one_time_expired' });
    guard = await enter(app, 'secadmin');
  });

  it('is disabled at once, and enabled again', async () => {
    const person = await personOf(app, 'lixia-enforcer');
    const client = await enter(app, 'lixia-enforcer');
    expect((await client.get('session')).status).toBe(200);
    expect((await guard.post('session.accountDisable', { person })).status).toBe(200);
    expect(await client.get('session')).toMatchObject({ status: 401, code: 'auth.expired' });
    expect(await knock(app, { login: 'lixia-enforcer', password: published })).toMatchObject({ status: 403, code: 'session.disabled' });
    expect(await accountNamed('lixia-enforcer')).toMatchObject({ state: 'disabled', sessions: 0 });
    expect((await guard.get('session.accounts?state=disabled')).body.total).toBe(1);
    expect((await guard.post('session.accountEnable', { person })).status).toBe(200);
    await enter(app, 'lixia-enforcer');
  });

  it('is unlocked by the security administrator before the time', async () => {
    const person = await personOf(app, 'lixia-duty');
    for (let n = 0; n < 5; n++) await knock(app, { login: 'lixia-duty', password: 'Wrong-2026' });
    expect(await accountNamed('lixia-duty')).toMatchObject({ state: 'locked', lockedUntil: expect.any(String) });
    expect((await guard.post('session.accountUnlock', { person })).status).toBe(200);
    await enter(app, 'lixia-duty');
    expect(await accountNamed('lixia-duty')).toMatchObject({ state: 'active', lockedUntil: null, sessions: 1 });
  });

  it('has all its sign-ins ended', async () => {
    const person = await personOf(app, 'lixia-zhujian');
    const clients = [await enter(app, 'lixia-zhujian'), await enter(app, 'lixia-zhujian')];
    expect(await guard.post('session.sessionEnd', { person })).toMatchObject({ status: 200, body: { ended: 2 } });
    for (const client of clients) expect(await client.get('session')).toMatchObject({ code: 'auth.expired' });
    expect((await ledger(app, 'session.sessionEnd')).at(-1)).toMatchObject({ subject: person, data: { person, ended: 2 } });
  });

  it('is linked to one identity of the provider, and to no other account’s', async () => {
    const [one, other] = [await personOf(app, 'duty-1'), await personOf(app, 'duty-2')];
    expect((await guard.post('session.accountLink', { person: one, subject: 'idp|42' })).status).toBe(200);
    expect(await guard.post('session.accountLink', { person: other, subject: 'idp|42' })).toMatchObject({
      status: 409,
      code: 'session.subject_taken',
    });
    expect((await guard.post('session.accountLink', { person: one, subject: null })).status).toBe(200);
    expect((await guard.post('session.accountLink', { person: other, subject: 'idp|42' })).status).toBe(200);
  });
});

describe('a post', () => {
  it('given or ended is felt by the next request of whoever is signed in', async () => {
    const person = await personOf(app, 'duty-2');
    const client = await enter(app, 'duty-2');
    const postsNow = async () => (await client.get('session')).body.posts as { post: string; title: string }[];
    const before = await postsNow();
    const unit = (await app.owner.query(`select id from org.unit where code = 'jn.yjj'`)).rows[0] as { id: number };
    const given = await guard.post('org.postGive', { person, unit: unit.id, title: '综合协调处副处长', role: 'officer' });
    expect(given.status).toBe(200);
    expect(await postsNow()).toHaveLength(before.length + 1);
    expect((await guard.post('org.postEnd', { id: given.body.id, reason: '任命撤回' })).status).toBe(200);
    expect(await postsNow()).toEqual(before);
  });

  it('that would join two of the three administrators is refused', async () => {
    const unit = (await app.owner.query(`select id from org.unit where code = 'jn.yjj'`)).rows[0] as { id: number };
    for (const [login, role] of [
      ['sysadmin', 'auditor'],
      ['auditor', 'officer'],
      ['duty-2', 'secadmin'],
    ]) {
      const said = await guard.post('org.postGive', { person: await personOf(app, login ?? ''), unit: unit.id, title: '兼任', role });
      expect(said, `${login} as ${role}`).toMatchObject({ status: 422, code: 'session.separation' });
    }
  });
});

describe('the rules', () => {
  it('are changed within bounds and hold from then on', async () => {
    const policy = {
      minLength: 12,
      kinds: 3,
      maxAgeDays: 60,
      history: 5,
      failures: 3,
      lockMinutes: 60,
      oneTimeHours: 24,
      totpAdmins: false,
    };
    expect(await guard.post('session.policyChange', { ...policy, minLength: 4 })).toMatchObject({ status: 422, code: 'input.invalid' });
    expect((await guard.post('session.policyChange', policy)).status).toBe(200);
    expect((await guest(app, {}).get('session.options')).body.policy).toMatchObject({ minLength: 12, failures: 3, lockMinutes: 60 });
    for (let n = 0; n < 2; n++)
      expect(await knock(app, { login: 'duty-4', password: 'Wrong-2026' })).toMatchObject({ code: 'session.wrong' });
    expect(await knock(app, { login: 'duty-4', password: 'Wrong-2026' })).toMatchObject({
      code: 'session.locked',
      details: { minutes: 60 },
    });
    const client = await enter(app, 'duty-3');
    expect(await client.post('session.password', { old: published, next: 'Kx7m-Rf4q' })).toMatchObject({ details: { broken: ['length'] } });
  });

  it('that were broken by hand fall back to the standard', async () => {
    await app.owner.query(`update kernel.setting set value = '{"minLength": 1, "failures": "many"}' where key = 'password-policy'`);
    expect((await guest(app, {}).get('session.options')).body.policy).toMatchObject({ minLength: 8, failures: 5 });
  });
});

describe('the first account', () => {
  it('is made once, by one of those who try at once, and its password works once', async () => {
    const person = await personOf(app, 'sysadmin');
    expect(await ensureFirstAccount(app.runtime, person, 'admin')).toBeNull();
    await app.owner.query('delete from kernel.account');
    const made = await Promise.all([1, 2, 3].map(() => ensureFirstAccount(app.runtime, person, 'admin')));
    const passwords = made.filter((one) => one !== null);
    expect(passwords).toHaveLength(1);
    expect(await knock(app, { login: 'admin', password: passwords[0] })).toMatchObject({
      status: 200,
      body: { limited: true, mustChange: true },
    });
  });

  it('and further ones can be opened from the command line', async () => {
    const person = '0190b000-0000-7000-8000-000000000001';
    const password = await openAccount(app.database.owner, person, 'Second');
    expect(await knock(app, { login: 'second', password })).toMatchObject({ status: 200, body: { mustChange: true } });
    await expect(openAccount(app.database.owner, person, 'third')).rejects.toMatchObject({ code: 'session.account_exists' });
    const other = '0190b000-0000-7000-8000-000000000002';
    await expect(openAccount(app.database.owner, other, 'second')).rejects.toMatchObject({ code: 'session.login_taken' });
    await expect(openAccount(app.database.owner, other, 'a b')).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
