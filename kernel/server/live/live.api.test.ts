import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { guardOf, signingIn } from '#kernel/server/db/transaction.ts';
import { directory } from '#kernel/server/directory.ts';
import { ledgerEnd, type NewEvent, readEvents, sendEvent } from '#kernel/server/ledger.ts';
import { wholeLedger } from '#kernel/server/seal/row-text.ts';
import { hazard } from '#modules/inspection/hazard.workflow.ts';
import { fixtureSite, fixtureUnits } from '#modules/org/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { plantMatter } from '#test/plant.ts';
import { servers } from '../../../modules/server.ts';
import { liveServer, makeLiveServer } from './server.ts';

type Message = { id: string; event: string; data: Record<string, unknown> };
type Feed = { messages: Message[]; ended: Promise<void>; close: () => void; status: number; headers: Headers };

/** A transaction of another test file on the same server may hold the feed back for a moment. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });

let app: TestApp;
let officer: Client;
let outsider: Client;
let quancheng: number;
let baotu: number;

beforeAll(async () => {
  const live = makeLiveServer({ beatMs: 200, mostPerPerson: 3 });
  app = await startTestApp({ servers: servers.map((server) => (server === liveServer ? live : server)) });
  [officer, outsider] = await Promise.all([app.as('quancheng-officer'), app.as('baotu-officer')]);
  [quancheng, baotu] = (await Promise.all([fixtureUnits.quancheng, fixtureUnits.baotu].map(areaOf))) as [number, number];
});
afterAll(() => app.stop());

/** The area of a town, by its code. */
async function areaOf(code: string): Promise<number> {
  const found = await app.owner.query<{ id: number }>('select id from org.unit where code = $1', [code]);
  return found.rows[0]?.id ?? 0;
}

async function personOf(login: string): Promise<string> {
  const found = await app.owner.query<{ person: string }>('select person from kernel.account where login = $1', [login]);
  return found.rows[0]?.person ?? '';
}

async function happen(...events: NewEvent[]): Promise<void> {
  await app.runtime.db.write(await app.runtime.system(), async ({ client }) => {
    for (const event of events) await sendEvent(client, event);
  });
}

/** Opens the feed as a browser would, and keeps what comes. */
async function listen(client: Client, lastId?: string): Promise<Feed> {
  const abort = new AbortController();
  const headers: Record<string, string> = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
  const response = await client.raw('/api/live', { signal: abort.signal, headers });
  const messages: Message[] = [];
  const ended = (async () => {
    let text = '';
    let id = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 2)]),
        );
        text = text.slice(end + 2);
        id = fields.get('id') ?? id;
        const data = fields.get('data');
        if (data !== undefined) messages.push({ id, event: fields.get('event') ?? '', data: JSON.parse(data) as Record<string, unknown> });
        else messages.push({ id, event: 'beat', data: {} });
      }
    }
  })().catch(() => undefined);
  return { messages, ended, close: () => abort.abort(), status: response.status, headers: response.headers };
}

const named = (feed: Feed) => feed.messages.filter((one) => one.event === 'ledger').map((one) => String(one.data.name));
/** Only what this test made happen: a feed may also bring what was committed just before it opened, as long as an older transaction is open. */
const ledger = (feed: Feed) => named(feed).filter((name) => name.startsWith('test.'));
const others = (feed: Feed, event: string) => feed.messages.filter((one) => one.event === event).map((one) => one.data);

