import { z } from 'zod';
import { ask } from '#kernel/field.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Unified social credit code (统一社会信用代码): 18 characters, the last one a check character mod 31 (GB 32100-2015). */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false;
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(code[i] ?? ''), 0);
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
}

export const siteKinds = {
  enterprise: { zh: '企业', en: 'Enterprise' },
  small: { zh: '九小场所', en: 'Small premises' },
  project: { zh: '工程项目', en: 'Construction project' },
  public: { zh: '人员密集场所', en: 'Crowded place' },
  facility: { zh: '设施', en: 'Facility' },
} as const;

export const siteKind = z.enum(['enterprise', 'small', 'project', 'public', 'facility']);

/** A supervised object (监管对象) as it is entered. `org` is the area (town or street) it lies in, `line` the industry line that regulates it. */
export const siteInput = z.object({
  id: z.uuid().meta({ hidden: true }),
  name: z.string().trim().min(2).max(120).meta(ask('名称', 'Name')),
  kind: siteKind.meta(ask('类别', 'Kind', { options: siteKinds })),
  creditCode: z
    .string()
    .trim()
    .toUpperCase()
    .refine(isCreditCode, { params: { rule: 'credit_code' } })
    .optional()
    .meta(ask('统一社会信用代码', 'Credit code')),
  industry: z
    .string()
    .regex(/^[A-T]?\d{0,4}$/)
    .optional()
    .meta(ask('国民经济行业代码', 'Industry (GB/T 4754)')),
  line: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{1,39}$/)
    .meta(ask('行业监管条线', 'Industry line', { widget: 'line' })),
  org: z.int().meta(ask('属地', 'Area', { widget: 'area' })),
  address: z.string().trim().min(2).max(200).meta(ask('地址', 'Address')),
  point: z
    .object({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54) })
    .optional()
    .meta(ask('位置', 'Position', { widget: 'place' })),
  level: z
    .int()
    .min(1)
    .max(4)
    .default(4)
    .meta(ask('风险等级', 'Risk level', { widget: 'level' })),
  headcount: z.int().min(0).max(1_000_000).optional().meta(ask('从业人数', 'Headcount')),
  principal: z.string().trim().max(40).optional().meta(ask('主要负责人', 'Principal')),
  phone: z
    .string()
    .regex(/^[\d-]{7,20}$/)
    .optional()
    .meta(ask('联系电话', 'Telephone', { personal: true })),
});

export const siteLine = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: siteKind,
  creditCode: z.string().nullable(),
  line: z.string(),
  org: z.number().int(),
  orgName: z.string(),
  address: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  level: z.number().int(),
  status: z.enum(['active', 'closed']),
  openHazards: z.number().int(),
});
export type SiteLine = z.output<typeof siteLine>;
