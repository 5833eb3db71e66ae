import { z } from 'zod';
import { ask } from '#kernel/field.ts';

const name = (max: number) => z.string().trim().min(1).max(max);
const held = z.strictObject({
  name: name(120),
  cas: z
    .string()
    .regex(/^\d{2,7}-\d{2}-\d$/)
    .optional(),
  /** Tonnes; of tanks the design maximum. */
  amount: z.number().positive().max(10_000_000),
  categories: z.array(z.string().max(6)).max(8).optional(),
});

/** 包保责任 (应急厅〔2021〕12号): overall, technical, operation; inspection at least quarterly, monthly, weekly. */
export const officers = {
  principal: { zh: '主要负责人', en: 'Principal' },
  technical: { zh: '技术负责人', en: 'Technical head' },
  operation: { zh: '操作负责人', en: 'Operations head' },
} as const;
const officer = z.strictObject({
  name: name(40),
  phone: z
    .string()
    .regex(/^[\d-]{7,20}$/)
    .optional(),
});

/** One unit (单元) of a plant, with what it holds, by GB 18218-2018. */
export const installationInput = z.object({
  id: z.uuid().meta({ hidden: true }),
  site: z.uuid().meta(ask('监管对象', 'Supervised object', { widget: 'site' })),
  name: name(100).meta(ask('单元名称', 'Unit')),
  type: z.enum(['production', 'storage']).meta(
    ask('单元类型', 'Kind of unit', {
      options: { production: { zh: '生产单元', en: 'Production' }, storage: { zh: '储存单元', en: 'Storage' } },
    }),
  ),
  held: z.array(held).min(1).max(100).meta(ask('危险化学品', 'Hazardous chemicals')),
  people: z.int().min(0).max(1_000_000).meta(ask('厂界外 500 米内常住人口', 'People within 500 m of the border')),
  officers: z
    .strictObject({ principal: officer, technical: officer, operation: officer })
    .optional()
    .meta(ask('包保责任人', 'Responsible persons', { personal: true })),
  filedNo: z.string().trim().max(60).optional().meta(ask('备案编号', 'Filing number')),
});

const step = z.object({
  name: z.string(),
  amount: z.number(),
  limit: z.number(),
  limitFrom: z.enum(['table1', 'table2']),
  beta: z.number(),
  betaFrom: z.enum(['table3', 'table4', 'none']),
  share: z.number(),
  weighted: z.number(),
});

export const installation = z.object({
  id: z.uuid(),
  site: z.uuid(),
  siteName: z.string(),
  orgName: z.string(),
  name: z.string(),
  type: z.enum(['production', 'storage']),
  held: z.array(held),
  people: z.int(),
  standard: z.string(),
  steps: z.array(step),
  sum: z.number(),
  major: z.boolean(),
  alpha: z.number(),
  r: z.number().nullable(),
  grade: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullable(),
  /** Names without telephone numbers. */
  officers: z.record(z.string(), z.string()).nullable(),
  filedNo: z.string().nullable(),
  assessedAt: z.string(),
  /** 总局令40号: anew every three years and on change. */
  reassessDue: z.string(),
});
export type Installation = z.output<typeof installation>;