describe('the live feed', () => {
  it('needs a sign-in', async () => {
    expect((await app.anon.raw('/api/live')).status).toBe(401);
  });

  it('says that it is ready and how many notices are unread, in a form that proxies pass on', async () => {
    const feed = await listen(officer);
    await soon(() => others(feed, 'notice')).toEqual([{ unread: 0 }]);
    expect(feed.messages[0]).toMatchObject({ event: 'ready', id: expect.stringMatching(/^\d+\.\d+$/) });
    expect([feed.headers.get('content-type'), feed.headers.get('x-accel-buffering'), feed.headers.get('cache-control')]).toEqual([
      'text/event-stream; charset=utf-8',
      'no',
      'no-cache, no-transform',
    ]);
    feed.close();
  });

  it('brings what happens in the own area, and nothing of others', async () => {
    const [mine, theirs] = [await listen(officer), await listen(outsider)];
    await happen({ name: 'test.here', kind: 'test.thing', subject: newId(), org: quancheng, data: { secret: '内容' } });
    await happen({ name: 'test.there', org: baotu }, { name: 'test.nowhere' });
    await soon(() => ledger(mine)).toEqual(['test.here']);
    await soon(() => ledger(theirs)).toEqual(['test.there']);
    const message = others(mine, 'ledger').find((one) => one.name === 'test.here');
    expect(Object.keys(message ?? {}).sort()).toEqual(['at', 'from', 'kind', 'name', 'subject', 'to']);
    mine.close();
    theirs.close();
  });

  it('brings what one has done, what was done for one, and what names one, wherever it lies', async () => {
    const feed = await listen(outsider);
    const me = await personOf('baotu-officer');
    const subject = newId();
    await app.owner.query(`insert into kernel.involvement (subject, kind, person, why, org) values ($1, 'test.thing', $2, 'copy', $3)`, [
      subject,
      me,
      quancheng,
    ]);
    await happen(
      { name: 'test.by-me', org: quancheng, actor: me },
      { name: 'test.for-me', org: quancheng, behalf: me },
      { name: 'test.other', org: quancheng, subject: newId() },
      { name: 'test.copied', kind: 'test.thing', org: quancheng, subject },
    );
    await happen({ name: 'test.end', org: baotu });
    await soon(() => ledger(feed)).toEqual(['test.by-me', 'test.for-me', 'test.copied', 'test.end']);
    feed.close();
  });

  it('brings everybody exactly what row-level security lets them read', async () => {
    const logins = [
      'city-leader',
      'lixia-officer',
      'lixia-zhujian',
      'quancheng-officer',
      'baotu-officer',
      'mall-manager',
      'sysadmin',
    ] as const;
    const feeds = await Promise.all(logins.map(async (login) => listen(await app.as(login))));
    const since = await app.runtime.db.read(wholeLedger, ledgerEnd);
    const [me, unit] = [await personOf('baotu-officer'), await areaOf(fixtureUnits.baotu)];
    const waiting = await plantMatter(app.owner, hazard as never, 'found', quancheng, { owner_unit: unit, owner_role: 'officer' });
    const done = await plantMatter(app.owner, hazard as never, 'closed', quancheng, { owner_unit: unit, owner_role: 'officer' });
    const lines = await app.owner.query<{ lines: string[] }>('select lines from org.unit where code = $1', [
      fixtureUnits.lixiaConstruction,
    ]);
    const line = lines.rows[0]?.lines[0] ?? 'gas';
    const areas = await Promise.all(Object.values(fixtureUnits).map(areaOf));
    await happen(
      ...areas.flatMap((org) => [
        { name: `test.area${org}`, org },
        { name: `test.line${org}`, org, line },
      ]),
      { name: 'test.party', org: quancheng, party: fixtureSite },
      { name: 'test.party-only', party: fixtureSite },
      { name: 'test.mine', actor: me },
      { name: 'test.waiting', kind: hazard.kind, org: quancheng, subject: waiting },
      { name: 'test.done', kind: hazard.kind, org: quancheng, subject: done },
      { name: 'test.nobody' },
      { name: 'test.end', actor: me },
    );
    const readable = async (login: string) => {
      const who = await app.runtime.db.read(signingIn, async (tx) =>
        app.runtime.providers.use(directory).findPrincipal(tx, await personOf(login), new Date()),
      );
      if (!who) throw new Error(`no principal ${login}`);
      const seen = await app.runtime.db.read({ ...guardOf(who), mode: '' }, (tx) => readEvents(tx, since, 1000));
      return seen.map((event) => event.name).filter((name) => name.startsWith('test.'));
    };
    await soon(() => readable('baotu-officer')).toContain('test.end');
    const allowed = await Promise.all(logins.map(readable));
    expect(allowed.map((names) => names.length).filter((n) => n > 0).length).toBeGreaterThan(4);
    expect(allowed[4]).toEqual(expect.arrayContaining(['test.mine', 'test.waiting']));
    for (const [i, feed] of feeds.entries()) {
      const heard = () => [logins[i], ledger(feed)];
      await soon(heard).toEqual([logins[i], allowed[i]]);
      feed.close();
    }
  });

  it('comes at once after the commit, through the button of a person', async () => {
    const feed = await listen(await app.as('sysadmin'));
    await soon(() => feed.messages.length).toBeGreaterThan(0);
    const answer = await (await app.as('sysadmin')).post('notice.read', { input: { all: true } });
    expect(answer.status).toBe(200);
    await soon(() => named(feed)).toContain('notice.read');
    feed.close();
  });
});

