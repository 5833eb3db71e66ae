import { expect, it } from 'vitest';
import { fixture } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { hazardPlan } from '#test/hazard-plan.ts';
import { found, pageOf, read, step, submit } from './arrange.ts';
import { inCity } from './city.ts';
import { actIn, told } from './people.ts';

const city = inCity();
const words = '深基坑支护变形超过预警值';

it('a major hazard is listed for supervision, lifted, and closed by the joint signature of territory and industry', async () => {
  const id = await found(city.app, words, { grade: 'major', site: siteId(0, 2) });
  await step(city.app, 'quancheng-officer', 'assign', id, { requirement: '停止施工', rectifier: fixture.person('quancheng-grid') });
  await step(city.app, 'quancheng-grid', 'plan', id, hazardPlan());
  await submit(city.app, 'quancheng-grid', id);

  const district = await city.visit('lixia-leader');
  await district.goto(pageOf(id));
  const listing = await actIn(district, '挂牌督办', 'more');
  await listing.getByText('《安全生产法》第四十一条第三款').waitFor();
  await listing.getByLabel('督办要求').fill('区级挂牌督办，每日报告进展');
  await listing.getByRole('button', { name: '挂牌督办' }).click();
  await told(district, '已挂牌督办').waitFor();

  const officer = await city.visit('quancheng-officer', { provokes: [/status of 409/] });
  await officer.goto(pageOf(id));
  const early = await actIn(officer, '复查通过');
  await early.getByLabel('复查意见').fill('整改到位');
  await early.getByLabel('不在现场定位的说明').fill('基坑内无定位信号');
  await early.getByRole('button', { name: '复查通过' }).click();
  await early.getByText(/挂牌督办.*解除/).waitFor();

  const lifting = await actIn(district, '解除挂牌', 'more');
  await lifting.getByLabel('解除理由').fill('整改完成');
  await lifting.getByRole('button', { name: '解除挂牌' }).click();
  await told(district, '已解除挂牌').waitFor();
  await officer.reload();
  const passing = await actIn(officer, '复查通过');
  await passing.getByLabel('复查意见').fill('整改到位，同意销号');
  await passing.getByLabel('不在现场定位的说明').fill('基坑内无定位信号');
  await passing.getByRole('button', { name: /复查通过/ }).click();
  await told(officer, '现为“销号会签”').waitFor();

  for (const [n, login] of (['quancheng-leader', 'lixia-zhujian'] as const).entries()) {
    const signer = await city.visit(login);
    await signer.goto('/');
    await signer.locator('.inbox-row').filter({ hasText: words }).getByText('待您签署').waitFor();
    await signer.locator('.inbox-row').filter({ hasText: words }).click();
    if (n === 0) {
      await signer.getByRole('tab', { name: '流程' }).click();
      await signer.getByText('会签：须全部同意').waitFor();
      expect(await signer.locator('.flow-signers li').allInnerTexts()).toHaveLength(2);
    }
    const signing = await actIn(signer, '同意销号');
    await signing.getByLabel('会签意见').fill('同意');
    await signing.getByRole('button', { name: '同意销号' }).click();
    await told(signer, '已同意销号').waitFor();
  }
  const closed = await read(city.app, 'quancheng-officer', id);
  expect(closed.state).toBe('closed');
  expect(closed.flow.trail.map((visit) => visit.state)).toEqual(['found', 'rectifying', 'rechecking', 'countersigning', 'closed']);
});
