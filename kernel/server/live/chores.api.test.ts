import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { startChores, turn } from './chores.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

it('is done by one process at a time, once in its period', async () => {
  let running = 0;
  let most = 0;
  let times = 0;
  const chore = {
    name: 'test.once',
    everySeconds: 1,
    run: async () => {
      times++;
      running++;
      most = Math.max(most, running);
      await sleep(200);
      running--;
    },
  };
  const processes = [1, 2, 3].map(() => startChores(app.runtime, [chore]));
  await sleep(3500);
  await Promise.all(processes.map((one) => one.stop()));
  expect(most).toBe(1);
  expect(running).toBe(0);
  expect(times).toBeGreaterThanOrEqual(2);
  expect(times).toBeLessThanOrEqual(4);
});

it('is not done again by a restart within its period', async () => {
  let times = 0;
  const chore = { name: 'test.daily', everySeconds: 86_400, run: async () => void times++ };
  const wait = await turn(app.runtime, chore);
  expect([times, wait]).toEqual([1, 60_000]);
  expect(await turn(app.runtime, chore)).toBe(60_000);
  expect(times).toBe(1);
});

it('that failed is logged and done again in its time', async () => {
  let times = 0;
  const chore = {
    name: 'test.failing',
    everySeconds: 1,
    run: async () => {
      times++;
      if (times === 1) throw new Error('the first time it fails, on purpose');
    },
  };
  await turn(app.runtime, chore);
  await turn(app.runtime, chore);
  expect(times).toBe(1);
  await sleep(1050);
  await turn(app.runtime, chore);
  expect(times).toBe(2);
});

it('whose process died is taken over when its lease has run out', async () => {
  let times = 0;
  const chore = { name: 'test.orphan', everySeconds: 60, run: async () => void times++ };
  const lease = (interval: string) =>
    app.owner.query(
      `insert into kernel.cursor (name, at, seq) values ('chore:test.orphan', now() + $1::interval, 7)
       on conflict (name) do update set at = excluded.at`,
      [interval],
    );
  await lease('20 seconds');
  expect(await turn(app.runtime, chore)).toBeGreaterThan(15_000);
  await lease('-1 seconds');
  await turn(app.runtime, chore);
  expect(times).toBe(1);
});

it('does not sleep for years when the clock was wrong', async () => {
  let times = 0;
  const chore = { name: 'test.clock', everySeconds: 60, run: async () => void times++ };
  await app.owner.query(`insert into kernel.cursor (name, at) values ('chore:test.clock', now() + interval '3 years')`);
  await turn(app.runtime, chore);
  expect(times).toBe(1);
});
