import { z } from 'zod';
import { defineAction } from '#kernel/contract.ts';
import { ask } from '#kernel/field.ts';
import type { Role } from '#kernel/permission.ts';
import { roles } from '#kernel/permission.ts';
import { committeeDuties, committeeDuty, instant, roleName, words } from './schema.ts';

/**
 * GB/T 22239-2019 splits administration: the system administrator configures the system and its users' identities
 * (8.1.5.1 b 用户身份、系统资源配置), the security administrator authorises them (8.1.5.3 b 对主体进行授权). So units, people
 * and committees are kept by the one, posts (which carry every right) are given and ended by the other. Neither can let
 * himself in alone: it takes one to make a person and another to give that person a post.
 */
const keeper: readonly Role[] = ['sysadmin'];
const authoriser: readonly Role[] = ['secadmin'];
const system = ['GB/T 22239-2019 8.1.5.1'] as const;
const security = ['GB/T 22239-2019 8.1.5.3'] as const;

const unitId = z.int().min(1).max(2_147_483_647);
const line = z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/);
const phone = z.string().regex(/^\+?[0-9-]{5,20}$/);
const reason = words(200).meta(ask('原因', 'Reason'));

export const unitSave = defineAction({
  name: 'unitSave',
  label: { zh: '登记单位', en: 'Save unit' },
  by: keeper,
  because: system,
  input: z.object({
    id: unitId.optional().meta({ hidden: true }),
    code: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/)
      .meta(ask('单位编码', 'Code')),
    name: words(80).meta(ask('单位名称', 'Name')),
    short: words(30).meta(ask('简称', 'Short name')),
    kind: z
      .string()
      .regex(/^[a-z_]{2,30}$/)
      .meta(ask('单位类型', 'Kind')),
    parent: unitId.meta(ask('上级单位', 'Parent', { widget: 'unit' })),
    territorial: z.boolean().default(false).meta(ask('区域单位（区县、功能区、镇街）', 'Territorial unit (district, zone, town)')),
    division: z.string().max(12).optional().meta(ask('区划代码', 'Division code')),
    lines: z
      .array(line)
      .max(40)
      .default([])
      .meta(ask('监管的行业领域', 'Lines', { widget: 'line', help: { zh: '非行业部门不填', en: 'Empty unless an industry department' } })),
    overall: z.boolean().default(false).meta(ask('综合监管（全部行业领域）', 'Answers for every line')),
    ordering: z.int().min(0).max(9999).default(100).meta(ask('排序', 'Order')),
    phone: phone.optional().meta(ask('值班电话', 'Duty telephone')),
  }),
  output: z.object({ id: z.number() }),
});

export const unitClose = defineAction({
  name: 'unitClose',
  label: { zh: '撤销单位', en: 'Close unit' },
  by: keeper,
  because: system,
  danger: true,
  input: z.object({ id: unitId.meta({ hidden: true }), reason }),
  output: z.object({ id: z.number() }),
});

export const personSave = defineAction({
  name: 'personSave',
  label: { zh: '登记人员', en: 'Save person' },
  by: keeper,
  because: system,
  input: z.object({
    id: z.uuid().meta({ hidden: true }),
    name: words(30).meta(ask('姓名', 'Name')),
    title: z.string().trim().max(40).default('').meta(ask('职务（无岗位时显示）', 'Title shown without a post')),
    phone: phone
      .nullable()
      .optional()
      .meta(ask('手机号码', 'Telephone', { personal: true })),
    org: unitId.meta(ask('所在区域', 'Area', { widget: 'area' })),
    party: z
      .uuid()
      .optional()
      .meta(ask('所属企业', 'Enterprise', { widget: 'site' })),
  }),
  output: z.object({ id: z.uuid() }),
});

export const personLeave = defineAction({
  name: 'personLeave',
  label: { zh: '人员离职', en: 'Person leaves' },
  by: keeper,
  because: system,
  danger: true,
  input: z.object({ id: z.uuid().meta({ hidden: true }), reason }),
  output: z.object({ id: z.uuid(), posts: z.number() }),
});

export const postGive = defineAction({
  name: 'postGive',
  label: { zh: '任岗授权', en: 'Give post' },
  by: authoriser,
  because: security,
  input: z.object({
    person: z.uuid().meta(ask('人员', 'Person', { widget: 'person' })),
    unit: unitId.optional().meta(ask('单位', 'Unit', { widget: 'unit' })),
    party: z
      .uuid()
      .optional()
      .meta(
        ask('企业', 'Enterprise', { widget: 'site', help: { zh: '仅企业安全管理人员填写', en: 'For safety managers of enterprises' } }),
      ),
    title: words(40).meta(ask('职务', 'Title')),
    role: roleName.meta(ask('角色', 'Role', { options: roles })),
    scope: unitId
      .optional()
      .meta(ask('管辖范围', 'Scope', { widget: 'area', help: { zh: '不选则为单位所在区域', en: "Empty: the unit's area" } })),
    lines: z
      .array(line)
      .max(40)
      .nullable()
      .optional()
      .meta(ask('行业领域', 'Lines', { widget: 'line', help: { zh: '不选则与单位职责一致', en: "Left out: the unit's lines" } })),
    main: z.boolean().default(false).meta(ask('主要岗位', 'Main post')),
    from: instant.optional().meta(ask('自', 'From')),
    to: instant.optional().meta(ask('至', 'Until')),
  }),
  output: z.object({ id: z.uuid() }),
});

export const postEnd = defineAction({
  name: 'postEnd',
  label: { zh: '免去岗位', en: 'End post' },
  by: authoriser,
  because: security,
  danger: true,
  input: z.object({ id: z.uuid().meta({ hidden: true }), reason, at: instant.optional().meta(ask('自何时起', 'From when')) }),
  output: z.object({ id: z.uuid() }),
});

export const committeeSave = defineAction({
  name: 'committeeSave',
  label: { zh: '调整成员单位', en: 'Save members' },
  by: keeper,
  because: system,
  input: z.object({
    committee: unitId.meta(ask('议事协调机构', 'Committee', { widget: 'unit' })),
    members: z
      .array(
        z.object({
          unit: unitId.meta(ask('单位', 'Unit', { widget: 'unit' })),
          duty: committeeDuty.meta(ask('职责', 'Duty', { options: committeeDuties })),
          person: z
            .uuid()
            .optional()
            .meta(ask('人员', 'Person', { widget: 'person' })),
        }),
      )
      .min(1)
      .max(200),
  }),
  output: z.object({ members: z.number() }),
});
