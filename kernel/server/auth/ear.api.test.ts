import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { type SecondProcess, startSecondProcess } from '#test/second-process.ts';
import { cookieOf, enter, guest, knock, personOf, published } from './test-door.ts';

let app: TestApp;
let second: SecondProcess;

const listening = "select 1 from pg_stat_activity where datname = current_database() and application_name = 'vigil ear'";
const ears = async () => (await app.owner.query(listening)).rowCount ?? 0;

beforeAll(async () => {
  app = await startTestApp();
  second = await startSecondProcess(app.database.app, app.config.dataDir);
  // The ears of both must be open before anything is to be heard.
  while ((await ears()) < 2) await new Promise((resolve) => setTimeout(resolve, 50));
  // Nothing is remembered in the first seconds of listening: afterwards the tests see what is remembered being forgotten.
  await new Promise((resolve) => setTimeout(resolve, 3_500));
}, 60_000);

afterAll(async () => {
  await second?.stop();
  await app?.stop();
});

/** Remembered for ten seconds: what is refused within two was heard of. */
const soon = { timeout: 2_000, interval: 20 };

describe('what another process does to a session', () => {
  it('is felt here when the security administrator ends it there', async () => {
    const officer = await enter(app, 'baotu-officer');
    expect((await officer.get('session.me')).status).toBe(200);
    const security = await enter({ ...app, url: second.url }, 'secadmin');
    const ended = await security.post('session.sessionEnd', { person: await personOf(app, 'baotu-officer') });
    expect(ended.code).toBe('');
    await expect.poll(async () => (await officer.get('matter.inbox')).status, soon).toBe(401);
  });

  it('is felt here when the person signs out there', async () => {
    const cookie = cookieOf(await knock(app, { login: 'lixia-officer', password: published }));
    const here = guest(app, { cookie });
    expect((await here.get('session.me')).status).toBe(200);
    expect((await guest({ ...app, url: second.url }, { cookie }).leave()).status).toBeLessThan(300);
    await expect.poll(async () => (await here.get('matter.inbox')).status, soon).toBe(401);
  });
});
