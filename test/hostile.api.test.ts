import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { cookieOf, type Guest, guest, knock } from '#kernel/server/auth/test-door.ts';
import { PipelinedClient } from '#kernel/server/db/pool.ts';
import { guardOf, nobody, sendGuard } from '#kernel/server/db/transaction.ts';
import { fixture } from '#modules/org/fixture.ts';
import { type Client, startTestApp, type TestApp } from './app.ts';
import { uploadPhoto } from './photo.ts';

// What somebody with an account and bad intentions tries, and what somebody without one does. Each test is an attack.
let app: TestApp;
let areas: Record<string, number> = {};
let photos = 0;

beforeAll(async () => {
  app = await startTestApp();
  const found = await app.owner.query<{ id: number; code: string }>('select id, code from org.unit where area = id');
  areas = Object.fromEntries(found.rows.map((row) => [row.code, row.id]));
});
afterAll(() => app.stop());

const quancheng = () => areas[fixture.units.quancheng] ?? 0;

async function report(client: Client, id: string, more: Record<string, unknown> = {}) {
  photos += 1;
  const input = { org: quancheng(), description: '安全出口被货架遮挡', photos: [await uploadPhoto(client, photos)], ...more };
  return client.post('inspection.hazard.report', { id, input });
}

type Timeline = { timeline: { name: string }[]; names: Record<string, string> };
const record = (client: Client, id: string) => client.get<Timeline>('matter.get', { kind: 'inspection.hazard', id });

describe('a matter started under the id of something else', () => {
  it('is refused when the ledger already speaks of that id', async () => {
    const [zhangqiu, grid] = [await app.as('zhangqiu-officer'), await app.as('quancheng-grid')];
    const [site] = (await zhangqiu.get<{ items: Record<string, unknown>[] }>('site.list')).body.items;
    const { id, name, kind, line, org, address, level } = site ?? {};
    const saved = await zhangqiu.post('site.save', { input: { id, name, kind, line, org, address, level, principal: '外人不该看见' } });
    expect(saved.status).toBe(200);
    expect((await report(grid, String(id))).body.fault?.code).toBe('record.duplicate');
    expect((await record(grid, String(id))).status).toBe(404);
  });

  it('shows nothing of what the ledger says of a person later', async () => {
    const grid = await app.as('quancheng-grid');
    const mayor = fixture.person('mayor');
    expect((await report(grid, mayor)).status).toBe(200);
    expect((await knock(app, { login: 'mayor', password: 'Vigil-2026' })).status).toBe(200);
    const { body } = await record(grid, mayor);
    expect(body.timeline.map((row) => row.name)).toEqual(['inspection.hazard.report']);
  });

  it('opens no file and no answer of another kind of record, in the database alone', async () => {
    const [subject, person, file] = [newId(), newId(), newId()];
    await app.owner.query(`insert into kernel.involvement (subject, kind, person, why) values ($1, 'inspection.hazard', $2, 'starter')`, [
      subject,
      person,
    ]);
    await app.owner.query(`insert into kernel.file (id, sha256, name, type, size, by) values ($1, 'x', 'x', 'text/plain', 1, $1)`, [file]);
    await app.owner.query(`insert into kernel.attachment (file, subject, kind, purpose, by) values ($1, $2, 'site.site', 'x', $1)`, [
      file,
      subject,
    ]);
    await app.owner.query(`insert into kernel.event (name, kind, subject) values ('site.save', 'site.site', $1)`, [subject]);
    await app.owner.query(`insert into kernel.event (name, kind, subject) values ('inspection.hazard.report', 'inspection.hazard', $1)`, [
      subject,
    ]);
    const seen = await asApp({ ...nobody, person, persons: [person] }, async (client) => [
      (await client.query('select name from kernel.event where subject = $1', [subject])).rows,
      (await client.query('select 1 from kernel.attachment where subject = $1', [subject])).rows,
      (await client.query('select 1 from kernel.file where id = $1', [file])).rows,
    ]);
    expect(seen).toEqual([[{ name: 'inspection.hazard.report' }], [], []]);
  });
});

