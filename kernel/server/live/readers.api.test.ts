import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { LedgerEvent, Reader } from '#kernel/server/implement.ts';
import { type NewEvent, sendEvent } from '#kernel/server/ledger.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { startReaders } from './readers.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

async function happen(events: readonly NewEvent[]): Promise<void> {
  await app.runtime.db.write(await app.runtime.system(), async ({ client }) => {
    for (const event of events) await sendEvent(client, event);
  });
}

/** Hears the events of one test; what it has handled stands in the database, in the transaction of its cursor. */
function makeReader(name: string, hear: (event: LedgerEvent) => void = () => undefined): Reader {
  return {
    name,
    wants: (event) => event.name.startsWith(`${name}.`),
    handle: async (ctx, events) => {
      for (const event of events) {
        await ctx.tx.client.run('insert into kernel.notice (id, person, name, title) values ($1, $2, $3, $4)', [
          newId(),
          newId(),
          name,
          event.name,
        ]);
        hear(event);
      }
    },
  };
}

const handled = async (reader: string) =>
  (await app.owner.query<{ title: string }>('select title from kernel.notice where name = $1 order by id', [reader])).rows.map(
    (row) => row.title,
  );

it('each event is handled once and in order, with three processes at it while others write', async () => {
  const names = Array.from({ length: 120 }, (_, i) => `once.n${i}`);
  const running = [1, 2, 3].map(() => startReaders(app.runtime, [makeReader('once')], { idleMs: 5 }));
  for (let i = 0; i < names.length; i += 4) await happen(names.slice(i, i + 4).map((name) => ({ name })));
  await soon(async () => (await handled('once')).length).toBe(names.length);
  await Promise.all(running.map((one) => one.stop()));
  expect(await handled('once')).toEqual(names);
});

it('hears what belongs to no area, and what happened before it was there', async () => {
  await happen([{ name: 'early.nowhere' }, { name: 'early.somewhere', org: 1, data: { a: 1 } }]);
  const heard: LedgerEvent[] = [];
  const running = startReaders(app.runtime, [makeReader('early', (event) => heard.push(event))], { idleMs: 5 });
  await soon(() => heard.map((event) => [event.name, event.org, event.data])).toEqual([
    ['early.nowhere', null, {}],
    ['early.somewhere', 1, { a: 1 }],
  ]);
  await running.stop();
});

it('wakes up when poked', async () => {
  const running = startReaders(app.runtime, [makeReader('poked')], { idleMs: 60_000 });
  await soon(async () => (await app.owner.query(`select 1 from kernel.cursor where name = 'poked'`)).rowCount).toBe(1);
  await happen([{ name: 'poked.now' }]);
  await soon(async () => {
    running.poke();
    return handled('poked');
  }).toEqual(['poked.now']);
  await running.stop();
});

it('an event that cannot be handled is passed over after five attempts, and the ledger says so', async () => {
  let attempts = 0;
  const reader = makeReader('poison', (event) => {
    if (event.name !== 'poison.bad') return;
    attempts++;
    throw new TypeError('身份证号 370102… cannot be read');
  });
  await happen(['poison.a', 'poison.b', 'poison.bad', 'poison.c'].map((name) => ({ name })));
  const running = startReaders(app.runtime, [reader], { idleMs: 5, backOffMs: 1 });
  await soon(() => handled('poison')).toEqual(['poison.a', 'poison.b', 'poison.c']);
  await running.stop();
  // Once with the whole page, then five times alone.
  expect(attempts).toBe(6);
  const skipped = await app.owner.query<{ data: unknown }>(`select data from kernel.event where name = 'matter.reader_skipped'`);
  expect(skipped.rows).toEqual([{ data: { reader: 'poison', seq: expect.any(String), name: 'poison.bad', why: 'TypeError' } }]);
});

it('no event is passed over because the database was away', async () => {
  let away = 9;
  const reader = makeReader('outage', () => {
    if (away-- > 0) throw Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  });
  await happen([{ name: 'outage.a' }]);
  const running = startReaders(app.runtime, [reader], { idleMs: 5, backOffMs: 1 });
  await soon(() => handled('outage')).toEqual(['outage.a']);
  await running.stop();
});
