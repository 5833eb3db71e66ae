import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inCity } from './city.ts';
import { told } from './people.ts';

const city = inCity();

const dialog = (page: Page) => page.getByRole('dialog');

async function choose(page: Page, label: string, option: string, nth = 0): Promise<void> {
  await dialog(page).getByLabel(label, { exact: true }).nth(nth).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(option, { exact: true }).click();
}

/** Both sides of the grading, factor by factor: first without measures, then with them. */
async function gradeBoth(page: Page): Promise<void> {
  const factors = [
    ['事故发生的可能性（L）', '3 可能，但不经常', '1 可能性小，完全意外'],
    ['暴露于危险环境的频繁程度（E）', '6 每天工作时间内暴露', '6 每天工作时间内暴露'],
    ['事故后果的严重程度（C）', '7 严重，严重伤残', '7 严重，严重伤残'],
  ] as const;
  for (const [label, without, withMeasures] of factors) {
    await choose(page, label, without, 0);
    await choose(page, label, withMeasures, 1);
  }
}

it('an enterprise assesses a risk point, an officer approves it, and the check it brings is done on a phone', async () => {
  const manager = await city.visit('mall-manager');
  await manager.goto('/risks');
  await manager.getByRole('button', { name: '新增风险点' }).click();
  await dialog(manager).getByLabel('监管对象').fill('泉城路百货');
  await manager.locator('.ant-select-item-option').filter({ hasText: '泉城路百货商场' }).click();
  await dialog(manager).getByLabel('风险点名称').fill('消防水泵房');
  await dialog(manager).getByRole('button', { name: '发起风险评价' }).click();
  await told(manager, '评价已发起').waitFor();

  await manager.getByRole('button', { name: '提交评价' }).click();
  const send = dialog(manager).getByRole('button', { name: '提交评价' });
  await dialog(manager).getByLabel('分析单元（设备设施或作业步骤）').fill('消防水泵');
  await dialog(manager).getByLabel('风险事件', { exact: true }).fill('水泵不能启动');
  await dialog(manager).getByLabel('措施内容').fill('每日巡检水泵房');
  await dialog(manager).getByLabel('排查内容').fill('水泵控制柜是否处于自动状态');
  await send.click();
  await dialog(manager).getByText('请选择评价表中的取值').first().waitFor();
  await gradeBoth(manager);
  // 3 × 6 × 7 = 126: yellow, so the department has to answer for it.
  await dialog(manager).getByText('得分 126').waitFor();
  await dialog(manager).getByText('管控层级低于该风险等级的要求').waitFor();
  await choose(manager, '管控层级', '部室（车间）级');
  await send.click();
  await dialog(manager).waitFor({ state: 'detached' });
  const record = new URL(manager.url()).pathname;

  const officer = await city.visit('quancheng-officer');
  await officer.goto(record);
  await officer.getByText('水泵不能启动').waitFor();
  await officer.getByRole('button', { name: '审核通过' }).click();
  await dialog(officer).getByRole('button', { name: '审核通过' }).click();
  await told(officer, '已生效').waitFor();

  const phone = await city.visit('mall-manager', { phone: true });
  await phone.goto('/checks');
  const row = phone.locator('.check-row').filter({ hasText: '水泵控制柜是否处于自动状态' });
  await row.getByRole('button', { name: '正常' }).click();
  await told(phone, '已完成排查').waitFor();
  await officer.goto('/checks');
  expect(await officer.locator('.check-row').filter({ hasText: '水泵控制柜' }).innerText()).toContain('正常');
});
