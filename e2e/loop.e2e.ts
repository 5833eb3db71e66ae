import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inCity } from './city.ts';
import { asksWho } from './complaints.ts';
import { actIn, choose, signIn, takePhoto, told } from './people.ts';

const city = inCity();
const words = '一层东侧安全出口被促销货架遮挡';
const row = (page: Page) => page.getByRole('link', { name: new RegExp(words) });

/** The grid worker in the street, with one thumb. @returns the code of the new hazard and the address of its page */
async function reportByPhone(page: Page): Promise<{ code: string; address: string }> {
  await page.goto('/');
  await page.waitForURL('**/sign-in');
  await signIn(page, 'quancheng-grid');
  await page.getByText('现在没有需要您办理的事项').waitFor();
  await page.getByRole('button', { name: '上报' }).tap();
  await page.getByRole('dialog').getByRole('link', { name: '上报隐患' }).tap();
  const form = page.locator('form');
  await form.getByRole('button', { name: '上报隐患' }).tap();
  await form.getByText('有 2 处需要修改').waitFor();
  await choose(page, '监管对象', '泉城路百货商场', true);
  await form.getByLabel('隐患描述').fill(words);
  await choose(page, '隐患类别', '消防');
  await takePhoto(form, '整改前', 1);
  await form.getByText('用我的位置').tap();
  await form.getByText('误差约 8 米').waitFor();
  await form.getByRole('button', { name: '上报隐患' }).tap();
  await told(page, /^已上报隐患：编号 YH.+，现为“待分派”，由.*白晓泉.*办理，期限/).waitFor();
  await page.waitForURL('**/m/inspection-hazard/*');
  await page.getByRole('heading', { level: 1, name: new RegExp(words) }).waitFor();
  const code = (await page.locator('.record-marks .code').innerText()).trim();
  return { code, address: new URL(page.url()).pathname };
}

/** The shop's manager, by a click on the demonstration account. */
async function rectify(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /mall-manager/ }).click();
  await row(page).waitFor();
  const dialog = await actIn(page, '提交整改');
  await dialog.getByLabel('整改措施').fill('已清走货架，划定禁放区，安排专人每班检查');
  await dialog.getByLabel('整改资金').fill('0.3');
  await takePhoto(dialog, '整改后', 2);
  await dialog.getByRole('button', { name: '提交整改' }).click();
  await told(page, '已提交整改：现为“待复查”').waitFor();
}

async function readHistory(page: Page, address: string): Promise<void> {
  await page.goto(`${address}?tab=timeline`);
  const steps = page.locator('.timeline-row');
  await steps.nth(3).waitFor();
  expect(await steps.locator('.timeline-head > b').allInnerTexts()).toEqual(['复查通过', '提交整改', '分派整改', '上报隐患']);
  expect(await steps.locator('.timeline-who').allInnerTexts()).toEqual([
    expect.stringContaining('白晓泉'),
    expect.stringContaining('商百顺'),
    expect.stringContaining('白晓泉'),
    expect.stringContaining('邹安巷'),
  ]);
  expect(await steps.locator('img').count()).toBe(2);
  await page.getByRole('tab', { name: '流程' }).click();
  const drawing = page.getByRole('img', { name: '事故隐患流程图，当前在“已销号”' });
  await drawing.waitFor();
  expect((await drawing.locator('.is-done').allTextContents()).join(' ')).toMatch(/待分派.*整改中.*待复查/s);
  await page.getByText('流程已结束，不再有后续步骤。').waitFor();
  await page.getByRole('tab', { name: '附件 2' }).click();
  await page.getByRole('link', { name: 'IMG_2.jpg' }).waitFor();
}

it('a hazard goes from a phone in the street to closed through three people', async () => {
  const officer = await city.visit('quancheng-officer');
  await officer.goto('/');
  await officer.getByText('现在没有需要您办理的事项').waitFor();
  const { code, address } = await reportByPhone(await city.visit(null, { phone: true, provokes: [asksWho] }));

  // Nobody touched the officer's screen: the ledger's live feed brought the row and the notice.
  await row(officer).waitFor();
  await officer.getByRole('button', { name: '通知: 未读 1 条' }).waitFor();
  const assigning = await actIn(officer, '分派整改');
  await assigning.getByLabel('整改要求').fill('立即清走货架，保持通道净宽不少于 1.4 米');
  await assigning.getByRole('button', { name: '分派整改' }).click();
  await told(officer, '已分派整改：现为“整改中”').waitFor();

  await rectify(await city.visit(null, { provokes: [asksWho] }));
  await row(officer).waitFor();
  const checking = await actIn(officer, '复查通过');
  await checking.getByLabel('复查意见').fill('现场复查，通道畅通，同意销号');
  await checking.getByLabel('不在现场定位的说明').fill('商场内无定位信号');
  await checking.getByRole('button', { name: '复查通过' }).click();
  await told(officer, '已复查通过：该事项已办结（已销号）').waitFor();
  await officer.getByText('现在没有需要您办理的事项').waitFor();
  await readHistory(officer, address);

  await officer.goto('/stats/inspection-hazard');
  await officer.getByText('共上报 1 项，办结 1 项；目前在办 0 项').waitFor();

  const leader = await city.visit('lixia-leader');
  await leader.goto('/m/inspection-hazard');
  await leader.getByText('全部', { exact: true }).click();
  await leader.getByRole('row', { name: new RegExp(`${words}.*${code}.*已销号`) }).waitFor();
  await row(leader).click();
  await leader.getByRole('heading', { level: 1, name: new RegExp(words) }).waitFor();
});
