import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { sessionServer } from './server.ts';
import { cookieOf, days, enter, guest, hours, knock, ledger, minutes, personOf, published } from './test-door.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { VIGIL_SESSION_IDLE_MINUTES: '15', VIGIL_SESSION_HOURS: '12' } });
});
afterAll(() => app.stop());

const tryWrong = async (login: string, times: number) => {
  let last = await knock(app, { login, password: 'Wrong-2026' });
  for (let n = 1; n < times; n++) last = await knock(app, { login, password: 'Wrong-2026' });
  return last;
};

describe('signing in', () => {
  it('answers who one is, and gives a cookie that scripts and other sites cannot use', async () => {
    const answer = await knock(app, { login: 'lixia-officer', password: published });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      name: '柳映泉',
      login: 'lixia-officer',
      roles: ['officer'],
      limited: false,
      mustChange: false,
      totp: false,
      how: 'password',
      idleMinutes: 15,
      demo: true,
    });
    expect(answer.body.posts).toEqual(
      expect.arrayContaining([expect.objectContaining({ role: 'officer', lines: null, party: null, behalfName: null })]),
    );
    expect(answer.body).not.toHaveProperty('token');
    expect(answer.setCookie).toMatch(/^vigil_session=[A-Za-z0-9_-]{43};/);
    expect(answer.setCookie).toMatch(/; HttpOnly/);
    expect(answer.setCookie).toMatch(/; SameSite=Lax/);
    expect(answer.setCookie).not.toMatch(/; Secure/);
    const me = await guest(app, { cookie: cookieOf(answer) }).get('session');
    expect(me.body).toEqual(answer.body);
  });

  it('takes the login however it is typed', async () => {
    expect((await knock(app, { login: ' Ｌixia-OFFICER ', password: published })).status).toBe(200);
  });

  it('stores the hash of the token only', async () => {
    const answer = await knock(app, { login: 'lixia-officer', password: published });
    const token = cookieOf(answer).split('=')[1] ?? '';
    const found = await app.owner.query(`select 1 from kernel.session where id = sha256($1::bytea)`, [Buffer.from(token)]);
    expect(found.rowCount).toBe(1);
    const everything = await app.owner.query('select s::text || e.data::text as row from kernel.session s, kernel.event e');
    expect(everything.rows.some(({ row }: { row: string }) => row.includes(token) || row.includes(published))).toBe(false);
  });

  it('writes one ledger row with address and device', async () => {
    const before = (await ledger(app, 'session.opened')).length;
    await enter(app, 'city-officer');
    const rows = await ledger(app, 'session.opened');
    expect(rows).toHaveLength(before + 1);
    const person = await personOf(app, 'city-officer');
    expect(rows.at(-1)).toMatchObject({
      subject: person,
      actor: person,
      data: { how: 'password', ip: '127.0.0.1', agent: expect.any(String) },
    });
  });

  it('gives API clients a bearer token instead of a cookie when they ask for it', async () => {
    const answer = await knock(app, { login: 'lixia-officer', password: published, token: true });
    expect(answer.setCookie).toBe('');
    expect(answer.body.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const client = guest(app, { authorization: `Bearer ${answer.body.token}` });
    expect((await client.get('session')).body.login).toBe('lixia-officer');
    expect((await client.get('session.mySessions')).status).toBe(200);
  });

  it.each([
    ['nothing', {}],
    ['no password', { login: 'lixia-officer' }],
    ['a list for a login', { login: ['lixia-officer'], password: published }],
    ['an endless password', { login: 'lixia-officer', password: 'x'.repeat(257) }],
    ['a code of letters', { login: 'lixia-officer', password: published, code: 'abcdef' }],
    ['fields nobody asked for', { login: 'lixia-officer', password: published, admin: true }],
  ])('refuses %s without trying', async (_, body) => {
    const before = (await ledger(app, 'session.refused')).length;
    expect(await knock(app, body)).toMatchObject({ status: 422, code: 'input.invalid' });
    expect(await ledger(app, 'session.refused')).toHaveLength(before);
  });

  it('tells nobody anything without a session, or with an invented one', async () => {
    for (const headers of [
      {},
      { cookie: 'vigil_session=x' },
      { cookie: `vigil_session=${'A'.repeat(43)}` },
      { authorization: 'Bearer x' },
    ]) {
      const stranger = guest(app, headers);
      expect(await stranger.get('session')).toMatchObject({ status: 401, code: 'auth.required' });
      expect(await stranger.get('session.mySessions')).toMatchObject({ status: 401, code: 'auth.required' });
      expect(await stranger.post('session.endOthers')).toMatchObject({ status: 401, code: 'auth.required' });
    }
  });

  it('offers the published accounts in demo mode, with names', async () => {
    const { body } = await guest(app, {}).get('session.options');
    expect(body).toMatchObject({
      oidc: null,
      policy: { minLength: 8, kinds: 3, maxAgeDays: 90, history: 5, failures: 5, lockMinutes: 30 },
    });
    const demo = body.demo as { password: string; accounts: { login: string; name: string }[] };
    expect(demo.password).toBe(published);
    expect(demo.accounts).toContainEqual(expect.objectContaining({ login: 'lixia-officer', name: '柳映泉' }));
  });
});

