import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { sampleForm } from '#kernel/form/form.fixture.ts';
import { seedHazards } from '#modules/inspection/server/seed.ts';
import type { Login } from '#modules/org/fixture.ts';
import { seedRisks } from '#modules/risk/server/seed.ts';
import { siteId } from '#modules/site/fixture.ts';
import type { TestApp } from '#test/app.ts';
import { found, pageOf, publishForm } from './arrange.ts';
import { findCut, findSerious, findTooSmall, findTooWide } from './checks.ts';
import { inCity, type Look } from './city.ts';
import { asksWho } from './complaints.ts';
import { settled } from './people.ts';

const longName = '济南市历下区泉城路街道芙蓉街社区百花洲历史文化街区综合商业管理有限责任公司第二分公司东区地下停车场及附属设施（演示）';
const longWords = `${'配电室与消防控制室之间的防火封堵缺失，'.repeat(6)}设备铭牌 ${'GGD2-0.4kV/3150A-'.repeat(6)}`;
let long: string;

const city = inCity(async (app: TestApp) => {
  await app.owner.query('update site.site set name = $2, address = $3 where id = $1', [siteId(0, 3), longName, longName]);
  long = await found(app, longWords, { site: siteId(0, 3), place: longName });
  await seedHazards(app.runtime, app.registry);
  await seedRisks(app.runtime, app.registry);
  await publishForm(app, sampleForm);
});

const recordTabs = ['', '?tab=timeline', '?tab=flow', '?tab=files'];
const officersOwn = () => [
  '/me',
  '/new/inspection-hazard/report',
  `/forms/${sampleForm.id}/fill`,
  ...recordTabs.map((tab) => pageOf(long) + tab),
];
const administrators: readonly Login[] = ['sysadmin', 'secadmin', 'auditor'];
/** Pages of administrators that no menu leads to. */
const beside: Partial<Record<Login, string[]>> = { sysadmin: ['/forms/edit', `/forms/edit?id=${sampleForm.id}`] };

/** Every place the person's menu leads to. */
async function menuOf(login: Login): Promise<string[]> {
  const page = await city.visit(login);
  await page.goto('/');
  await settled(page);
  return page.locator('.side-menu a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '/'));
}

/** Goes through the places in two windows at once and gathers what `check` finds there. */
async function walk(login: Login, look: Look, places: readonly string[], check: (page: Page) => Promise<string[]>): Promise<string[]> {
  const queue = [...places];
  const found: string[] = [];
  const walker = async () => {
    const page = await city.visit(login, look);
    for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
      try {
        await page.goto(place);
        await settled(page);
        found.push(...(await check(page)).map((fault) => `${login} ${place}: ${fault}`));
      } catch (error) {
        throw new Error(`${login} ${place}: ${String(error)}`, { cause: error });
      }
    }
  };
  await Promise.all([walker(), walker()]);
  return found;
}

/** Light, dark, and as narrow as a phone: the page follows each without being loaded again. */
async function seriousInAllLooks(page: Page): Promise<string[]> {
  const light = await findSerious(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme=dark]').waitFor();
  await settled(page);
  const dark = await findSerious(page, 'contrast');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  const narrow = await findSerious(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  return [
    ...light.map((fault) => `light, ${fault}`),
    ...dark.map((fault) => `dark, ${fault}`),
    ...narrow.map((fault) => `narrow, ${fault}`),
  ];
}

/** What does not fit a phone in a hand. */
async function misfits(page: Page): Promise<string[]> {
  return [...(await findTooWide(page)), ...(await findTooSmall(page)), ...(await findCut(page))];
}

it('axe finds nothing serious on the pages of an officer: light, dark and narrow', async () => {
  const places = [...(await menuOf('quancheng-officer')), ...officersOwn()];
  expect(await walk('quancheng-officer', { bypassCsp: true }, places, seriousInAllLooks)).toEqual([]);
});

it('nor on the pages of the administrators and on the sign-in', async () => {
  const seen = new Set(['/', '/notices']);
  const faults: string[] = [];
  for (const login of administrators) {
    const places = [...(await menuOf(login)), ...(beside[login] ?? [])].filter((place) => !seen.has(place));
    for (const place of places) seen.add(place);
    faults.push(...(await walk(login, { bypassCsp: true }, places, seriousInAllLooks)));
  }
  const stranger = await city.visit(null, { bypassCsp: true, provokes: [asksWho] });
  await stranger.goto('/sign-in');
  await settled(stranger);
  faults.push(...(await seriousInAllLooks(stranger)));
  expect(faults).toEqual([]);
});

it('nor on an open form', async () => {
  const page = await city.visit('quancheng-officer', { bypassCsp: true });
  await page.goto(pageOf(long));
  await page.getByRole('button', { name: '分派整改' }).click();
  await page.getByRole('dialog').getByLabel('整改要求').waitFor();
  await settled(page);
  expect(await seriousInAllLooks(page)).toEqual([]);
});

it('every page fits a phone: nothing wider than the screen, nothing too small for a thumb, no text cut off', async () => {
  const places = [...(await menuOf('quancheng-officer')), ...officersOwn()];
  expect(await walk('quancheng-officer', { phone: true }, places, misfits)).toEqual([]);
});

it('the pages of the administrators fit a phone as well', async () => {
  const faults: string[] = [];
  for (const login of administrators) {
    faults.push(...(await walk(login, { phone: true }, [...(await menuOf(login)), ...(beside[login] ?? [])], misfits)));
  }
  expect(faults).toEqual([]);
});

it('the menu of a phone leads to the same places', async () => {
  const page = await city.visit('quancheng-officer', { phone: true });
  await page.goto('/');
  await page.getByRole('button', { name: '打开菜单' }).tap();
  const drawer = page.getByRole('dialog', { name: '守夜人' });
  await drawer.getByRole('link', { name: '监管对象' }).tap();
  await page.getByRole('heading', { name: '监管对象' }).waitFor();
  await drawer.waitFor({ state: 'hidden' });
});
