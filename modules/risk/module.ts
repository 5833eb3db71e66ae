import { z } from 'zod';
import { defineAction, defineModule, defineQuery } from '#kernel/contract.ts';
import { ask } from '#kernel/field.ts';
import type { Role } from '#kernel/permission.ts';
import { anyWorkflow } from '#kernel/workflow.ts';
import { assessment } from './assessment.workflow.ts';
import { installation, installationInput } from './installation.ts';
import { checkResult, checkResults, treeSchema } from './schema.ts';

const readers: readonly Role[] = ['officer', 'leader', 'enforcer', 'duty', 'grid', 'enterprise'];
const int = z.coerce.number().int();
const photos = z.array(z.uuid()).max(9);

const pointLine = z.object({
  id: z.uuid(),
  site: z.uuid(),
  siteName: z.string(),
  name: z.string(),
  type: z.string(),
  level: int.describe('residual, 1 red to 4 blue'),
  inherent: int,
  department: z.string().nullable(),
  keeper: z.string().nullable(),
  org: int,
  orgName: z.string(),
  version: int,
  assessedAt: z.string(),
  reassessDue: z.string(),
  overdue: z.boolean(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
});
export type PointLine = z.output<typeof pointLine>;

export const points = defineQuery({
  name: 'points',
  label: { zh: '风险点', en: 'Risk points' },
  by: readers,
  input: z.object({
    site: z.uuid().optional(),
    org: int.optional(),
    level: int.min(1).max(4).optional(),
    overdue: z.stringbool().optional(),
    text: z.string().trim().max(80).optional(),
    limit: int.min(1).max(200).default(50),
    offset: int.min(0).max(100_000).default(0),
  }),
  output: z.object({ items: z.array(pointLine), total: z.number(), byLevel: z.array(z.object({ level: int, count: int })) }),
});

export const point = defineQuery({
  name: 'point',
  label: { zh: '风险点详情', en: 'A risk point' },
  by: readers,
  input: z.object({ id: z.uuid(), version: int.min(1).optional() }),
  output: pointLine.extend({
    tree: treeSchema,
    versions: z.array(z.object({ version: int, at: z.string(), assessment: z.uuid(), reason: z.string() })),
  }),
});

const checkLine = z.object({
  id: z.uuid(),
  site: z.uuid(),
  siteName: z.string(),
  point: z.uuid(),
  pointName: z.string(),
  what: z.string(),
  level: int,
  role: z.string(),
  opens: z.string(),
  closes: z.string(),
  state: z.enum(['waiting', 'open', 'done', 'missed']),
  result: checkResult.nullable(),
  doneAt: z.string().nullable(),
  doneByName: z.string().nullable(),
});
export type CheckLine = z.output<typeof checkLine>;

/** Rounds of checking of one day (China), of what one may see. */
export const checks = defineQuery({
  name: 'checks',
  label: { zh: '排查任务', en: 'Checks' },
  by: readers,
  input: z.object({
    day: z.iso.date().optional().describe('without it, today'),
    site: z.uuid().optional(),
    state: z.enum(['open', 'done', 'missed']).optional(),
    limit: int.min(1).max(200).default(100),
    offset: int.min(0).max(100_000).default(0),
  }),
  output: z.object({
    items: z.array(checkLine),
    counts: z.object({ planned: int, done: int, missed: int, open: int }),
  }),
});

export const check = defineAction({
  name: 'check',
  label: { zh: '完成排查', en: 'Do a check' },
  by: ['enterprise'],
  input: z.object({
    id: z.uuid().meta(ask('排查任务', 'Check', { hidden: true })),
    result: checkResult.meta(ask('排查结果', 'Result', { options: checkResults })),
    note: z
      .string()
      .trim()
      .max(500)
      .optional()
      .meta(ask('情况说明', 'Note', { widget: 'textarea' })),
    photos: photos.optional().meta(ask('现场照片', 'Photos', { widget: 'photos' })),
    place: z
      .object({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54), accuracy: z.number().min(0).optional() })
      .optional()
      .meta(ask('坐标', 'Position', { widget: 'place' })),
  }),
  output: z.object({ id: z.uuid() }),
});

/** 运行效果 of one week, Monday to Sunday; the enterprise that is looked at does not see what makes it suspect. */
export const effects = defineQuery({
  name: 'effects',
  label: { zh: '双重预防运行效果', en: 'Running effect' },
  by: ['officer', 'leader', 'enforcer'],
  input: z.object({
    week: z.iso.date().optional().describe('any day of the week; without it, the last whole week'),
    org: int.optional(),
    limit: int.min(1).max(100).default(50),
    offset: int.min(0).max(100_000).default(0),
  }),
  output: z.object({
    from: z.string(),
    to: z.string(),
    items: z.array(
      z.object({
        site: z.uuid(),
        siteName: z.string(),
        planned: int,
        done: int,
        due: int,
        accepted: int,
        tasks: z.number(),
        hazards: z.number(),
        score: z.number(),
        grade: z.enum(['excellent', 'good', 'fair', 'poor']),
        /** How often each pretence was found: for a human to look at, it takes nothing off. */
        suspects: z.array(
          z.object({ what: z.enum(['burst', 'streak', 'reused', 'travel', 'copied']), count: int, checks: z.array(z.uuid()) }),
        ),
      }),
    ),
    total: z.number(),
  }),
});