describe('a wrong password', () => {
  it('locks at the fifth, also for the right password, until half an hour has gone', async () => {
    expect(await tryWrong('baotu-officer', 4)).toMatchObject({ status: 401, code: 'session.wrong' });
    expect(await tryWrong('baotu-officer', 1)).toMatchObject({ status: 403, code: 'session.locked', details: { minutes: 30 } });
    expect(await knock(app, { login: 'baotu-officer', password: published })).toMatchObject({ code: 'session.locked' });
    const person = await personOf(app, 'baotu-officer');
    const rows = (await ledger(app, 'session.refused')).filter((row) => row.subject === person);
    expect(rows.map((row) => row.data.why)).toEqual([...Array(5).fill('session.wrong'), 'session.locked']);
    expect(rows[0]).toMatchObject({ actor: null, data: { login: 'baotu-officer', agent: 'test-door', ip: '127.0.0.1' } });
    expect((await ledger(app, 'session.locked')).filter((row) => row.subject === person)).toHaveLength(1);
    app.travel(minutes(29));
    expect(await knock(app, { login: 'baotu-officer', password: published })).toMatchObject({
      code: 'session.locked',
      details: { minutes: 1 },
    });
    app.travel(minutes(1.1));
    expect((await knock(app, { login: 'baotu-officer', password: published })).status).toBe(200);
  });

  it('is forgotten after the right one', async () => {
    await tryWrong('zhangqiu-officer', 4);
    await enter(app, 'zhangqiu-officer');
    expect(await tryWrong('zhangqiu-officer', 4)).toMatchObject({ code: 'session.wrong' });
  });

  it('does not betray which logins exist: every answer is the same, lock and all', async () => {
    const known: unknown[] = [];
    const unknown: unknown[] = [];
    for (let n = 0; n < 7; n++) {
      for (const [login, said] of [
        ['shuangshan-officer', known],
        ['nobody-of-that-name', unknown],
      ] as const) {
        const { status, code, details } = await knock(app, { login, password: 'Wrong-2026' });
        said.push({ status, code, details });
      }
    }
    expect(unknown).toEqual(known);
    expect(known.at(-1)).toMatchObject({ code: 'session.locked' });
    const rows = (await ledger(app, 'session.refused')).filter((row) => row.data.login === 'nobody-of-that-name');
    expect(rows).toHaveLength(7);
    expect(rows.every((row) => row.subject === null && row.actor === null)).toBe(true);
  });

  it('is counted each, when many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => knock(app, { login: 'duty-3', password: 'Wrong-2026' })));
    const codes = answers.map((answer) => answer.code);
    expect(codes.filter((code) => code === 'session.wrong')).toHaveLength(4);
    expect(codes.filter((code) => code === 'session.locked')).toHaveLength(20);
  });
});

