import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { seedHazards } from '#modules/inspection/server/seed.ts';
import type { Login } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import type { TestApp } from '#test/app.ts';
import { found, pageOf } from './arrange.ts';
import { findCut, findSerious, findTooSmall, findTooWide } from './checks.ts';
import { inCity } from './city.ts';
import { asksWho } from './complaints.ts';
import { settled } from './people.ts';

const longName = '济南市历下区泉城路街道芙蓉街社区百花洲历史文化街区综合商业管理有限责任公司第二分公司东区地下停车场及附属设施（演示）';
const longWords = `${'配电室与消防控制室之间的防火封堵缺失，'.repeat(6)}设备铭牌 ${'GGD2-0.4kV/3150A-'.repeat(6)}`;
let long: string;

const city = inCity(async (app: TestApp) => {
  await app.owner.query('update site.site set name = $2, address = $3 where id = $1', [siteId(0, 3), longName, longName]);
  long = await found(app, longWords, { site: siteId(0, 3), place: longName });
  await seedHazards(app.runtime, app.registry);
});

/** Every place in the person's menu; the widest sense of "every main page" is what the menu leads to. */
async function menuOf(page: Page): Promise<string[]> {
  await page.goto('/');
  await settled(page);
  return page.locator('.side-menu a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '/'));
}

const recordTabs = ['', '?tab=timeline', '?tab=flow', '?tab=files'];
const fixed = () => [
  '/me',
  '/m/inspection-hazard?open=all',
  '/new/inspection-hazard/report',
  ...recordTabs.map((tab) => pageOf(long) + tab),
];
const administrators: readonly Login[] = ['sysadmin', 'secadmin', 'auditor'];

/** Light, dark, and as wide as a phone: the page follows each without being loaded again. */
async function lookThrough(page: Page, place: string): Promise<string[]> {
  await page.goto(place);
  await settled(page);
  const faults = (await findSerious(page)).map((fault) => `${place} light ${fault}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme=dark]').waitFor();
  await settled(page);
  faults.push(...(await findSerious(page, 'contrast')).map((fault) => `${place} dark ${fault}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  faults.push(...(await findSerious(page)).map((fault) => `${place} narrow ${fault}`));
  await page.setViewportSize({ width: 1440, height: 900 });
  return faults;
}

it('axe finds nothing serious on the pages of an officer, light, dark and narrow', async () => {
  const page = await city.visit('quancheng-officer', { bypassCsp: true });
  const faults: string[] = [];
  for (const place of [...(await menuOf(page)), ...fixed()]) faults.push(...(await lookThrough(page, place)));
  expect(faults).toEqual([]);
});

it('nor on the pages of the administrators and on the sign-in', async () => {
  const faults: string[] = [];
  const seen = new Set<string>(['/', '/notices', '/me']);
  for (const login of administrators) {
    const page = await city.visit(login, { bypassCsp: true });
    for (const place of await menuOf(page)) {
      if (!seen.has(place)) faults.push(...(await lookThrough(page, place)));
      seen.add(place);
    }
  }
  const stranger = await city.visit(null, { bypassCsp: true, provokes: [asksWho] });
  faults.push(...(await lookThrough(stranger, '/sign-in')));
  expect(faults).toEqual([]);
});

it('nor on an open form', async () => {
  const page = await city.visit('quancheng-officer', { bypassCsp: true });
  await page.goto(pageOf(long));
  await page.getByRole('button', { name: '分派整改' }).click();
  await page.getByRole('dialog').getByLabel('整改要求').waitFor();
  expect(await findSerious(page)).toEqual([]);
});

async function misfits(page: Page, place: string): Promise<string[]> {
  await page.goto(place);
  await settled(page);
  const found = [...(await findTooWide(page)), ...(await findTooSmall(page)), ...(await findCut(page))];
  return found.map((fault) => `${place} ${fault}`);
}

it('every page fits a phone: nothing wider than the screen, nothing too small for a thumb, no text cut off', async () => {
  const desk = await city.visit('quancheng-officer');
  const places = [...(await menuOf(desk)), ...fixed()];
  await desk.context().close();
  const page = await city.visit('quancheng-officer', { phone: true });
  const faults: string[] = [];
  for (const place of places) faults.push(...(await misfits(page, place)));
  expect(faults).toEqual([]);
});

it('the pages of the administrators fit a phone as well', async () => {
  const faults: string[] = [];
  for (const login of administrators) {
    const page = await city.visit(login, { phone: true });
    await page.goto('/');
    await page.getByRole('button', { name: '打开菜单' }).tap();
    const places = await page
      .locator('.ant-drawer .side-menu a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '/'));
    for (const place of places) faults.push(...(await misfits(page, place)));
  }
  expect(faults).toEqual([]);
});
