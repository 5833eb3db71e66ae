import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { fixture } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { makePhoto, uploadPhoto } from '#test/photo.ts';

// What one caller may cost. Addresses come from a trusted proxy's header, so that the demonstration's own machine is not meant.
let app: TestApp;
const json = { 'content-type': 'application/json' };
const from = (ip: string) => ({ 'x-forwarded-for': ip });
const codeOf = async (response: Response) => ((await response.json()) as { fault?: { code: string } }).fault?.code;

beforeAll(async () => {
  app = await startTestApp({
    rateLimit: true,
    env: {
      VIGIL_TRUST_PROXY: 'true',
      VIGIL_RATE_STRANGER: '10',
      VIGIL_RATE_SESSION: '60',
      VIGIL_RATE_ADDRESS: '100',
      VIGIL_UPLOAD_DAY_FILES: '6',
      VIGIL_UPLOAD_DAY_MB: '1',
      VIGIL_METRICS_TOKEN: 'a-token-for-the-scraper',
    },
  });
});
afterAll(() => app.stop());

describe('requests', () => {
  it('of strangers are counted before anything of the body is looked at', async () => {
    const send = (ip: string) => app.anon.raw('/api/session', { method: 'POST', headers: { ...json, ...from(ip) }, body: '{broken' });
    for (let n = 0; n < 10; n++) expect(await codeOf(await send('203.0.113.7'))).toBe('input.not_json');
    const refused = await send('203.0.113.7');
    expect([refused.status, await codeOf(refused)]).toEqual([429, 'rate.limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(await send('203.0.113.8'))).toBe('input.not_json');
    // One subscriber's IPv6 addresses are one address.
    for (let n = 0; n < 10; n++) await send(`2001:db8:1:1::${n + 1}`);
    expect((await send('2001:db8:1:1::ff')).status).toBe(429);
    expect((await send('2001:db8:1:2::1')).status).toBe(400);
  });

  it('of a session are its own, wherever they come from', async () => {
    const [one, other] = [await app.as('lixia-officer'), await app.as('lixia-leader')];
    const ask = (client: Client, n: number) => client.raw('/api/session.me', { headers: from(`198.51.100.${n % 200}`) });
    for (let n = 0; n < 60; n++) expect((await ask(one, n)).status).toBe(200);
    expect((await ask(one, 61)).status).toBe(429);
    expect((await ask(other, 62)).status).toBe(200);
  });

  it('of an address are counted before it is looked up who asks', async () => {
    const ask = (n: number) =>
      app.anon.raw('/api/session.me', { headers: { ...from('192.0.2.1'), cookie: `vigil_session=${'A'.repeat(42)}${n % 10}` } });
    let last = 0;
    for (let n = 0; n <= 100; n++) last = (await ask(n)).status;
    expect(last).toBe(429);
    expect((await app.anon.raw('/healthz', { headers: from('192.0.2.1') })).status).toBe(200);
  });
});

describe('uploads', () => {
  const upload = async (client: Client, bytes: Buffer): Promise<Response> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), 'x.jpg');
    return client.raw('/api/files', { method: 'POST', body: form });
  };

  it('of a person are counted by the day, many at once too, refused ones too', async () => {
    const officer = await app.as('quancheng-officer');
    const photo = await makePhoto(1);
    const answers = await Promise.all(Array.from({ length: 12 }, () => upload(officer, photo)));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(6);
    const [refused] = answers.filter((one) => one.status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused && (await codeOf(refused))).toBe('files.quota');
    expect((await upload(await app.as('quancheng-grid'), photo)).status).toBe(200);
    app.travel(24 * 3_600_000);
    await uploadPhoto(await app.as('quancheng-officer'), 2);
  });

  it('of too many bytes are refused before they are read, and the sender hears of it', async () => {
    const leader = await app.as('quancheng-leader');
    const refused = await upload(leader, Buffer.alloc(30 * 1_048_576));
    expect([refused.status, await codeOf(refused)]).toEqual([429, 'files.quota']);
    const half = Buffer.alloc(600 * 1024);
    expect((await upload(leader, half)).status).toBe(415);
    expect(await codeOf(await upload(leader, half))).toBe('files.quota');
  });
});

describe('answers', () => {
  it('name the limit of the very endpoint', async () => {
    const said = async (path: string, bytes: number, client: Client) => {
      const response = await client.raw(path, {
        method: 'POST',
        headers: { ...json, ...from('192.0.2.77') },
        body: `"${'x'.repeat(bytes)}"`,
      });
      return ((await response.json()) as { fault: unknown }).fault;
    };
    expect(await said('/api/session', 9000, app.anon)).toMatchObject({ code: 'input.too_large', details: { limit: '8 KB' } });
    const officer = await app.as('lixia-enforcer');
    expect(await said('/api/site.save', 1_100_000, officer)).toMatchObject({ code: 'input.too_large', details: { limit: '1 MB' } });
  });

  it('of the meter are for this machine, or for who has the token', async () => {
    const ask = async (headers: Record<string, string>) => (await app.anon.raw('/metrics', { headers })).status;
    expect(await ask({})).toBe(200);
    expect(await ask(from('203.0.113.9'))).toBe(403);
    expect(await ask({ ...from('203.0.113.9'), authorization: 'Bearer wrong' })).toBe(403);
    expect(await ask({ ...from('203.0.113.9'), authorization: 'Bearer a-token-for-the-scraper' })).toBe(200);
  });

  it('bound the words of a line, and the rows of a timeline', async () => {
    const officer = await app.as('city-officer');
    const long = await officer.post('site.save', {
      input: { id: siteId(0, 3), name: '长行业', kind: 'small', line: 'x'.repeat(60_000), org: 1, address: '某处' },
    });
    expect(long.body.fault?.code).toBe('input.invalid');
    const [id, town] = [newId(), await app.as('quancheng-officer')];
    const input = { site: fixture.site, description: '催办不止', photos: [await uploadPhoto(town, 9)] };
    expect((await town.post('inspection.hazard.report', { id, input })).status).toBe(200);
    await app.owner.query(
      `insert into kernel.event (name, kind, subject, org, line, party, actor) select 'inspection.hazard.urge', 'inspection.hazard', id, org, line, party, $2
         from inspection.hazard, generate_series(1, 450) where id = $1`,
      [id, fixture.person('city-officer')],
    );
    type Page = { timeline: { seq: string }[]; earlier: boolean };
    const page = async (before?: string) => (await officer.get<Page>('matter.get', { kind: 'inspection.hazard', id, before })).body;
    const seen = new Set<string>();
    for (let found = await page(); ; found = await page(found.timeline[0]?.seq)) {
      expect(found.timeline.length).toBeLessThanOrEqual(200);
      for (const row of found.timeline) seen.add(row.seq);
      if (!found.earlier) break;
    }
    expect(seen.size).toBeGreaterThan(450);
  });
});
