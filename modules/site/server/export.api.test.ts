import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#test/app.ts';
import { siteId } from '../fixture.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.owner.query(`update site.site set name = '=cmd()甲厂' where id = $1`, [siteId(0, 1)]);
});
afterAll(() => app.stop());

it('exports what one may see, formulas made harmless, telephones only on demand; each export stands in the ledger', async () => {
  const officer = await app.as('quancheng-officer');
  const csv = await (await officer.raw('/api/site/export?format=csv')).text();
  expect(csv.split('\r\n')[0]).toContain('名称,类别,统一社会信用代码');
  expect(csv).toContain("\r\n'=cmd()甲厂,");
  expect(csv).toContain('370102004');
  expect(csv).not.toContain('370114001');
  expect(csv).not.toContain('0531-8600');
  expect(await (await officer.raw('/api/site/export?format=csv&contacts=1')).text()).toContain('0531-8600');
  const geo = (await (await officer.raw('/api/site/export?format=geojson&level=1')).json()) as {
    features: { properties: Record<string, string> }[];
  };
  expect(geo.features.map((one) => one.properties.风险等级)).toEqual(['重大']);
  const xlsx = Buffer.from(await (await officer.raw('/api/site/export')).arrayBuffer());
  expect(xlsx.subarray(0, 2).toString()).toBe('PK');
  const { rows } = await app.owner.query<{ count: number }>(
    `select (data ->> 'count')::int as count from kernel.event where name = 'site.exported' order by seq`,
  );
  expect(rows.map((row) => row.count)).toEqual([6, 6, 1, 6]);
});

it('refuses strangers, and telephones to roles that may not read them', async () => {
  expect((await app.anon.raw('/api/site/export')).status).toBe(401);
  const grid = await app.as('quancheng-grid');
  expect((await grid.raw('/api/site/export?contacts=1')).status).toBe(403);
  const auditor = await app.as('auditor');
  expect((await auditor.raw('/api/site/export')).status).toBe(403);
});
