import { expect, it } from 'vitest';
import { found, pageOf, read, step } from './arrange.ts';
import { inCity } from './city.ts';
import { actIn, told } from './people.ts';

const city = inCity();
const conflict = /status of 409/;
const typed = '请于三日内更换全部灭火器，并补齐检查记录';

it('the slower of two sees what the other did, and keeps what was typed', async () => {
  const id = await found(city.app, '灭火器压力不足');
  const slow = await city.visit('quancheng-officer', { provokes: [conflict] });
  await slow.goto(pageOf(id));
  const dialog = await actIn(slow, '分派整改');
  await dialog.getByLabel('整改要求').fill(typed);

  const quick = await city.visit('quancheng-leader');
  await quick.goto(pageOf(id));
  const other = await actIn(quick, '分派整改');
  await other.getByLabel('整改要求').fill('立即更换');
  await other.getByRole('button', { name: '分派整改' }).click();
  await told(quick, '已分派整改').waitFor();

  await dialog.getByText('您填写期间，该记录已有变动').waitFor();
  await dialog.getByText(/方泉清 于 .+ 办理了“分派整改”，现为“整改中”/).waitFor();
  await dialog.getByText('最新状态下已不能办理“分派整改”').waitFor();
  expect(await dialog.getByLabel('整改要求').inputValue()).toBe(typed);
  // What is no longer possible is not offered.
  expect(await dialog.getByRole('button', { name: '分派整改' }).count()).toBe(0);
  expect((await read(city.app, 'quancheng-officer', id)).fields.requirement).toBe('立即更换');
});

it('where the step is still possible, it can be taken on the fresh state', async () => {
  const id = await found(city.app, '配电箱门缺失', { grade: 'major' });
  const slow = await city.visit('quancheng-officer', { provokes: [conflict] });
  await slow.goto(pageOf(id));
  const dialog = await actIn(slow, '分派整改');
  await dialog.getByLabel('整改要求').fill(typed);
  await step(city.app, 'lixia-leader', 'listForSupervision', id, { reason: '区级挂牌督办' });

  await dialog.locator('button[type=submit]').click();
  await dialog.getByText(/韩泉生 于 .+ 办理了“挂牌督办”/).waitFor();
  expect(await dialog.getByLabel('整改要求').inputValue()).toBe(typed);
  expect((await read(city.app, 'quancheng-officer', id)).state).toBe('found');
  await dialog.getByRole('button', { name: '按最新情况提交' }).click();
  await told(slow, '已分派整改').waitFor();
  expect((await read(city.app, 'quancheng-officer', id)).fields.requirement).toBe(typed);
});

it('a form opened from the inbox stays open when somebody else takes the row away', async () => {
  const id = await found(city.app, '应急照明不亮');
  const slow = await city.visit('quancheng-officer', { provokes: [conflict] });
  await slow.goto('/');
  await slow.getByRole('heading', { level: 1, name: /应急照明不亮/ }).waitFor();
  const dialog = await actIn(slow, '分派整改');
  await dialog.getByLabel('整改要求').fill(typed);
  await step(city.app, 'quancheng-leader', 'assign', id, { requirement: '立即更换' });
  await slow.locator('.inbox-row').filter({ hasText: '应急照明不亮' }).waitFor({ state: 'detached' });
  expect(await dialog.getByLabel('整改要求').inputValue()).toBe(typed);
});