describe('coming back', () => {
  it('gets exactly what was missed, then what comes', async () => {
    const before = await listen(officer);
    await happen({ name: 'test.one', org: quancheng });
    await soon(() => ledger(before)).toEqual(['test.one']);
    const last = before.messages.findLast((one) => one.event === 'ledger')?.id;
    before.close();
    await happen({ name: 'test.two', org: quancheng }, { name: 'test.elsewhere', org: baotu });
    await happen({ name: 'test.three', org: quancheng });
    const after = await listen(officer, last);
    await happen({ name: 'test.four', org: quancheng });
    await soon(() => ledger(after)).toEqual(['test.two', 'test.three', 'test.four']);
    expect(others(after, 'reset')).toEqual([]);
    // Until it has what it missed, the browser keeps the id it came with.
    expect(after.messages[0]).toMatchObject({ event: 'ready', id: '' });
    after.close();
  });

  it('moves the id on by the heartbeat, so that a quiet hour is not replayed', async () => {
    const feed = await listen(officer);
    await happen({ name: 'test.elsewhere', org: baotu });
    await soon(() => feed.messages.length).toBeGreaterThan(0);
    const start = feed.messages[0]?.id;
    // Beats go on while a transaction of another test file holds the end of the ledger back: only the moved id says that it is over.
    await soon(() => feed.messages.findLast((one) => one.event === 'beat')?.id ?? start).not.toBe(start);
    expect(ledger(feed)).toEqual([]);
    feed.close();
  });

  it('nothing is lost or doubled while events keep coming', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `test.n${i}`);
    const seen: unknown[] = [];
    let last: string | undefined;
    const writing = (async () => {
      for (const name of names) await happen({ name, org: quancheng });
    })();
    let feed = await listen(officer, (await listenOnce(officer)).id);
    for (let round = 0; round < 12 && !seen.includes(names.at(-1)); round++) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      feed.close();
      await feed.ended;
      const got = feed.messages.filter((one) => one.event === 'ledger');
      seen.push(...got.map((one) => one.data.name));
      last = feed.messages.at(-1)?.id || last;
      feed = await listen(officer, last);
    }
    await writing;
    await soon(() => ledger(feed).at(-1) ?? seen.at(-1)).toBe(names.at(-1));
    seen.push(...ledger(feed));
    expect(seen.filter((name) => names.includes(String(name)))).toEqual(names.slice(names.indexOf(String(seen[0]))));
    feed.close();
  });

  it('is told to start over when too much was missed, or the id is none of ours', async () => {
    const watcher = await listen(officer);
    await soon(() => watcher.messages.length).toBeGreaterThan(0);
    const id = watcher.messages[0]?.id ?? '';
    await happen(...Array.from({ length: 1001 }, () => ({ name: 'test.many', org: quancheng })));
    await soon(() => ledger(watcher).length).toBe(1001);
    for (const last of [id, 'nonsense', '999999999999.1']) {
      const feed = await listen(officer, last);
      await soon(() => others(feed, 'reset')).toEqual([{}]);
      expect(ledger(feed)).toEqual([]);
      feed.close();
    }
    watcher.close();
  });
});

/** The first message of a new feed. */
async function listenOnce(client: Client): Promise<Message> {
  const feed = await listen(client);
  await soon(() => feed.messages.length).toBeGreaterThan(0);
  feed.close();
  return feed.messages[0] as Message;
}

describe('what ends it', () => {
  it('signing out', async () => {
    const session = await fetch(`${app.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'duty-1', password: 'Vigil-2026' }),
    });
    const cookie = (session.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const client: Client = {
      ...app.anon,
      cookie,
      raw: (path, init = {}) => app.anon.raw(path, { ...init, headers: { cookie, ...init.headers } }),
    };
    const feed = await listen(client);
    expect(feed.status).toBe(200);
    await client.raw('/api/session', { method: 'DELETE' });
    await feed.ended;
    expect(others(feed, 'bye')).toEqual([{ why: 'session' }]);
  });

  it('more windows than one can look at: the oldest gives way', async () => {
    const client = await app.as('duty-2');
    const feeds: Feed[] = [];
    for (let i = 0; i < 4; i++) feeds.push(await listen(client));
    await feeds[0]?.ended;
    expect(feeds.map((feed) => others(feed, 'bye'))).toEqual([[{ why: 'many' }], [], [], []]);
    for (const feed of feeds) feed.close();
  });
});
