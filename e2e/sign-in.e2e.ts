import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { found, pageOf } from './arrange.ts';
import { inCity } from './city.ts';
import { asksWho } from './complaints.ts';
import { settled, signIn, told } from './people.ts';

const city = inCity();
const refused = /status of (401|403|404)/;
const minute = 60_000;

it('says what was wrong, locks after five failures and tells for how long', async () => {
  const page = await city.visit(null, { provokes: [asksWho, refused] });
  await page.goto('/');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('请输入用户名').waitFor();
  await signIn(page, 'duty-3', 'Wrong-2026');
  await page.getByRole('alert').filter({ hasText: '用户名或口令不正确' }).waitFor();
  for (let n = 2; n <= 5; n++) {
    const answer = page.waitForResponse((one) => one.url().endsWith('/api/session') && one.request().method() === 'POST');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await answer;
  }
  await signIn(page, 'duty-3');
  await page
    .getByRole('alert')
    .filter({ hasText: /账号已锁定，请 \d+ 分钟后重试，或联系安全管理员解锁/ })
    .waitFor();
});

it('signing out ends it: the way back leads to the sign-in', async () => {
  const page = await city.visit(null, { provokes: [asksWho, refused] });
  await page.goto('/m/inspection-hazard');
  await signIn(page, 'duty-2');
  await page.waitForURL('**/m/inspection-hazard');
  await page.getByRole('button', { name: '我的账号: 卫长明' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await told(page, '已退出登录').waitFor();
  await page.goBack();
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
});

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let n = 0; n < 40; n++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the Tab key does not reach it');
}

it('a whole task without a mouse: sign-in, j, k, Enter, the form, the submission', async () => {
  await found(city.app, '灭火器压力不足');
  await found(city.app, '应急照明不亮');
  const page = await city.visit(null, { provokes: [asksWho] });
  await page.goto('/');
  await page.getByLabel('用户名').waitFor();
  await page.keyboard.type('quancheng-officer');
  await tabTo(page, page.getByLabel('口令', { exact: true }));
  await page.keyboard.type('Vigil-2026');
  await page.keyboard.press('Enter');
  const rows = page.locator('.inbox-row');
  const current = page.locator('.inbox-row.is-current');
  await rows.nth(1).waitFor();
  const [first = '', second = ''] = await rows.locator('.inbox-title').allInnerTexts();
  await page.keyboard.press('j');
  await current.filter({ hasText: second }).waitFor();
  await page.keyboard.press('k');
  await current.filter({ hasText: first }).waitFor();
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  await page.getByRole('button', { name: '分派整改' }).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '分派整改' });
  await tabTo(page, dialog.getByLabel('整改要求'));
  await page.keyboard.type('立即更换');
  await tabTo(page, dialog.getByRole('button', { name: '分派整改' }));
  await page.keyboard.press('Enter');
  await told(page, '已分派整改').waitFor();
  await expect.poll(() => rows.count()).toBe(1);
});

it('speaks English when asked, keeps it over a reload, and Chinese again', async () => {
  const page = await city.visit('quancheng-officer');
  await page.goto('/m/inspection-hazard');
  await page.getByRole('button', { name: /我的账号/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Hidden danger' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Hidden danger' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('button', { name: /My account/ }).click();
  await page.getByRole('menuitem', { name: '中文' }).click();
  await page.getByRole('heading', { name: '事故隐患' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
});

it('is dark when asked, also after a reload', async () => {
  const page = await city.visit('quancheng-officer');
  await page.goto('/me');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByText('深色', { exact: true }).click();
  await page.locator('html[data-theme=dark]').waitFor();
  await page.reload();
  await settled(page);
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(await ground()).not.toBe(light);
});

// The last one of the file: everybody else grows old with the clock.
it('comes back to the same page after the session has run out', async () => {
  const id = await found(city.app, '疏散指示标志损坏');
  const page = await city.visit('quancheng-officer', { provokes: [asksWho, refused] });
  await page.goto(pageOf(id));
  await page.getByRole('heading', { level: 1, name: /疏散指示标志损坏/ }).waitFor();
  city.app.travel(20 * minute);
  await page.getByRole('link', { name: '监管对象' }).click();
  await page.getByText('登录已过期，请重新登录').waitFor();
  expect(new URL(page.url()).searchParams.get('to')).toBe('/sites');
  await signIn(page, 'quancheng-officer');
  await page.getByRole('heading', { name: '监管对象' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/sites');
});
