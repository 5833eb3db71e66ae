import { z } from 'zod';
import { defineAction, defineModule, defineQuery } from '#kernel/contract.ts';
import { ask } from '#kernel/field.ts';
import type { Role } from '#kernel/permission.ts';
import { registerLine, side, sides } from './schema.ts';

const readers: readonly Role[] = ['officer', 'leader', 'enforcer', 'duty', 'grid'];
const keepers: readonly Role[] = ['leader', 'officer'];
const int = z.coerce.number().int();
const page = { limit: int.min(1).max(200).default(50), offset: int.min(0).max(1_000_000).default(0) };

export const assign = defineAction({
  name: 'assign',
  label: { zh: '明确监管责任人', en: 'Name the responsible official' },
  by: keepers,
  because: ['《安全生产法》第三条', '《山东省安全生产条例》第五条'],
  input: z.object({
    id: z.uuid().meta({ hidden: true }),
    site: z.uuid().meta(ask('监管对象', 'Supervised object', { widget: 'site' })),
    side: side.meta(ask('监管类别', 'Side', { options: sides })),
    unit: z.int().meta(ask('监管单位', 'Unit', { widget: 'unit' })),
    official: z.uuid().meta(ask('责任人', 'Official', { widget: 'person' })),
    item: z.string().min(1).max(60).meta(ask('履职事项', 'Duty item')),
  }),
  output: z.object({ id: z.uuid() }),
});

export const end = defineAction({
  name: 'end',
  label: { zh: '终止监管责任', en: 'End responsibility' },
  by: keepers,
  danger: true,
  input: z.object({ id: z.uuid().meta({ hidden: true }), reason: z.string().trim().min(2).max(200).meta(ask('终止原因', 'Reason')) }),
  output: z.object({ id: z.uuid() }),
});

export const register = defineQuery({
  name: 'register',
  label: { zh: '实名制监管台账', en: 'Real-name supervision register' },
  by: readers,
  input: z.object({
    site: z.uuid().optional(),
    unit: int.optional(),
    official: z.uuid().optional(),
    side: side.optional(),
    org: int.optional(),
    text: z.string().trim().max(80).optional(),
    ...page,
  }),
  output: z.object({ items: z.array(registerLine), total: z.number() }),
});

/** Objects for which nobody answers on one side: no line at all, or the named official no longer holds a post in that unit. */
export const orphans = defineQuery({
  name: 'orphans',
  label: { zh: '监管盲区', en: 'Orphans' },
  by: readers,
  input: z.object({ org: int.optional(), side: side.optional(), ...page }),
  output: z.object({
    items: z.array(
      z.object({
        site: z.uuid(),
        siteName: z.string(),
        org: z.number(),
        orgName: z.string(),
        line: z.string(),
        side,
        why: z.enum(['none', 'left']),
        officialName: z.string().nullable(),
      }),
    ),
    total: z.number(),
  }),
});

/** Objects for which two units answer on the same side: supervision crosses. */
export const overlaps = defineQuery({
  name: 'overlaps',
  label: { zh: '监管交叉', en: 'Overlaps' },
  by: readers,
  input: z.object({ org: int.optional(), ...page }),
  output: z.object({
    items: z.array(
      z.object({
        site: z.uuid(),
        siteName: z.string(),
        org: z.number(),
        orgName: z.string(),
        side,
        units: z.array(z.string()),
        officials: z.array(z.string()),
      }),
    ),
    total: z.number(),
  }),
});

export const items = defineQuery({
  name: 'items',
  label: { zh: '履职事项目录', en: 'Duty items' },
  by: readers,
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ id: z.string(), side, title: z.string(), basis: z.string(), beat: z.string() })) }),
});

export const dutyModule = defineModule({
  name: 'duty',
  level: 2,
  title: { zh: '责任', en: 'Duties' },
  actions: [assign, end],
  queries: [register, orphans, overlaps, items],
  events: {
    orphaned: { zh: '监管对象责任人空缺', en: 'Nobody answers for an object' },
    outdated: { zh: '监管责任随迁移终止', en: 'Responsibility ended by a move' },
  },
  faults: {
    'duty.unknown_item': { status: 422, text: { zh: '没有这个履职事项：{item}', en: 'No such duty item: {item}' } },
    'duty.not_in_unit': { status: 422, text: { zh: '所选责任人不在该单位任职', en: 'The official chosen holds no post in that unit' } },
    'duty.unit_apart': {
      status: 422,
      text: {
        zh: '该单位不是此监管对象的属地政府（街道），也不是其行业领域（{line}）的主管部门',
        en: "The unit is neither a government of the object's area nor a department of its line ({line})",
      },
    },
    'duty.taken': {
      status: 409,
      text: { zh: '该单位对此对象的该项职责已有责任人：{name}', en: 'That duty already has an official: {name}' },
    },
    'duty.unknown': { status: 404, text: { zh: '没有这条责任登记', en: 'No such line in the register' } },
  },
});
