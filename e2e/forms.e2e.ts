import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inCity } from './city.ts';
import { settled, takePhoto, told } from './people.ts';

const city = inCity();
const title = '沿街商铺消防检查表';

/** What is open in the editor: one item. */
const opened = (page: Page) => page.locator('.edit-item.is-open');

async function addItem(page: Page, kind: string, label: string): Promise<void> {
  await page.getByRole('button', { name: '添加题目' }).click();
  await page.getByRole('button', { name: kind, exact: true }).click();
  await opened(page).getByLabel('题目（中文）').fill(label);
}

/** An item that is scored, calls for a photo and proposes a finding, and one that is asked only where it fails. */
async function drawUp(page: Page): Promise<void> {
  await page.goto('/forms');
  await page.getByRole('button', { name: '新建表单' }).click();
  await page.getByLabel('表单名称（中文）').fill(title);
  await page.getByLabel('表单编号').fill('street-shop');
  await page.getByLabel('章节名称（中文）').fill('安全疏散');
  await addItem(page, '合格/不合格', '安全出口保持畅通');
  await opened(page).getByRole('checkbox', { name: '评分' }).check();
  await opened(page).getByLabel('满分').fill('20');
  await opened(page).getByRole('checkbox', { name: '必拍照片' }).check();
  await opened(page).getByRole('checkbox', { name: '隐患建议' }).check();
  await opened(page).getByText('请填写隐患描述').waitFor();
  await opened(page).getByLabel('隐患描述（中文）').fill('安全出口被占用');
  await addItem(page, '合格/不合格', '灭火器在有效期内');
  await opened(page).getByRole('checkbox', { name: '评分' }).check();
  await addItem(page, '文字', '被何物占用');
  await opened(page).getByRole('button', { name: '添加条件', exact: true }).click();
  await opened(page).getByRole('combobox', { name: '题目', exact: true }).click();
  await page.locator('.ant-select-item-option').filter({ hasText: '安全出口保持畅通' }).click();
}

/** Moves it before the item it looks at, is told what is wrong with that, and takes the step back. */
async function mistakeOrder(page: Page): Promise<void> {
  const up = page.getByRole('button', { name: '上移“被何物占用”' });
  await up.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('显示条件只能引用前面的题目').waitFor();
  for (const _ of [1, 2]) await page.getByRole('button', { name: '撤销' }).click();
  await page.getByText('未发现问题').waitFor();
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('link', { name: '待办' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '继续编辑' }).click();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await told(page, '第 1 版草稿已保存').waitFor();
  await page.getByRole('button', { name: '发布表单' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发布表单' }).click();
  await told(page, '第 1 版已发布').waitFor();
}

async function sign(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: '请在此处手写签名' });
  // Clear of the bar at the foot, which shows the score.
  await pad.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const box = await pad.boundingBox();
  if (!box) throw new Error('there is no pad to sign on');
  await page.mouse.move(box.x + 30, box.y + 40);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) await page.mouse.move(box.x + 30 + i * 15, box.y + 60 + 30 * Math.sin(i));
  await page.mouse.up();
  await page.getByRole('button', { name: '确认签名' }).tap();
  await page.getByRole('img', { name: '手写签名', exact: true }).waitFor();
}

it('a form is drawn up, published, filled in on a phone, and proposes to report what is wrong', async () => {
  const admin = await city.visit('sysadmin');
  await drawUp(admin);
  await mistakeOrder(admin);
  const tryout = admin.getByRole('complementary', { name: '试填' });
  expect(await tryout.getByText('被何物占用').count()).toBe(0);
  await tryout.getByText('不合格', { exact: true }).first().click();
  await tryout.getByText('被何物占用').waitFor();
  await addItem(admin, '签名', '现场负责人签名');
  await publish(admin);

  const grid = await city.visit('quancheng-grid', { phone: true });
  await grid.goto('/forms');
  await grid.getByRole('link', { name: new RegExp(title) }).tap();
  const form = grid.getByRole('region', { name: title });
  await form.getByText('不合格', { exact: true }).first().tap();
  await form.getByText('须附照片至少 1 张，已有 0 张').waitFor();
  await form.getByRole('button', { name: '提交' }).tap();
  await form.getByText('有 2 处需要修改').waitFor();
  await takePhoto(form.locator('.answer-row').first(), '安全出口', 7);
  await form.getByRole('textbox', { name: '被何物占用' }).fill('促销货架');
  await form.locator('.answer-row').first().getByRole('button', { name: '添加备注' }).tap();
  await form.getByLabel('备注').fill('东侧出口');
  await form.getByText('合格', { exact: true }).last().tap();
  await sign(grid);

  // What was typed is still there after the page was left in the middle.
  await settled(grid);
  await grid.waitForTimeout(700);
  await grid.reload();
  await grid.getByText(/已恢复 .*未提交的内容/).waitFor();
  await form.getByText('得分 10 / 30').waitFor();
  await form.getByRole('button', { name: '提交' }).tap();
  await grid.getByRole('heading', { name: `“${title}”已提交` }).waitFor();
  await grid.getByText('得分 10 / 30').waitFor();
  await grid.getByText('发现问题 1 项，建议上报隐患').waitFor();
  await grid.getByRole('button', { name: '上报隐患' }).tap();
  await grid.waitForURL('**/new/inspection-hazard/report?*');
  expect(await grid.getByLabel('隐患描述').inputValue()).toBe('安全出口被占用：东侧出口');
  await grid.locator('.photo img').waitFor();
});
