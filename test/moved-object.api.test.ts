import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { fixture } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { type Client, startTestApp, type TestApp } from './app.ts';
import { uploadPhoto } from './photo.ts';

// A supervised object moves to the next town: what was open there is the next town's, and the former one is out of it.
const kind = 'inspection.hazard';
const site = siteId(0, 2);
let app: TestApp;
let areas: Record<string, number> = {};

beforeAll(async () => {
  app = await startTestApp({ background: true });
  const found = await app.owner.query<{ id: number; code: string }>('select id, code from org.unit where area = id');
  areas = Object.fromEntries(found.rows.map((row) => [row.code, row.id]));
});
afterAll(() => app.stop());

const open = (client: Client, id: string) => client.get<MatterRecord>('matter.get', { kind, id });

async function eventually(look: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not happen within ten seconds');
}

it('takes its open hazards, its evidence and its register along', async () => {
  const [grid, leader, baotu, district] = (await Promise.all(
    (['quancheng-grid', 'quancheng-leader', 'baotu-officer', 'lixia-officer'] as const).map((login) => app.as(login)),
  )) as [Client, Client, Client, Client];
  const id = newId();
  const photo = await uploadPhoto(grid, 1);
  expect((await grid.post(`${kind}.report`, { id, input: { site, description: '六层临边防护缺失', photos: [photo] } })).status).toBe(200);
  expect((await open(leader, id)).status).toBe(200);
  expect((await open(baotu, id)).status).toBe(404);

  const unit = {
    id: newId(),
    site,
    name: '临时油罐',
    type: 'storage',
    held: [{ name: '汽油', amount: 250, categories: ['W5.3'] }],
    people: 10,
  };
  expect((await district.post('risk.installationSave', { input: unit })).status).toBe(200);
  const installed = async (client: Client) => (await client.get<{ total: number }>('risk.installations', { site })).body.total;
  expect([await installed(leader), await installed(baotu)]).toEqual([1, 0]);

  const full = (await district.get<Record<string, unknown>>('site.get', { id: site })).body;
  const { name, kind: siteKind, line, address, level } = full;
  const town = areas[fixture.units.baotu];
  const saved = await district.post('site.save', { input: { id: site, name, kind: siteKind, line, address, level, org: town } });
  expect(saved.status).toBe(200);
  await eventually(async () => (await open(baotu, id)).status === 200);

  const { body } = await open(baotu, id);
  expect(body).toMatchObject({ org: town, owner: { unit: town, role: 'officer' } });
  expect(body.timeline.map((row) => row.name)).toEqual([`${kind}.report`, `${kind}.rehomed`]);
  expect(body.timeline[1]?.data).toMatchObject({ fromOrg: areas[fixture.units.quancheng] });
  expect(body.files.map((file) => file.id)).toEqual([photo]);
  expect((await baotu.raw(`/api/files/${photo}`)).status).toBe(200);
  expect((await baotu.get<{ items: { id: string }[] }>('matter.inbox')).body.items.map((item) => item.id)).toContain(id);
  await eventually(async () => (await installed(baotu)) === 1);
  expect(await installed(leader)).toBe(0);
  // The former town's leader is out of it; its officer held it and its grid worker reported it: they keep their sight, not the work.
  expect((await open(leader, id)).status).toBe(404);
  expect((await leader.raw(`/api/files/${photo}`)).status).toBe(404);
  const officer = await app.as('quancheng-officer');
  expect((await open(officer, id)).body.allowed).toEqual([]);
  expect((await open(grid, id)).status).toBe(200);
  // And the new holders can go on with it.
  expect((await baotu.post(`${kind}.dismiss`, { id, input: { reason: '现场已无此情形' } })).status).toBe(200);

  type Line = { side: string; unit: number; org: number };
  const register = async () => (await baotu.get<{ items: Line[] }>('duty.register', { site })).body.items;
  await eventually(async () => (await register()).every((entry) => entry.side === 'industry'));
  expect(await register()).toMatchObject([{ side: 'industry', org: town }]);
  const ended = await app.owner.query(`select data from kernel.event where name = 'duty.outdated' and data ->> 'site' = $1`, [site]);
  expect(ended.rows).toMatchObject([{ data: { side: 'territory', unit: areas[fixture.units.quancheng] } }]);
  const told = async () => (await baotu.get<{ items: { name: string; title: string }[] }>('notice.list')).body.items;
  await eventually(async () => (await told()).some((one) => one.name === 'site.moved' && one.title.includes(String(name))));
});

it('moves by the server alone, and the ledger takes nobody else’s name', async () => {
  const officer = await app.as('quancheng-officer');
  expect(officer.cookie).not.toBe('');
  const { guardOf } = await import('#kernel/server/db/transaction.ts');
  const town = areas[fixture.units.quancheng] ?? 0;
  const guard = guardOf({
    person: fixture.person('quancheng-officer'),
    name: '',
    title: '',
    grants: [{ post: 't', role: 'officer', unit: town, orgs: [town], lines: null, party: null, behalf: null }],
  });
  const run = (text: string, values: unknown[]) => app.runtime.db.write(guard, (tx) => tx.client.query(text, values));
  await expect(run('select kernel.rehome($1, $2, $3, null, null)', [newId(), kind, town])).rejects.toMatchObject({ code: '42501' });
  const forged = `insert into kernel.event (name, actor, org) values ('${kind}.pass', $1, $2)`;
  await expect(run(forged, [fixture.person('mayor'), town])).rejects.toMatchObject({ code: '42501' });
});
