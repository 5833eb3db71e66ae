import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Text } from '#kernel/text.ts';
import { moves } from '#kernel/workflow.ts';
import { hazard } from '#modules/inspection/hazard.workflow.ts';
import type { Login } from '#modules/org/fixture.ts';
import { assigned, found, kind, pageOf, read, submit } from './arrange.ts';
import { inCity } from './city.ts';
import { asksWho } from './complaints.ts';
import { settled } from './people.ts';

const words = '配电室内堆放纸箱等可燃物';
const refused = /status of (401|403|404)/;
let id: string;
let handedIn: string;
let file: string;
const city = inCity(async (app) => {
  id = await found(app, words);
  handedIn = await assigned(app, '灭火器压力不足');
  await submit(app, 'mall-manager', handedIn);
  file = (await read(app, 'quancheng-officer', id)).files[0]?.id ?? '';
});

it('an officer of the next street finds nothing of it, wherever he looks', async () => {
  const page = await city.visit('baotu-officer', { provokes: [refused] });
  const nothingOfIt = async () => {
    await settled(page);
    expect(await page.locator('body').innerText()).not.toContain(words.slice(0, 6));
  };
  await page.goto('/');
  await page.getByText('现在没有需要您办理的事项').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /搜索/ }).fill(words.slice(0, 6));
  await page.getByText(`没有找到“${words.slice(0, 6)}”`).waitFor();
  await page.keyboard.press('Escape');
  await page.goto('/m/inspection-hazard?open=all');
  await page.getByText('没有符合条件的记录').waitFor();
  await page.goto(pageOf(id));
  await page.getByText('未找到该记录，或您无权查看').waitFor();
  await nothingOfIt();
  await page.goto(`/?kind=${kind}&id=${id}`);
  await nothingOfIt();
  await page.goto('/stats/inspection-hazard');
  await page.getByText('没有上报、办结的记录').waitFor();
  await page.goto('/notices');
  await page.getByText('还没有通知').waitFor();
  const points = page.waitForResponse((answer) => answer.url().includes(`map.features?layer=${kind}`));
  await page.goto(`/map?at=117.0231,36.6659&kind=${kind}&id=${id}`);
  expect(await (await points).json()).toMatchObject({ features: [] });
  await page.getByText('未找到该记录，或您无权查看').waitFor();
  await nothingOfIt();
});

it('he gets neither the photo by its address nor an action by hand', async () => {
  const page = await city.visit('baotu-officer', { provokes: [refused] });
  await page.goto('/');
  for (const address of [`/api/files/${file}`, `/api/files/${file}/thumb`]) {
    expect((await page.request.get(address)).status(), address).toBe(404);
  }
  const answered = await page.evaluate(
    async ([name, subject]) => {
      const body = JSON.stringify({ request: crypto.randomUUID(), id: subject, input: { requirement: '越权尝试' } });
      const answer = await fetch(`/api/${name}.assign`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return { status: answer.status, text: await answer.text() };
    },
    [kind, id],
  );
  expect(answered.status).toBe(404);
  expect(answered.text).toContain('record.not_found');
  expect((await read(city.app, 'quancheng-officer', id)).version).toBe(1);
});

it('without a sign-in every address leads to it and keeps where one wanted to go', async () => {
  const page = await city.visit(null, { provokes: [asksWho, refused] });
  const places = [
    '/m/inspection-hazard?overdue=true',
    pageOf(id),
    '/new/inspection-hazard/report',
    '/map',
    '/stats/inspection-hazard',
    '/notices',
    '/me',
    '/sites',
  ];
  for (const place of places) {
    await page.goto(place);
    await page.getByRole('heading', { name: '守夜人' }).waitFor();
    const address = new URL(page.url());
    expect(address.pathname).toBe('/sign-in');
    expect(address.searchParams.get('to')).toBe(place);
  }
  expect((await page.request.get(`/api/files/${file}`)).status()).toBe(401);
  expect((await page.request.get(`/api/matter.get?kind=${kind}&id=${id}`)).status()).toBe(401);
});

/** What the record's page offers: its buttons and what stands under 更多. */
async function offered(page: Page, subject: string): Promise<string[]> {
  await page.goto(pageOf(subject));
  await page.getByRole('heading', { level: 1 }).waitFor();
  const group = page.getByLabel('可办理的事项');
  if ((await group.count()) === 0) return [];
  const names = await group.locator('.ant-btn-primary').allInnerTexts();
  const more = group.getByRole('button', { name: '更多' });
  if ((await more.count()) > 0) {
    await more.click();
    names.push(...(await page.getByRole('menuitem').allInnerTexts()));
  }
  return names.map((name) => name.trim()).sort();
}

const labels: Record<string, { label: Text }> = { ...moves, ...hazard.actions };

/** Who looks, and what must never be offered to them whatever the server says. */
const lookers: [Login, string[]][] = [
  ['quancheng-grid', ['分派整改', '复查通过', '挂牌督办', '领导调整']],
  ['quancheng-officer', ['提交整改', '挂牌督办', '同意延期', '领导调整']],
  ['mall-manager', ['分派整改', '不予认定', '复查通过', '复查不通过', '催办']],
  ['lixia-leader', ['提交整改', '反馈意见']],
];

it.each(lookers)('%s is offered what the server allows at this moment, and nothing else', async (login, never) => {
  const page = await city.visit(login, { provokes: [refused] });
  for (const subject of [id, handedIn]) {
    const record = await read(city.app, login, subject);
    const allowed = (record.allowed ?? []).map((one) => labels[one.action]?.label.zh ?? one.action).sort();
    const seen = await offered(page, subject);
    expect(seen).toEqual(allowed);
    expect(seen.filter((name) => never.includes(name))).toEqual([]);
  }
});
