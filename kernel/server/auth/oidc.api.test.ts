import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { enter, guest, ledger, minutes, personOf, published } from './test-door.ts';
import { type AtScreen, startProvider, type TestProvider } from './test-provider.ts';

let provider: TestProvider;
let app: TestApp;
beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    env: {
      VIGIL_OIDC_ISSUER: provider.issuer,
      VIGIL_OIDC_CLIENT_ID: provider.client.id,
      VIGIL_OIDC_CLIENT_SECRET: provider.client.secret,
      VIGIL_OIDC_LABEL: '政务统一认证',
      VIGIL_SESSION_IDLE_MINUTES: '1440',
    },
  });
  provider.register(`${app.url}/api/session/oidc/back`);
  const guard = await enter(app, 'secadmin');
  for (const [login, subject] of linked) await guard.post('session.accountLink', { person: await personOf(app, login), subject });
});
afterAll(async () => {
  await app.stop();
  await provider.stop();
});
afterEach(() => provider.setPerson({ error: 'access_denied' }));

const linked = [
  ['lixia-officer', 'idp|liu'],
  ['duty-1', 'idp|ning'],
] as const;

/** A browser: keeps cookies by site, follows redirects as far as it is told. */
function makeBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const cookies = (url: URL) => {
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    return jar;
  };
  const visit = async (address: string, headers: Record<string, string> = {}) => {
    const url = new URL(address);
    const cookie = [...cookies(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie, ...headers } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies(url).delete(name);
      else cookies(url).set(name, value);
    }
    const location = response.headers.get('location');
    return { response, next: location === null ? undefined : new URL(location, url).href };
  };
  return { visit, session: () => cookies(new URL(app.url)).get('vigil_session') };
}

const html = { accept: 'text/html,application/xhtml+xml' };

type Tamper = { start?: (url: URL) => void; back?: (url: URL) => void; to?: string; headers?: Record<string, string> };

/** The whole way: to the provider, through its screen, and back. Answers the last response, from our callback. */
async function travel(person: AtScreen, { start, back, to = '/inbox', headers = {} }: Tamper = {}) {
  provider.setPerson(person);
  const browser = makeBrowser();
  const begun = await browser.visit(`${app.url}/api/session/oidc?to=${encodeURIComponent(to)}`, headers);
  const first = new URL(begun.next ?? '');
  const asked = Object.fromEntries(first.searchParams);
  start?.(first);
  let here = first.href;
  for (let hop = 0; hop < 8 && !here.startsWith(app.url); hop++) here = (await browser.visit(here)).next ?? app.url;
  const last = new URL(here);
  back?.(last);
  const { response, next } = await browser.visit(last.href, headers);
  const text = await response.text();
  const fault = text.startsWith('{')
    ? (JSON.parse(text) as { fault?: { code: string; details: Record<string, unknown> } }).fault
    : undefined;
  return { browser, asked, status: response.status, next, fault, back: last.href };
}

describe('signing in elsewhere', () => {
  it('is offered on the sign-in page', async () => {
    expect((await guest(app, {}).get('session.options')).body.oidc).toEqual({ label: '政务统一认证' });
  });

  it('opens the linked account, and leads to where the person wanted to go', async () => {
    const done = await travel({ subject: 'idp|liu' }, { to: '/inspection.hazard?state=open' });
    expect(done).toMatchObject({ status: 303, next: `${app.url}/inspection.hazard?state=open` });
    const me = await guest(app, { cookie: `vigil_session=${done.browser.session()}` }).get('session');
    expect(me.body).toMatchObject({ login: 'lixia-officer', how: 'oidc', limited: false });
    const person = await personOf(app, 'lixia-officer');
    expect((await ledger(app, 'session.opened')).at(-1)).toMatchObject({ subject: person, actor: person, data: { how: 'oidc' } });
  });

  it('uses PKCE, state and nonce, new ones each time', async () => {
    const [one, other] = [await travel({ subject: 'idp|liu' }), await travel({ subject: 'idp|liu' })];
    expect(one.asked).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid' });
    for (const key of ['state', 'nonce', 'code_challenge']) {
      expect(one.asked[key]).toMatch(/^[A-Za-z0-9_-]{32,}$/);
      expect(one.asked[key]).not.toBe(other.asked[key]);
    }
  });

  it('never leads to another site', async () => {
    for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
      expect((await travel({ subject: 'idp|liu' }, { to })).next).toBe(`${app.url}/`);
    }
  });

  it('refuses an identity that is linked to nobody, says which, and makes no account', async () => {
    const count = async () => (await app.owner.query('select 1 from kernel.account')).rowCount;
    const before = await count();
    const done = await travel({ subject: 'idp|stranger' });
    expect(done).toMatchObject({ status: 403, fault: { code: 'session.oidc_unknown', details: { subject: 'idp|stranger' } } });
    expect(done.browser.session()).toBeUndefined();
    expect(await count()).toBe(before);
    expect((await ledger(app, 'session.refused')).at(-1)).toMatchObject({
      subject: null,
      data: { login: 'idp|stranger', why: 'session.oidc_unknown' },
    });
  });

  it('shows a person in a browser the sign-in page with the reason', async () => {
    const done = await travel({ subject: 'idp|stranger' }, { headers: html });
    expect(done.status).toBe(303);
    const page = new URL(done.next ?? '');
    expect(page.pathname).toBe('/sign-in');
    expect(Object.fromEntries(page.searchParams)).toEqual({ fault: 'session.oidc_unknown', subject: 'idp|stranger' });
  });

  it('refuses a disabled account', async () => {
    await app.owner.query(`update kernel.account set disabled = true where login = 'duty-1'`);
    expect((await travel({ subject: 'idp|ning' })).fault).toMatchObject({ code: 'session.disabled' });
    await app.owner.query(`update kernel.account set disabled = false where login = 'duty-1'`);
    expect((await travel({ subject: 'idp|ning' })).status).toBe(303);
  });

  it('asks two factors of administrators, and of whoever has set up an authenticator here', async () => {
    // Two security administrators link an administrator (two-persons.api.test.ts); here he is linked already.
    await app.owner.query(`update kernel.account set subject = 'idp|jie' where login = 'auditor'`);
    await app.owner.query(
      `insert into kernel.setting (key, value) values ('require-totp-admins', 'true') on conflict (key) do update set value = 'true'`,
    );
    expect((await travel({ subject: 'idp|jie' })).fault).toMatchObject({ code: 'session.oidc_weak' });
    expect((await travel({ subject: 'idp|jie', methods: ['pwd'] })).fault).toMatchObject({ code: 'session.oidc_weak' });
    expect((await travel({ subject: 'idp|jie', methods: ['pwd', 'otp'] })).status).toBe(303);
    await app.owner.query(`update kernel.account set totp_on = true where login = 'duty-1'`);
    expect((await travel({ subject: 'idp|ning' })).fault).toMatchObject({ code: 'session.oidc_weak' });
    expect((await travel({ subject: 'idp|ning', methods: ['mfa'] })).status).toBe(303);
  });

  it('says so when the person refuses at the provider', async () => {
    expect(await travel({ error: 'access_denied' })).toMatchObject({
      status: 401,
      fault: { code: 'session.oidc_failed', details: { reason: 'access_denied' } },
    });
  });
});

