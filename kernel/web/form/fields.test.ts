import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask } from '../../field.ts';
import { ApiFault } from '../api-fault.ts';
import { fieldsOf, findField, startsOf } from './fields.ts';
import { badOf, badOfFault, cleaned } from './issues.ts';

const kinds = { fire: { zh: '火灾', en: 'Fire' }, flood: { zh: '洪水', en: 'Flood' } };
const schema = z.object({
  id: z.uuid().meta({ hidden: true }),
  title: z.string().trim().min(2).max(60).meta(ask('标题', 'Title')),
  text: z.string().trim().max(500).optional().meta(ask('说明', 'Text')),
  kind: z.enum(['fire', 'flood']).meta(ask('类别', 'Kind', { options: kinds })),
  count: z
    .int()
    .min(1)
    .default(1)
    .meta(ask('数量', 'Count', { unit: { zh: '处', en: 'places' } })),
  owner: z
    .uuid()
    .meta(ask('承办人', 'Owner', { widget: 'person' }))
    .optional(),
  level: z
    .int()
    .min(1)
    .max(4)
    .nullable()
    .meta(ask('等级', 'Level', { widget: 'level' })),
  photos: z
    .array(z.uuid())
    .min(1)
    .max(9)
    .meta(ask('照片', 'Photos', { widget: 'photos' })),
  at: z.iso.datetime({ offset: true }).meta(ask('时间', 'Time')),
  rows: z.array(z.object({ name: z.string().min(1).meta(ask('名称', 'Name')) })).meta(ask('清单', 'Rows')),
});

describe('fieldsOf', () => {
  const fields = fieldsOf(schema);
  const byName = (name: string) => fields.find((field) => field.name === name);

  it('reads labels, looks and what is required, in the declared order, without hidden fields', () => {
    expect(fields.map((field) => [field.name, field.look, field.required])).toEqual([
      ['title', 'text', true],
      ['text', 'textarea', false],
      ['kind', 'enum', true],
      ['count', 'number', false],
      ['owner', 'person', false],
      ['level', 'level', false],
      ['photos', 'photos', true],
      ['at', 'datetime', true],
      ['rows', 'list', true],
    ]);
  });

  it('reads words, units, bounds and what is filled in', () => {
    expect(byName('kind')?.options?.[0]).toEqual({ value: 'fire', label: kinds.fire });
    expect(byName('count')).toMatchObject({ initial: 1, unit: { zh: '处', en: 'places' }, limits: { min: 1, whole: true } });
    expect(byName('count')?.limits.max).toBeUndefined();
    expect(byName('photos')?.limits).toEqual({ minItems: 1, maxItems: 9 });
    expect(findField(fields, ['rows', 0, 'name'])?.label.zh).toBe('名称');
  });
});

describe('what is wrong, in words', () => {
  const fields = fieldsOf(schema);
  const wordsFor = (values: Record<string, unknown>) => {
    const parsed = schema.safeParse(values);
    return parsed.success ? {} : Object.fromEntries(badOf(parsed.error, fields, values).map((bad) => [bad.path.join('.'), bad.words]));
  };

  it('says what to do for each kind of mistake', () => {
    const said = wordsFor({ title: '短', kind: 'x', photos: [], at: 'gestern', level: 9, count: 0, rows: [{ name: '' }] });
    expect(said).toMatchObject({
      title: '标题至少 2 个字',
      kind: '类别不在可选范围内',
      photos: '请上传照片',
      at: '时间格式不正确',
      level: '等级不能大于 4',
      count: '数量不能小于 1',
      'rows.0.name': '请填写名称',
    });
  });

  it('asks for what is missing by the kind of field', () => {
    expect(wordsFor({})).toMatchObject({ title: '请填写标题', kind: '请选择类别', photos: '请上传照片', at: '请选择时间' });
  });

  it("says the same of the server's refusals", () => {
    const issues = [{ path: 'title', code: 'too_big', params: { maximum: 60, origin: 'string' } }];
    const error = new ApiFault('input.invalid', { count: 1, issues }, 'r', 422);
    expect(badOfFault(error, fields, { title: '长'.repeat(61) })).toEqual([
      { path: ['title'], label: '标题', words: '标题最多 60 个字，现有 61 个' },
    ]);
  });
});

describe('cleaned', () => {
  it('leaves out what was left empty', () => {
    expect(cleaned({ a: ' ', b: null, c: [], d: [''], e: 0, f: false, g: { h: '' }, i: 'x' })).toEqual({ e: 0, f: false, g: {}, i: 'x' });
  });
});

it('starts with the defaults, also inside groups and in the one row a list must have', () => {
  const row = z.object({ n: z.int().default(2), words: z.string().optional() });
  const shape = z.object({
    mode: z
      .enum(['a', 'b'])
      .default('a')
      .meta(ask('方式', 'Mode', { options: { a: kinds.fire, b: kinds.flood } })),
    inner: row.optional().meta(ask('组', 'Group')),
    rows: z.array(row).min(1).meta(ask('行', 'Rows')),
    more: z.array(row).optional().meta(ask('更多', 'More')),
    text: z.string().optional().meta(ask('说明', 'Text')),
  });
  expect(startsOf(fieldsOf(shape))).toEqual({ mode: 'a', inner: { n: 2 }, rows: [{ n: 2 }], more: [] });
});
