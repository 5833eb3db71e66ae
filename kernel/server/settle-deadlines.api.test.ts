import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, chinaDate, coveredUntil, endOfDay, isWorkday, learnHolidays, startOfDay } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { fixture } from '#modules/org/fixture.ts';
import { startTestApp, type TestApp } from '#test/app.ts';
import { uploadPhoto } from '#test/photo.ts';
import { settleChore } from './settle-deadlines.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

type Record_ = { due: string; dueProvisional: boolean; version: number; timeline: { name: string; data: Record<string, unknown> }[] };

it('a deadline in a year without a holiday notice is provisional, and is settled when the notice is known', async () => {
  const lastDay = coveredUntil();
  const report = async (n: number) => {
    const town = await app.as('quancheng-officer');
    const input = { site: fixture.site, description: '消防通道被货物堵塞', photos: [await uploadPhoto(town, n)] };
    const id = newId();
    expect((await town.post('inspection.hazard.report', { id, input })).status).toBe(200);
    const read = async () => (await town.get<Record_>('matter.get', { kind: 'inspection.hazard', id })).body;
    return { id, read };
  };
  const certain = await report(1);
  expect((await certain.read()).dueProvisional).toBe(false);

  // Noon of the last day that any notice covers: the one working day that 待分派 has ends in the next year.
  app.travel(startOfDay(lastDay).getTime() + 12 * 3_600_000 - Date.now());
  const { id, read } = await report(2);
  const before = await read();
  expect(before.dueProvisional).toBe(true);
  const day = chinaDate(new Date(before.due));
  const chore = settleChore(() => app.registry.workflows);
  await chore.run(app.runtime);
  expect(await read()).toEqual(before);

  // The notice makes that very day a day off.
  const short = day.slice(5);
  learnHolidays([{ year: Number(day.slice(0, 4)), off: `01-01 ${short} 05-01~05-02 10-01~10-03`, work: '' }]);
  await chore.run(app.runtime);
  const after = await read();
  let next = addDays(day, 1);
  while (!isWorkday(next)) next = addDays(next, 1);
  expect(after).toMatchObject({ due: endOfDay(next).toISOString(), dueProvisional: false, version: before.version });
  expect(after.timeline.at(-1)).toMatchObject({ name: 'inspection.hazard.due_settled', data: { was: before.due, due: after.due } });
  const clock = await app.owner.query<{ ahead: boolean }>('select next_at < due as ahead from inspection.hazard where id = $1', [id]);
  expect(clock.rows).toEqual([{ ahead: true }]);
  // Once only, also in another process that starts later.
  await settleChore(() => app.registry.workflows).run(app.runtime);
  expect((await read()).timeline).toHaveLength(after.timeline.length);
});
