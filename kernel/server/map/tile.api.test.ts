import { VectorTile } from '@mapbox/vector-tile';
import { sql } from 'kysely';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worldBits, worldX, worldY } from '#kernel/geo/mercator.ts';
import { newId } from '#kernel/id.ts';
import { findRow } from '#kernel/server/db/pool.ts';
import { guardOf } from '#kernel/server/db/transaction.ts';
import { directory } from '#kernel/server/directory.ts';
import { sendEvent } from '#kernel/server/ledger.ts';
import { seedHazards } from '#modules/inspection/server/seed.ts';
import { siteId } from '#modules/site/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await seedHazards(app.runtime, app.registry);
});
afterAll(() => app.stop());

const tableOf = { 'site.site': `status = 'active'`, 'inspection.hazard': 'closed_at is null' } as const;
type Layer = keyof typeof tableOf;
const logins = [
  'city-officer',
  'lixia-officer',
  'quancheng-officer',
  'baotu-officer',
  'quancheng-grid',
  'mall-manager',
  'sysadmin',
] as const;

/** The tile of the city's middle; `further` counts tiles to the south: an edge of zoom 6 runs through the city. */
async function tileOf(client: Client, layer: Layer, z: number, search = '', further = 0) {
  const [x, y] = [worldX(117.0231) >>> (worldBits - z), (worldY(36.6659) >>> (worldBits - z)) + further];
  const answer = await client.raw(`/api/map/tile/${layer}/${z}/${x}/${y}${search}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const found = answer.status === 200 ? new VectorTile(new PbfReader(bytes)).layers.points : undefined;
  const features = Array.from({ length: found?.length ?? 0 }, (_, i) => found?.feature(i).properties ?? {});
  return {
    status: answer.status,
    etag: answer.headers.get('etag') ?? '',
    count: features.reduce((sum, one) => sum + Number(one.count ?? 1), 0),
    ids: features.map((one) => one.id),
  };
}

async function cityCount(client: Client, layer: Layer, search = ''): Promise<number> {
  return (await tileOf(client, layer, 6, search)).count + (await tileOf(client, layer, 6, search, 1)).count;
}

/** What row-level security shows the person: the truth that tiles must not exceed. */
async function truthOf(client: Client, layer: Layer, also = 'true'): Promise<number> {
  const me = (await client.get<{ person: { id: string } | string; id?: string }>('session')).body;
  const person = typeof me.person === 'string' ? me.person : (me.person?.id ?? me.id ?? '');
  const { runtime } = app;
  const who = await runtime.db.read(await runtime.system(), (tx) =>
    runtime.providers.use(directory).findPrincipal(tx, person, runtime.clock()),
  );
  if (!who) throw new Error(`nobody: ${JSON.stringify(me)}`);
  const row = await runtime.db.read(guardOf(who), (tx) =>
    findRow(
      tx,
      sql<{
        n: number;
      }>`select count(*)::int as n from ${sql.table(layer)} where point is not null and ${sql.raw(tableOf[layer])} and ${sql.raw(also)}`,
    ),
  );
  return row?.n ?? -1;
}

describe('tiles of the one map', () => {
  it.each(['site.site', 'inspection.hazard'] as const)('%s: count for everybody exactly what row-level security shows', async (layer) => {
    const counts = [];
    for (const login of logins) {
      const client = await app.as(login);
      const tile = await tileOf(client, layer, 6);
      if (tile.status === 404) continue;
      const truth = await truthOf(client, layer);
      expect([login, await cityCount(client, layer)]).toEqual([login, truth]);
      expect([login, await cityCount(client, layer, '?level=1,2')]).toEqual([login, await truthOf(client, layer, 'level <= 2')]);
      expect([login, await cityCount(client, layer, '?line=fire')]).toEqual([login, await truthOf(client, layer, `line = 'fire'`)]);
      counts.push(truth);
    }
    expect(Math.max(...counts)).toBeGreaterThan(Math.min(...counts));
  });

  it('follow a change at once, and a tile that has not changed is not sent again', async () => {
    const officer = await app.as('quancheng-officer');
    const before = await tileOf(officer, 'site.site', 14);
    const url = `/api/map/tile/site.site/14/${worldX(117.0231) >>> 16}/${worldY(36.6659) >>> 16}`;
    expect((await officer.raw(url, { headers: { 'if-none-match': before.etag } })).status).toBe(304);
    const other = await tileOf(await app.as('city-officer'), 'site.site', 14);
    expect(other.etag).not.toBe(before.etag);
    const id = siteId(0, 0);
    expect(before.ids).toContain(id);
    await app.runtime.db.write(await app.runtime.system(), async (tx) => {
      await tx.client.run(`update site.site set org = (select id from org.unit where code = '370114001') where id = $1`, [id]);
      const site = await findRow(tx, sql<{ org: number; line: string }>`select org, line from site.site where id = ${id}`);
      await sendEvent(tx.client, { name: 'site.update', kind: 'site.site', subject: id, ...site, party: id, request: newId() });
    });
    await expect.poll(async () => (await tileOf(officer, 'site.site', 14)).ids, { timeout: 5000 }).not.toContain(id);
    expect(await cityCount(officer, 'site.site')).toBe(await truthOf(officer, 'site.site'));
  });

  it('are for the signed-in, of layers that are offered, within the world', async () => {
    expect((await app.anon.raw('/api/map/tile/site.site/6/52/25')).status).toBe(401);
    const officer = await app.as('quancheng-officer');
    expect((await officer.raw('/api/map/tile/site.nothing/6/52/25')).status).toBe(404);
    expect((await officer.raw('/api/map/tile/site.site/6/64/25')).status).toBe(404);
    expect((await officer.raw('/api/map/tile/site.site/17/64/25')).status).toBe(422);
    expect((await officer.raw('/api/map/tile/site.site/6/52/25?level=7')).status).toBe(422);
  });
});
