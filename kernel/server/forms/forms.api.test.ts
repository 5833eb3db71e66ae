import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Form } from '#kernel/form/form.ts';
import { newId } from '#kernel/id.ts';
import { fixture } from '#modules/org/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { uploadPhoto } from '#test/photo.ts';

let app: TestApp;
let admin: Client;
let officer: Client;
let grid: Client;
let outsider: Client;

beforeAll(async () => {
  app = await startTestApp();
  [admin, officer, grid, outsider] = (await Promise.all(
    (['sysadmin', 'quancheng-officer', 'quancheng-grid', 'baotu-officer'] as const).map((login) => app.as(login)),
  )) as [Client, Client, Client, Client];
});
afterAll(() => app.stop());

const words = (zh: string) => ({ zh, en: zh });

/** A checklist of two items: one scored, with a photo and a finding where it fails; one that is asked only then. */
const checklist = (id: string, version = 1): Form => ({
  id,
  version,
  title: words('商场消防检查表'),
  sections: [
    {
      key: 'exits',
      title: words('疏散通道'),
      items: [
        {
          key: 'exit_clear',
          kind: 'yesno',
          label: words('疏散通道是否畅通'),
          required: true,
          score: { full: 10 },
          mustPhoto: { when: ['fail'] },
          finding: { when: ['fail'], text: words('疏散通道被占用'), grade: 'general', clause: '《消防法》第二十八条' },
        },
        {
          key: 'blocked_by',
          kind: 'text',
          label: words('被何物占用'),
          required: true,
          when: { item: 'exit_clear', is: 'fail' },
        },
      ],
    },
  ],
});

const save = (form: Form, client = admin) => client.post('form.save', { input: { form } });
const publish = (id: string, version: number, client = admin) => client.post('form.publish', { input: { id, version } });
const code = (answer: { body: { fault?: { code: string } } }) => answer.body.fault?.code;

async function published(id: string): Promise<string> {
  expect((await save(checklist(id))).status).toBe(200);
  expect((await publish(id, 1)).status).toBe(200);
  return id;
}

async function hazard(): Promise<string> {
  const id = newId();
  const photo = await uploadPhoto(grid, 1);
  const answer = await grid.post('inspection.hazard.report', {
    id,
    input: { site: fixture.site, description: '疏散通道被占用', photos: [photo] },
  });
  expect(answer.status).toBe(200);
  return id;
}

