import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { fixture } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';

type Line = { id: string; site: string; side: string; official: string; unit: number };
type Orphan = { site: string; side: string; why: string };
let app: TestApp;
let leader: Client;

beforeAll(async () => {
  app = await startTestApp({ background: true });
  leader = await app.as('quancheng-leader');
});
afterAll(() => app.stop());

const register = async (site: string) => (await leader.get<{ items: Line[] }>('duty.register', { site })).body.items;
const orphans = async (client: Client) => (await client.get<{ items: Orphan[] }>('duty.orphans', { limit: 200 })).body.items;

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not happen within ten seconds');
}

describe('the real-name register', () => {
  it('names an official of the territory and of the industry for an object', async () => {
    const lines = await register(siteId(0, 2));
    expect(lines.map((line) => [line.side, line.official])).toEqual([
      ['industry', fixture.person('lixia-zhujian')],
      ['territory', fixture.person('quancheng-officer')],
    ]);
  });

  it('lists objects nobody answers for, and those where two departments do', async () => {
    const city = await app.as('city-officer');
    expect((await orphans(city)).filter((one) => one.side === 'industry').length).toBeGreaterThan(3);
    const overlaps = await city.get<{ items: { units: string[] }[]; total: number }>('duty.overlaps');
    for (const one of overlaps.body.items) expect(one.units.length).toBeGreaterThan(1);
  });

  it('makes an orphan when the last official is taken off, and tells the leader of the area', async () => {
    const line = (await register(siteId(0, 3))).find((one) => one.side === 'territory');
    expect((await leader.post('duty.end', { input: { id: line?.id, reason: '岗位调整' } })).status).toBe(200);
    expect((await orphans(leader)).some((one) => one.site === siteId(0, 3) && one.side === 'territory' && one.why === 'none')).toBe(true);
    const notice = await eventually(async () =>
      (await leader.get<{ items: { name: string; title: string }[] }>('notice.list')).body.items.find(
        (one) => one.name === 'duty.orphaned',
      ),
    );
    expect(notice.title).toContain('属地监管责任人空缺');
    const again = await leader.post('duty.assign', {
      input: {
        id: newId(),
        site: siteId(0, 3),
        side: 'territory',
        unit: line?.unit,
        official: fixture.person('quancheng-officer'),
        item: 'territory.supervision',
      },
    });
    expect(again.status).toBe(200);
    expect((await orphans(leader)).some((one) => one.site === siteId(0, 3) && one.side === 'territory')).toBe(false);
  });

  it('leaves no job behind when the act is refused', async () => {
    const before = (await app.owner.query('select count(*)::int as n from boss.job')).rows[0].n;
    expect((await leader.post('duty.end', { input: { id: newId(), reason: '不存在' } })).body.fault?.code).toBe('duty.unknown');
    expect((await app.owner.query('select count(*)::int as n from boss.job')).rows[0].n).toBe(before);
  });

  it('refuses an official who holds no post in the unit, and an outsider altogether', async () => {
    const unit = (await register(siteId(0, 2)))[1]?.unit;
    const input = {
      id: newId(),
      site: siteId(0, 2),
      side: 'territory',
      unit,
      official: fixture.person('baotu-officer'),
      item: 'territory.hazard',
    };
    expect((await leader.post('duty.assign', { input })).body.fault?.code).toBe('duty.not_in_unit');
    const outsider = await app.as('shuangshan-officer');
    expect((await outsider.post('duty.assign', { input: { ...input, id: newId() } })).body.fault?.code).toBe('site.unknown');
    expect((await outsider.get<{ items: Line[] }>('duty.register', { site: siteId(0, 2) })).body.items).toEqual([]);
  });
});