async function asApp<T>(guard: Parameters<typeof sendGuard>[1], fn: (client: PipelinedClient) => Promise<T>): Promise<T> {
  const client = new PipelinedClient(app.database.app);
  await client.connect();
  try {
    await client.query('begin');
    await sendGuard(client, guard);
    return await fn(client);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

describe('names', () => {
  it('are not told for an id typed into a description', async () => {
    const grid = await app.as('quancheng-grid');
    const [id, manager] = [newId(), fixture.person('mall-manager')];
    expect((await report(grid, id, { description: fixture.site, place: manager })).status).toBe(200);
    const { names } = (await record(grid, id)).body;
    expect(Object.keys(names)).toContain(fixture.person('quancheng-grid'));
    expect(Object.keys(names)).not.toContain(fixture.site);
    expect(Object.keys(names)).not.toContain(manager);
  });
});

/** An administrator of one town, as the city's administrators make one; signed in with a password of the own. */
async function townAdministrator(role: 'sysadmin' | 'secadmin' | 'auditor'): Promise<Guest> {
  const [sysadmin, secadmin] = [await app.as('sysadmin'), await app.as('secadmin')];
  const [person, login] = [newId(), `town-${role}`];
  await sysadmin.post('org.personSave', { input: { id: person, name: '乡镇管理员', org: quancheng() } });
  await secadmin.post('org.postGive', { input: { person, unit: quancheng(), title: '管理员', role } });
  const opened = await secadmin.post<{ password: string }>('session.accountOpen', { input: { person, login } });
  expect(opened.status).toBe(200);
  const inside = guest(app, { cookie: cookieOf(await knock(app, { login, password: opened.body.password })) });
  expect((await inside.post('session.password', { old: opened.body.password, next: 'Hostile-Pass-77' })).status).toBe(200);
  return inside;
}

describe('an administrator of a town', () => {
  it('guards the accounts of the town, not the mayor’s, and sets no rules for the city', async () => {
    const town = await townAdministrator('secadmin');
    const mayor = { person: fixture.person('mayor') };
    for (const name of ['accountReset', 'accountDisable', 'accountEnable', 'accountUnlock', 'sessionEnd'])
      expect((await town.post(`session.${name}`, mayor)).code, name).toBe('auth.forbidden');
    expect((await town.post('session.accountLink', { ...mayor, subject: 'mine' })).code).toBe('auth.forbidden');
    expect((await town.post('session.accountDisable', { person: fixture.person('secadmin') })).code).toBe('auth.forbidden');
    // Lives in the town's area, but the post reaches the district: no town's business either.
    expect((await town.post('session.accountReset', { person: fixture.person('lixia-leader') })).code).toBe('auth.forbidden');
    const rules = { minLength: 8, kinds: 2, maxAgeDays: 0, history: 0, failures: 10, lockMinutes: 5, oneTimeHours: 720 };
    expect((await town.post('session.policyChange', rules)).code).toBe('auth.forbidden');
    const seen = (await town.get('session.accounts?limit=200')).body as { items: { login: string }[]; total: number };
    expect(seen.items.map((one) => one.login).sort()).toContain('quancheng-officer');
    expect(seen.items.map((one) => one.login)).not.toContain('mayor');
    expect(seen.total).toBe(seen.items.length);
    expect((await town.post('session.accountReset', { person: fixture.person('quancheng-grid') })).status).toBe(200);
  });

  it('audits the town', async () => {
    const town = await townAdministrator('auditor');
    await report(await app.as('quancheng-officer'), newId());
    const { items } = (await town.get('audit.events?limit=500')).body as { items: { org: number | null }[] };
    expect([...new Set(items.map((row) => row.org))]).toEqual([quancheng()]);
  });

  it('draws up no forms for the city', async () => {
    const town = await townAdministrator('sysadmin');
    const item = { key: 'a', kind: 'text', label: { zh: '甲', en: 'A' } };
    const form = {
      id: 'town-form',
      version: 1,
      title: { zh: '表', en: 'Form' },
      sections: [{ key: 's', title: { zh: '节', en: 'S' }, items: [item] }],
    };
    const saved = await town.post('form.save', { form });
    expect([saved.code, saved.details]).toEqual(['auth.forbidden', { permission: 'form.save' }]);
  });
});

describe('a hazard', () => {
  const act = (client: Client, name: string, id: string, input: Record<string, unknown>) =>
    client.post(`inspection.hazard.${name}`, { id, input });

  it('that nobody rectified is not closed by a leader alone', async () => {
    const [officer, leader, id] = [await app.as('quancheng-officer'), await app.as('quancheng-leader'), newId()];
    await report(officer, id);
    expect((await act(leader, 'override', id, { state: 'rechecking', reason: '直接复查' })).status).toBe(200);
    expect((await act(leader, 'pass', id, { away: '地下室无定位信号', opinion: '可以了' })).body.fault?.code).toBe('workflow.not_allowed');
  });

  it('is assigned to somebody who can hand it in, and extended within bounds', async () => {
    const [officer, id] = [await app.as('quancheng-officer'), newId()];
    await report(officer, id);
    for (const person of ['sysadmin', 'auditor', 'lixia-duty'] as const) {
      const refused = await act(officer, 'assign', id, { rectifier: fixture.person(person), requirement: '立即整改' });
      expect(refused.body.fault?.code, person).toBe('person.unknown');
    }
    expect((await act(officer, 'assign', id, { rectifier: fixture.person('quancheng-officer'), requirement: '立即整改' })).status).toBe(
      200,
    );
    for (const until of ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59-23:59'])
      expect((await act(officer, 'requestExtension', id, { until, reason: '永远' })).body.fault?.code, until).toBe('hazard.due_too_far');
  });

  it('names no administrator: they read no business records', async () => {
    const [officer, id] = [await app.as('quancheng-officer'), newId()];
    await report(officer, id);
    const people = [fixture.person('auditor')];
    const refused = [
      await act(officer, 'copy', id, { people }),
      await act(officer, 'transfer', id, { to: people[0], reason: '转给审计' }),
      await act(officer, 'consult', id, { person: people[0], question: '请看一看' }),
    ];
    expect(refused.map((answer) => answer.body.fault?.code)).toEqual(['person.unknown', 'person.unknown', 'person.unknown']);
    expect((await record(await app.as('auditor'), id)).status).toBe(404);
  });

  it('takes no photo of somebody else, and does not show it', async () => {
    const [officer, stranger] = [await app.as('quancheng-officer'), await app.as('baotu-officer')];
    const photo = await uploadPhoto(officer, 901);
    const baotu = areas[fixture.units.baotu];
    const input = { org: baotu, description: '借用他人照片', photos: [photo] };
    expect((await stranger.post('inspection.hazard.report', { id: newId(), input })).body.fault?.code).toBe('file.missing');
    for (const path of [`/api/files/${photo}`, `/api/files/${photo}/thumb`]) expect((await stranger.raw(path)).status).toBe(404);
  });

  it('of an area is not reported by an enterprise, nor handed out by delegation across the two sides', async () => {
    const [manager, officer] = [await app.as('mall-manager'), await app.as('baotu-officer')];
    expect((await report(manager, newId())).body.fault?.code).toBe('auth.forbidden');
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const give = (client: Client, to: string) => client.post('org.delegate', { input: { to, until, reason: '出差' } });
    expect((await give(manager, fixture.person('quancheng-officer'))).body.fault?.code).toBe('person.unknown');
    expect((await give(officer, fixture.person('mall-manager'))).body.fault?.code).toBe('person.unknown');
  });
});

describe('an object of another town', () => {
  it('is not taken away by somebody who may look at it there and write here', async () => {
    const person = fixture.person('quancheng-officer');
    await app.owner.query(
      `insert into org.post (id, person, unit, title, role, scope) select $1, $2, id, '值班员', 'duty', id from org.unit where code = $3`,
      [newId(), person, fixture.units.shuangshan],
    );
    const officer = guest(app, { cookie: cookieOf(await knock(app, { login: 'quancheng-officer', password: 'Vigil-2026' })) });
    const foreign = await app.owner.query<Record<string, unknown>>(
      'select id, name, kind, line, address, level from site.site where org = $1',
      [areas[fixture.units.shuangshan]],
    );
    const [site] = foreign.rows;
    expect((await officer.get(`site.get?id=${site?.id}`)).status).toBe(200);
    expect((await officer.post('site.save', { ...site, org: quancheng() })).code).toBe('auth.forbidden');
    expect((await officer.post('site.close', { id: site?.id, reason: '不归我管' })).code).toBe('auth.forbidden');
  });
});

describe('the database, asked by the application’s own role', () => {
  const officer = () =>
    guardOf({
      person: fixture.person('quancheng-officer'),
      name: '',
      title: '',
      grants: [{ post: 't', role: 'officer', unit: quancheng(), orgs: [quancheng()], lines: null, party: null, behalf: null }],
    });
  const code = (text: string, values: unknown[] = []) =>
    asApp(officer(), (client) =>
      client.query(text, values).then(
        (result) => `${result.rowCount} rows`,
        (error: { code: string }) => error.code,
      ),
    );

  it('writes nobody else’s name into the ledger', async () => {
    const add = `insert into kernel.event (name, actor) values ('inspection.hazard.pass', $1)`;
    expect(await code(add, [fixture.person('mayor')])).toBe('42501');
    expect(await code(add, [fixture.person('quancheng-officer')])).toBe('1 rows');
  });

  it('keeps the outcome of a request for whoever made it', async () => {
    const request = newId();
    await app.owner.query(`insert into kernel.request (id, person, name, digest, outcome) values ($1, $2, 'x', 'd', '{"secret": 1}')`, [
      request,
      fixture.person('mayor'),
    ]);
    expect(await code('select outcome from kernel.request')).toBe('42501');
    const seen = await asApp(
      officer(),
      async (client) => (await client.query('select name, outcome from kernel.replay($1)', [request])).rows,
    );
    expect(seen).toEqual([{ name: 'x', outcome: null }]);
  });

  it('changes no setting for an officer', async () => {
    expect(await code(`update kernel.setting set value = '{"ok": true}'`)).toBe('0 rows');
    expect(await code(`insert into kernel.setting (key, value) values ('audit.verified', '{"ok": true}')`)).toBe('42501');
  });
});

describe('the server', () => {
  it('survives a connection that dies in the middle of a transaction, and says so', async () => {
    const killer = new pg.Client(app.database.app);
    await killer.connect();
    const cut = app.runtime.db.write(nobody, async ({ client }) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await killer.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await wait(200);
      await client.query('select 1');
    });
    await expect(cut).rejects.toThrow();
    await killer.end();
    expect((await app.anon.raw('/readyz')).status).toBe(200);
  });

  it('answers values no column can hold with a coded fault', async () => {
    const [officer, auditor] = [await app.as('quancheng-officer'), await app.as('auditor')];
    const huge = String(Number.MAX_SAFE_INTEGER);
    const asked = [
      officer.get('matter.stats', { kind: 'inspection.hazard', from: '0000-01-01' }),
      officer.get('duty.register', { unit: huge }),
      auditor.get('audit.events', { from: '0000-01-01T00:00:00Z' }),
      auditor.get('audit.events', { org: huge }),
      app.anon.post('session', { login: 'a\ud800b', password: 'x', request: undefined }),
    ];
    for (const answer of await Promise.all(asked)) expect(answer.body.fault?.code).toBe('input.invalid');
  });

  it('refuses lists in lists in lists, and long sign-ins, before they cost anything', async () => {
    const officer = await app.as('quancheng-officer');
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const headers = { 'content-type': 'application/json' };
    const body = `{"request":"${newId()}","id":"${newId()}","input":{"x":${deep}}}`;
    const answer = await officer.raw('/api/inspection.hazard.report', { method: 'POST', headers, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    const long = JSON.stringify({ login: 'x', password: 'y', more: 'z'.repeat(20_000) });
    expect((await app.anon.raw('/api/session', { method: 'POST', headers, body: long })).status).toBe(413);
  });

  it('refuses other sites however the address is written', async () => {
    const officer = await app.as('quancheng-officer');
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };
    for (const path of ['/api/notice.read', '/%61pi/notice.read'])
      expect((await officer.raw(path, { method: 'POST', headers, body: '{}' })).status, path).toBe(403);
  });

  it('gives every sign-in a token of its own, whatever cookie came with it', async () => {
    const headers = { 'content-type': 'application/json', cookie: `vigil_session=${'A'.repeat(43)}` };
    const body = JSON.stringify({ login: 'duty-4', password: 'Vigil-2026' });
    const tokens = await Promise.all(
      [1, 2].map(async () => (await app.anon.raw('/api/session', { method: 'POST', headers, body })).headers.getSetCookie()[0] ?? ''),
    );
    expect(new Set(tokens.map((one) => one.split(';')[0])).size).toBe(2);
    for (const cookie of tokens) {
      expect(cookie).not.toContain('AAAAAAAA');
      expect(cookie).toMatch(/HttpOnly/);
      expect(cookie).toMatch(/SameSite=Lax/);
    }
  });
});
