import { z } from 'zod';
import { defineAction, defineModule, defineQuery } from '#kernel/contract.ts';
import { ask } from '#kernel/field.ts';
import type { Role } from '#kernel/permission.ts';
import { siteInput, siteKind, siteLine } from './schema.ts';

const keepers: readonly Role[] = ['officer', 'leader', 'enforcer'];
const readers: readonly Role[] = ['officer', 'leader', 'enforcer', 'duty', 'grid', 'enterprise'];
const int = z.coerce.number().int();

export const save = defineAction({
  name: 'save',
  label: { zh: '登记监管对象', en: 'Register supervised object' },
  by: keepers,
  input: siteInput,
  output: z.object({ id: z.uuid() }),
  because: ['《山东省安全生产条例》第四十条'],
});

export const close = defineAction({
  name: 'close',
  label: { zh: '注销监管对象', en: 'Close supervised object' },
  by: keepers,
  input: z.object({ id: z.uuid().meta({ hidden: true }), reason: z.string().trim().min(2).max(200).meta(ask('注销原因', 'Reason')) }),
  output: z.object({ id: z.uuid() }),
  danger: true,
});

export const list = defineQuery({
  name: 'list',
  label: { zh: '监管对象', en: 'Supervised objects' },
  by: readers,
  input: z.object({
    text: z.string().trim().max(80).optional(),
    org: int.optional(),
    line: z.string().max(40).optional(),
    kind: siteKind.optional(),
    level: int.min(1).max(4).optional(),
    status: z.enum(['active', 'closed']).default('active'),
    limit: int.min(1).max(200).default(50),
    offset: int.min(0).max(1_000_000).default(0),
  }),
  output: z.object({ items: z.array(siteLine), total: z.number() }),
});

export const search = defineQuery({
  name: 'search',
  label: { zh: '查找监管对象', en: 'Find supervised object' },
  by: readers,
  input: z.object({ text: z.string().trim().max(80).default(''), limit: int.min(1).max(50).default(20) }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        address: z.string(),
        org: z.number(),
        orgName: z.string(),
        lng: z.number().nullable(),
        lat: z.number().nullable(),
      }),
    ),
  }),
});

export const get = defineQuery({
  name: 'get',
  label: { zh: '一企一档', en: 'Supervised object' },
  by: readers,
  input: z.object({ id: z.uuid() }),
  output: siteLine.extend({
    industry: z.string().nullable(),
    headcount: z.number().nullable(),
    principal: z.string().nullable(),
    phoneMasked: z.string().nullable(),
    madeAt: z.string(),
    mayEdit: z.boolean(),
  }),
});

export const contact = defineQuery({
  name: 'contact',
  label: { zh: '查看联系方式', en: 'Contact details' },
  by: ['officer', 'leader', 'enforcer', 'duty'],
  input: z.object({ id: z.uuid() }),
  output: z.object({ principal: z.string().nullable(), phone: z.string().nullable() }),
  personal: true,
});

export const siteModule = defineModule({
  name: 'site',
  level: 1,
  title: { zh: '监管对象', en: 'Supervised objects' },
  actions: [save, close],
  queries: [list, search, get, contact],
  events: {
    moved: { zh: '监管对象划入', en: 'An object has come to the area' },
    exported: { zh: '导出监管对象', en: 'Supervised objects exported' },
  },
  faults: {
    'site.unknown': { status: 422, text: { zh: '没有这个监管对象，或您无权办理', en: 'No such supervised object, or not yours' } },
    'site.code_taken': {
      status: 409,
      text: { zh: '该统一社会信用代码已登记为“{name}”', en: 'This credit code is already registered as {name}' },
    },
    'site.export_too_many': {
      status: 422,
      text: {
        zh: '共 {count} 条，超过该格式上限 {limit} 条，请缩小范围或改用 CSV',
        en: '{count} rows, more than {limit}; narrow the list or choose CSV',
      },
    },
    'site.open_matters': {
      status: 409,
      text: { zh: '还有 {count} 项未办结事项，不能注销', en: '{count} open matters; it cannot be closed' },
    },
  },
});