describe('what somebody on the way may try', () => {
  const failed = (done: Awaited<ReturnType<typeof travel>>, reason: string) => {
    expect(done).toMatchObject({ status: 401, fault: { code: 'session.oidc_failed', details: { reason } } });
    expect(done.browser.session()).toBeUndefined();
  };
  const forged = 'x'.repeat(43);
  const set = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);
  const drop = (name: string) => (url: URL) => url.searchParams.delete(name);

  it.each<[string, Tamper, string]>([
    ['another state', { back: set('state', forged) }, 'OAUTH_INVALID_RESPONSE'],
    ['no state', { back: drop('state') }, 'OAUTH_INVALID_RESPONSE'],
    ['another nonce', { start: set('nonce', forged) }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
    ['no nonce', { start: drop('nonce') }, 'OAUTH_INVALID_RESPONSE'],
    ['another challenge', { start: set('code_challenge', forged) }, 'invalid_grant'],
    ['another code', { back: set('code', forged) }, 'invalid_grant'],
    ['another issuer', { back: set('iss', 'https://evil.example') }, 'OAUTH_INVALID_RESPONSE'],
  ])('%s', async (_, tamper, reason) => failed(await travel({ subject: 'idp|liu' }, tamper), reason));

  it('somebody else’s way back in a browser that never set out', async () => {
    const done = await travel({ subject: 'idp|liu' });
    const other = makeBrowser();
    const { response } = await other.visit(done.back);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ fault: { code: 'session.oidc_failed', details: { reason: 'expired' } } });
    expect(other.session()).toBeUndefined();
  });

  it('the same way back twice, or after ten minutes', async () => {
    const done = await travel({ subject: 'idp|liu' });
    const { response } = await done.browser.visit(done.back);
    expect(await response.json()).toMatchObject({ fault: { code: 'session.oidc_failed' } });
    failed(await travel({ subject: 'idp|liu' }, { back: () => app.travel(minutes(11)) }), 'expired');
  });
});

describe('without a provider', () => {
  it('that answers, the password still works and the fault says so', async () => {
    const alone = await startTestApp({
      env: { VIGIL_OIDC_ISSUER: 'http://127.0.0.1:9', VIGIL_OIDC_CLIENT_ID: 'x', VIGIL_OIDC_CLIENT_SECRET: 'y', VIGIL_LOG_LEVEL: 'silent' },
    });
    try {
      expect(await guest(alone, {}).get('session/oidc')).toMatchObject({ status: 401, code: 'session.oidc_failed' });
      expect((await (await enter(alone, 'lixia-officer', published)).get('session')).status).toBe(200);
    } finally {
      await alone.stop();
    }
  });

  it('that is configured, there is no such way', async () => {
    const alone = await startTestApp();
    try {
      expect(await guest(alone, {}).get('session/oidc')).toMatchObject({ status: 404, code: 'session.oidc_off' });
      expect(await guest(alone, {}).get('session/oidc/back?code=x&state=y')).toMatchObject({ status: 404, code: 'session.oidc_off' });
    } finally {
      await alone.stop();
    }
  });
});
