import type { Form } from '#kernel/form/form.ts';
import { newId } from '#kernel/id.ts';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { fixture, type Login } from '#modules/org/fixture.ts';
import type { TestApp } from '#test/app.ts';
import { uploadPhoto } from '#test/photo.ts';

export const kind = 'inspection.hazard';
export const pageOf = (id: string): string => `/m/inspection-hazard/${id}`;

/** One step of a hazard through the API, for what a journey finds already done. @throws Error when it is refused */
export async function step(app: TestApp, login: Login, action: string, id: string, input: Record<string, unknown> = {}): Promise<void> {
  const answer = await (await app.as(login)).post(`${kind}.${action}`, { id, input });
  if (answer.status !== 200) throw new Error(`${login} ${action}: ${JSON.stringify(answer.body)}`);
}

let photos = 100;

/** A hazard found by the grid worker of 泉城路街道, by default in the fixture's shop. @returns its id */
export async function found(app: TestApp, description: string, input: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  const photo = await uploadPhoto(await app.as('quancheng-grid'), photos++);
  await step(app, 'quancheng-grid', 'report', id, { site: fixture.site, description, photos: [photo], ...input });
  return id;
}

/** The same, already with the shop's manager or with whom `input` names. */
export async function assigned(app: TestApp, description: string, input: Record<string, unknown> = {}): Promise<string> {
  const id = await found(app, description);
  await step(app, 'quancheng-officer', 'assign', id, { requirement: '立即整改', ...input });
  return id;
}

/** Rectified and handed in by `login`. */
export async function submit(app: TestApp, login: Login, id: string): Promise<void> {
  const photo = await uploadPhoto(await app.as(login), photos++);
  await step(app, login, 'submit', id, { measures: '已整改到位', photos: [photo] });
}

export async function read(app: TestApp, login: Login, id: string): Promise<MatterRecord> {
  return (await (await app.as(login)).get<MatterRecord>('matter.get', { kind, id })).body;
}

/** A form that is in force. @throws Error when it is refused */
export async function publishForm(app: TestApp, form: Form): Promise<void> {
  const admin = await app.as('sysadmin');
  for (const [name, input] of [['form.save', { form }] as const, ['form.publish', { id: form.id, version: form.version }] as const]) {
    const answer = await admin.post(name, { input });
    if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
  }
}