describe('a session', () => {
  it('ends by signing out, with a ledger row; twice is no fault', async () => {
    const person = await personOf(app, 'duty-2');
    const client = await enter(app, 'duty-2');
    expect((await client.get('session')).status).toBe(200);
    const left = await client.leave();
    expect(left.status).toBe(204);
    expect(left.setCookie).toMatch(/^vigil_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(await client.get('session')).toMatchObject({ status: 401, code: 'auth.required' });
    expect((await client.leave()).status).toBe(204);
    const rows = (await ledger(app, 'session.closed')).filter((row) => row.subject === person);
    expect(rows).toEqual([expect.objectContaining({ actor: person, data: { why: 'signed_out' } })]);
  });

  it('lives while it is used, and ends after 15 idle minutes', async () => {
    const client = await enter(app, 'duty-1');
    for (let n = 0; n < 4; n++) {
      app.travel(minutes(14));
      expect((await client.get('session.mySessions')).status).toBe(200);
    }
    app.travel(minutes(15));
    expect(await client.get('session.mySessions')).toMatchObject({ status: 401, code: 'auth.expired' });
    const me = await client.get('session');
    expect(me).toMatchObject({ status: 401, code: 'auth.expired' });
    expect(me.setCookie).toMatch(/^vigil_session=;/);
  });

  it('is not kept alive by what the browser does by itself', async () => {
    const client = await enter(app, 'duty-1');
    app.travel(minutes(10));
    expect((await client.get('session.mySessions', { 'x-vigil-background': '1' })).status).toBe(200);
    app.travel(minutes(6));
    expect(await client.get('session.mySessions')).toMatchObject({ code: 'auth.expired' });
  });

  it('ends after 12 hours however busy', async () => {
    const client = await enter(app, 'duty-1');
    for (let n = 0; n < 72; n++) {
      expect((await client.get('session.mySessions')).status).toBe(200);
      app.travel(minutes(10));
    }
    expect(await client.get('session.mySessions')).toMatchObject({ code: 'auth.expired' });
  });

  it('that has run out is no obstacle to sign in again with its cookie', async () => {
    const first = await knock(app, { login: 'duty-1', password: published });
    app.travel(hours(13));
    const headers = { 'content-type': 'application/json', cookie: cookieOf(first) };
    const again = await fetch(`${app.url}/api/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ login: 'duty-1', password: published }),
    });
    expect(again.status).toBe(200);
    expect((await guest(app, { cookie: cookieOf(first) }).get('session.options')).status).toBe(200);
  });

  it('that has run out is ended in the records by the sweep, with a ledger row', async () => {
    const person = await personOf(app, 'lixia-duty');
    await enter(app, 'lixia-duty');
    app.travel(minutes(16));
    const sweep = sessionServer.chores?.find((chore) => chore.name === 'session.sweep');
    await sweep?.run(app.runtime);
    const rows = (await ledger(app, 'session.closed')).filter((row) => row.subject === person);
    expect(rows).toEqual([expect.objectContaining({ actor: person, data: { why: 'idle' } })]);
    const open = await app.owner.query('select 1 from kernel.session where ended_at is null and person = $1', [person]);
    expect(open.rowCount).toBe(0);
  });

  it('strangers are forgotten by the sweep after a day', async () => {
    await knock(app, { login: 'passing-stranger', password: 'Wrong-2026' });
    const count = async () => (await app.owner.query(`select 1 from kernel.stranger where login = 'passing-stranger'`)).rowCount;
    const sweep = sessionServer.chores?.[0];
    await sweep?.run(app.runtime);
    expect(await count()).toBe(1);
    app.travel(days(1) + minutes(1));
    await sweep?.run(app.runtime);
    expect(await count()).toBe(0);
  });

  it('lists and ends the same person’s other ones', async () => {
    const [one, other] = [await enter(app, 'quancheng-grid'), await enter(app, 'quancheng-grid')];
    const listed = (await one.get('session.mySessions')).body.items as { current: boolean; agent: string }[];
    expect(listed.map((item) => item.current).sort()).toEqual([false, true]);
    expect(await one.post('session.endOthers')).toMatchObject({ status: 200, body: { ended: 1 } });
    expect(await other.get('session')).toMatchObject({ code: 'auth.expired' });
    expect((await one.get('session')).status).toBe(200);
  });
});