export const installationSave = defineAction({
  name: 'installationSave',
  label: { zh: '登记重大危险源辨识', en: 'Record a major hazard identification' },
  by: ['enterprise', 'officer', 'enforcer'],
  input: installationInput,
  output: z.object({ id: z.uuid(), major: z.boolean(), grade: int.nullable(), r: z.number().nullable(), sum: z.number() }),
  because: ['GB 18218-2018', '《危险化学品重大危险源监督管理暂行规定》（安监总局令第40号）第七条'],
});

export const installations = defineQuery({
  name: 'installations',
  label: { zh: '重大危险源', en: 'Major hazard installations' },
  by: readers,
  input: z.object({
    site: z.uuid().optional(),
    org: int.optional(),
    grade: int.min(1).max(4).optional(),
    limit: int.min(1).max(200).default(100),
    offset: int.min(0).max(100_000).default(0),
  }),
  output: z.object({ items: z.array(installation), total: z.number() }),
});

export const promise = defineAction({
  name: 'promise',
  label: { zh: '发布安全承诺', en: 'Publish the daily safety commitment' },
  by: ['enterprise'],
  input: z.object({
    site: z.uuid().meta({ hidden: true }),
    running: z.int().min(0).max(999).meta(ask('运行装置（套）', 'Units running')),
    stopped: z.int().min(0).max(999).meta(ask('停产装置（套）', 'Units stopped')),
    specialWork: z.int().min(0).max(999).meta(ask('特殊作业（项）', 'Special operations')),
    level: z
      .int()
      .min(1)
      .max(4)
      .meta(ask('今日风险等级', 'Level of the day', { widget: 'level' })),
    words: z
      .string()
      .trim()
      .min(5)
      .max(500)
      .meta(ask('承诺内容', 'Commitment', { widget: 'textarea' })),
    by: z.string().trim().min(2).max(40).meta(ask('承诺人', 'Who commits')),
  }),
  output: z.object({ day: z.string() }),
});

export const promises = defineQuery({
  name: 'promises',
  label: { zh: '安全承诺', en: 'Daily safety commitments' },
  by: readers,
  input: z.object({ day: z.iso.date().optional(), site: z.uuid().optional(), limit: int.min(1).max(200).default(100) }),
  output: z.object({
    items: z.array(
      z.object({
        site: z.uuid(),
        siteName: z.string(),
        day: z.string(),
        running: int,
        stopped: int,
        specialWork: int,
        level: int,
        words: z.string(),
        by: z.string(),
        at: z.string(),
      }),
    ),
    /** Objects with a major hazard installation that have not committed themselves on that day. */
    missing: z.array(z.object({ site: z.uuid(), siteName: z.string() })),
  }),
});

export const riskModule = defineModule({
  name: 'risk',
  level: 2,
  title: { zh: '风险分级管控', en: 'Risk grading and control' },
  workflows: [anyWorkflow(assessment)],
  actions: [check, installationSave, promise],
  queries: [points, point, checks, effects, installations, promises],
  faults: {
    'risk.tree_invalid': {
      status: 422,
      text: { zh: '评价内容有 {count} 处需要修改', en: '{count} places of the assessment need correction' },
    },
    'risk.point_elsewhere': { status: 422, text: { zh: '该风险点不属于所选监管对象', en: 'This risk point belongs to another object' } },
    'risk.assessment_open': {
      status: 409,
      text: { zh: '该风险点已有评价在办：{code}', en: 'This risk point is being assessed already: {code}' },
    },
    'risk.no_tree': { status: 409, text: { zh: '还没有提交评价内容', en: 'Nothing was submitted yet' } },
    'risk.check_unknown': { status: 422, text: { zh: '没有这项排查任务，或您无权办理', en: 'No such check, or not yours' } },
    'risk.check_early': { status: 409, text: { zh: '该任务 {opens} 开始，尚不能填报', en: 'This check opens at {opens}' } },
    'risk.check_missed': {
      status: 409,
      text: { zh: '该任务已于 {closes} 截止，记为未排查', en: 'This check closed at {closes} and counts as missed' },
    },
    'risk.check_done': { status: 409, text: { zh: '该任务已完成', en: 'This check is done already' } },
    'risk.held_invalid': {
      status: 422,
      text: { zh: '第 {index} 行“{name}”无法计算：{what}', en: 'Line {index}, {name}, cannot be computed: {what}' },
    },
    'risk.officers_same': {
      status: 422,
      text: { zh: '三名包保责任人不得为同一人', en: 'The three responsible persons must be different people' },
    },
  },
});