describe('drawing up a form', () => {
  it('is a draft, seen by administrators alone, until it is published', async () => {
    const first = await save(checklist('draft-only'));
    expect(first.body).toMatchObject({ id: 'draft-only', version: 1, publishedAt: null, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(code(await officer.get('form.get', { id: 'draft-only', version: 1 }))).toBe('form.unknown');
    const listed = async (client: Client) =>
      (await client.get<{ items: { id: string }[] }>('form.list', { drafts: true })).body.items.map((one) => one.id);
    expect(await listed(admin)).toContain('draft-only');
    expect(await listed(officer)).not.toContain('draft-only');
    expect((await publish('draft-only', 1)).body).toMatchObject({ publishedAt: expect.any(String), hash: first.body.hash });
    expect(await listed(officer)).toContain('draft-only');
    expect((await officer.get('form.get', { id: 'draft-only' })).body).toMatchObject({
      version: 1,
      publishedByName: expect.stringMatching(/\p{Script=Han}/u),
      form: { title: { zh: '商场消防检查表' } },
    });
  });

  it('is the administrator’s work alone', async () => {
    expect(code(await save(checklist('foreign'), officer))).toBe('auth.forbidden');
    expect(code(await publish('foreign', 1, officer))).toBe('auth.forbidden');
  });

  it('a published version stays as it is: here, and in the database for everybody', async () => {
    const id = await published('frozen');
    const changed = { ...checklist(id), title: words('另一张表') };
    expect((await save(changed)).body.fault).toMatchObject({ code: 'form.published', details: { version: 1, next: 2 } });
    expect(code(await publish(id, 1))).toBe('form.published');
    for (const sql of [`update kernel.form set content = '{}' where id = 'frozen'`, `delete from kernel.form where id = 'frozen'`]) {
      await expect(app.owner.query(sql)).rejects.toMatchObject({ code: 'VG001' });
    }
    expect((await save({ ...changed, version: 2 })).status).toBe(200);
    expect((await publish(id, 2)).status).toBe(200);
    expect((await officer.get('form.get', { id })).body).toMatchObject({ version: 2, title: words('另一张表') });
    expect((await officer.get('form.get', { id, version: 1 })).body).toMatchObject({ version: 1, title: words('商场消防检查表') });
  });

  it('is published only when it is sound, and in order', async () => {
    const broken = checklist('broken');
    const [section] = broken.sections;
    if (section) section.items.push({ key: 'exit_clear', kind: 'text', label: words('重复') });
    expect((await save(broken)).status).toBe(200);
    expect((await publish('broken', 1)).body.fault).toMatchObject({
      code: 'form.invalid',
      details: { issues: expect.arrayContaining([expect.objectContaining({ code: 'form.key_twice' })]) },
    });
    expect(code(await save(checklist('leap', 3)))).toBe('form.version_order');
    expect(code(await publish('nothing', 1))).toBe('form.unknown');
    expect(code(await admin.post('form.save', { input: { form: { id: 'Bad Id' } } }))).toBe('input.invalid');
  });

  it('leaves in the ledger who did it and what proves the content', async () => {
    const id = await published('proven');
    const rows = await app.owner.query<{ name: string; data: Record<string, unknown> }>(
      `select name, data from kernel.event where name in ('form.save', 'form.publish') and data::text like '%proven%' order by seq`,
    );
    const { hash } = (await officer.get('form.get', { id })).body;
    expect(rows.rows.map((row) => [row.name, row.data.hash])).toEqual([
      ['form.save', hash],
      ['form.publish', hash],
    ]);
    expect(JSON.stringify(rows.rows)).not.toContain('疏散');
  });
});

describe('answering', () => {
  const answer = (client: Client, form: string, answers: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    client.post('form.answer', { input: { id: newId(), form, version: 1, answers, ...more } });
  type Listed = { items: { byName: string; score: { percent: number } | null; version: number }[] };

  it('scores, proposes what to report, and is seen by whoever may see the matter', async () => {
    const form = await published('answered');
    const subject = await hazard();
    const photo = await uploadPhoto(officer, 2);
    const given = { exit_clear: { value: 'fail', photos: [photo] }, blocked_by: { value: '纸箱' } };
    const said = await answer(officer, form, given, { subject });
    expect(said.body).toMatchObject({
      score: { score: 0, max: 10, percent: 0 },
      findings: [{ item: 'exit_clear', finding: { grade: 'general', clause: '《消防法》第二十八条' }, photos: [photo] }],
    });
    const seen = async (client: Client) => (await client.get<Listed>('form.answers', { subject })).body.items;
    expect(await seen(grid)).toMatchObject([{ byName: '白晓泉', score: { percent: 0 }, version: 1 }]);
    expect(await seen(outsider)).toEqual([]);
    expect((await grid.raw(`/api/files/${photo}`)).status).toBe(200);
    expect((await outsider.raw(`/api/files/${photo}`)).status).toBe(404);
  });

  it('keeps answers out of the ledger, and the result in it', async () => {
    const form = await published('personal');
    const subject = await hazard();
    await answer(officer, form, { exit_clear: { value: 'pass', note: '联系人张三 13800000000' } }, { subject });
    const rows = await app.owner.query<{ data: unknown }>(`select data from kernel.event where name = 'form.answer' and subject = $1`, [
      subject,
    ]);
    expect(rows.rows).toMatchObject([{ data: { form, version: 1, percent: 100 } }]);
    expect(JSON.stringify(rows.rows)).not.toContain('张三');
  });

  it('names every answer that is wrong', async () => {
    const form = await published('checked');
    const wrong = await answer(officer, form, { exit_clear: { value: 'fail' }, unknown: { value: 'x' } });
    expect(wrong.body.fault).toMatchObject({ code: 'form.answers_invalid', details: { count: 3 } });
    const issues = (wrong.body.fault?.details.issues ?? []) as { item: string; code: string }[];
    expect(issues.map((one) => `${one.item} ${one.code}`).sort()).toEqual([
      'blocked_by form.answer_missing',
      'exit_clear form.photos_missing',
      'unknown form.answer_unknown',
    ]);
  });

  it('takes no file that is not there or not to be seen, no draft, no unknown subject, no id twice', async () => {
    const form = await published('careful');
    const foreign = await uploadPhoto(outsider, 3);
    for (const photo of [foreign, newId(), 'nonsense']) {
      const given = { exit_clear: { value: 'fail', photos: [photo] }, blocked_by: { value: '纸箱' } };
      expect(code(await answer(officer, form, given))).toBe('file.missing');
    }
    const good = { exit_clear: { value: 'pass' } };
    await save(checklist('unpublished'));
    expect(code(await answer(officer, 'unpublished', good))).toBe('form.unknown');
    expect(code(await answer(officer, form, good, { subject: newId() }))).toBe('form.subject_unknown');
    expect(code(await answer(outsider, form, good, { subject: await hazard() }))).toBe('form.subject_unknown');
    const id = newId();
    expect((await answer(officer, form, good, { id })).status).toBe(200);
    expect(code(await answer(officer, form, good, { id }))).toBe('form.answered_already');
    expect(code(await answer(admin, form, good))).toBe('auth.forbidden');
  });
});
