import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { sessionServer } from './server.ts';
import { days, minutes, published } from './test-door.ts';

// Locks against guessing must not become a weapon: addresses come from a trusted proxy's header.
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { VIGIL_TRUST_PROXY: 'true' } });
});
afterAll(() => app.stop());

async function knockFrom(ip: string, login: string, password: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': ip };
  const answer = await app.anon.raw('/api/session', { method: 'POST', headers, body: JSON.stringify({ login, password }) });
  return answer.status === 200 ? 'in' : ((await answer.json()) as { fault: { code: string } }).fault.code;
}
const wrong = (ip: string, login: string) => knockFrom(ip, login, 'Wrong-2026');

describe('guessing', () => {
  it('from one address locks the account there and nowhere else', async () => {
    for (let n = 0; n < 4; n++) expect(await wrong('203.0.113.1', 'mayor')).toBe('session.wrong');
    expect(await wrong('203.0.113.1', 'mayor')).toBe('session.locked');
    expect(await knockFrom('203.0.113.1', 'mayor', published)).toBe('session.locked');
    expect(await knockFrom('203.0.113.2', 'mayor', published)).toBe('in');
    app.travel(minutes(31));
    expect(await knockFrom('203.0.113.1', 'mayor', published)).toBe('in');
  });

  it('from many addresses closes the account, but not to where its person is known', async () => {
    const home = '198.51.100.1';
    expect(await knockFrom(home, 'city-leader', published)).toBe('in');
    for (let n = 0; n < 50; n++) await wrong(`203.0.113.${20 + Math.floor(n / 4)}`, 'city-leader');
    expect(await knockFrom('198.51.100.2', 'city-leader', published)).toBe('session.locked');
    expect(await knockFrom(home, 'city-leader', published)).toBe('in');
    for (let n = 0; n < 50; n++) await wrong(`203.0.114.${20 + Math.floor(n / 4)}`, 'nobody-at-all');
    expect(await knockFrom('198.51.100.2', 'nobody-at-all', published)).toBe('session.locked');
  });

  it('through all logins makes the address wait, and leaves the accounts and who is known there alone', async () => {
    const office = '198.51.100.9';
    expect(await knockFrom(office, 'lixia-officer', published)).toBe('in');
    const said: string[] = [];
    for (let n = 0; n < 52; n++) said.push(await wrong(office, `guess-${n}`));
    expect(said.slice(0, 50).every((code) => code === 'session.wrong')).toBe(true);
    expect(said.slice(50)).toEqual(['rate.limited', 'rate.limited']);
    expect(await knockFrom(office, 'lixia-leader', published)).toBe('rate.limited');
    expect(await knockFrom(office, 'lixia-officer', published)).toBe('in');
    expect(await knockFrom('198.51.100.10', 'lixia-leader', published)).toBe('in');
    app.travel(minutes(16));
    expect(await knockFrom(office, 'lixia-leader', published)).toBe('in');
  });

  it('leaves nothing behind for ever, and never more than a bounded heap', async () => {
    const sweep = () => sessionServer.chores?.find((chore) => chore.name === 'session.sweep')?.run(app.runtime);
    const count = async () =>
      (
        await app.owner.query<{ n: number }>(
          'select (select count(*) from kernel.stranger)::int + (select count(*) from kernel.sign_in_source)::int as n',
        )
      ).rows[0]?.n ?? -1;
    await app.owner.query(
      `insert into kernel.stranger (login, at) select 'flood-' || n, $1::timestamptz + n * interval '1 ms' from generate_series(1, 100500) n`,
      [app.runtime.clock()],
    );
    await sweep();
    expect((await app.owner.query('select 1 from kernel.stranger')).rowCount).toBeLessThanOrEqual(100_001);
    app.travel(days(1) + minutes(5));
    await sweep();
    expect(await count()).toBe(0);
  });
});
