import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { controlLevels, directMajor, gradingTables } from './grading-tables.ts';

/** 风险点类型 (DB37/T 2882): places and equipment, jobs, or both. */
export const pointTypes = {
  facility: { zh: '设施、部位、场所、区域', en: 'Facility, part, place, area' },
  activity: { zh: '作业活动', en: 'Job' },
  combined: { zh: '组合', en: 'Both' },
} as const;

/** 辨识方法: job hazard analysis for jobs, safety check list for equipment, HAZOP for processes. */
export const identifyMethods = {
  jha: { zh: '工作危害分析（JHA）', en: 'Job hazard analysis (JHA)' },
  scl: { zh: '安全检查表分析（SCL）', en: 'Safety check list (SCL)' },
  hazop: { zh: '危险与可操作性分析（HAZOP）', en: 'HAZOP' },
} as const;

/** 控制措施 in the order in which they are to be chosen (DB37/T 2882). */
export const measureKinds = {
  engineering: { zh: '工程技术措施', en: 'Engineering' },
  management: { zh: '管理措施', en: 'Management' },
  training: { zh: '培训教育措施', en: 'Training' },
  protection: { zh: '个体防护措施', en: 'Personal protection' },
  emergency: { zh: '应急处置措施', en: 'Emergency response' },
} as const;

/** classify2 of the national exchange model (T_AQFXGKCS); the first figure is classify1. */
export const measureClasses = {
  '1-1': { zh: '工程技术·工艺控制', en: 'Process control' },
  '1-2': { zh: '工程技术·关键设备/部件', en: 'Key equipment' },
  '1-3': { zh: '工程技术·安全附件', en: 'Safety accessories' },
  '1-4': { zh: '工程技术·安全仪表', en: 'Safety instruments' },
  '1-5': { zh: '工程技术·其他', en: 'Engineering, other' },
  '2-1': { zh: '维护保养·动设备', en: 'Upkeep, moving equipment' },
  '2-2': { zh: '维护保养·静设备', en: 'Upkeep, static equipment' },
  '3-1': { zh: '操作行为·人员资质', en: 'Conduct, qualification' },
  '3-2': { zh: '操作行为·操作记录', en: 'Conduct, operating records' },
  '3-3': { zh: '操作行为·交接班', en: 'Conduct, hand-over' },
  '4-1': { zh: '应急措施·应急设施', en: 'Emergency, facilities' },
  '4-2': { zh: '应急措施·个体防护', en: 'Emergency, protection' },
  '4-3': { zh: '应急措施·消防设施', en: 'Emergency, fire fighting' },
  '4-4': { zh: '应急措施·应急预案', en: 'Emergency, plans' },
  '4-5': { zh: '应急措施·其他', en: 'Emergency, other' },
} as const;

export const cycleUnits = {
  hour: { zh: '小时', en: 'hours' },
  day: { zh: '天', en: 'days' },
  month: { zh: '月', en: 'months' },
  year: { zh: '年', en: 'years' },
} as const;
export const cycleDays = {
  every: { zh: '每天', en: 'Every day' },
  work: { zh: '法定工作日', en: 'Working days' },
  rest: { zh: '非工作日', en: 'Days off' },
} as const;

/** workType: whose task it is; the three are the persons answering for a major hazard installation (包保责任人). */
export const taskRoles = {
  daily: { zh: '日常任务', en: 'Daily' },
  principal: { zh: '主要负责人任务', en: 'Principal' },
  technical: { zh: '技术负责人任务', en: 'Technical head' },
  operation: { zh: '操作负责人任务', en: 'Operations head' },
} as const;

/** Why an assessment is made: the first, the yearly, or one of the changes that demand it. */
export const assessmentReasons = {
  first: { zh: '首次评价', en: 'First' },
  periodic: { zh: '定期评价', en: 'Periodic' },
  process: { zh: '工艺、设备、材料变更', en: 'Process, equipment or material changed' },
  law: { zh: '法规标准变更', en: 'Law or standard changed' },
  accident: { zh: '发生事故或险情', en: 'Accident or near miss' },
  organisation: { zh: '组织机构变更', en: 'Organisation changed' },
  hazard: { zh: '隐患反复出现', en: 'Recurring hazard' },
} as const;

const keys = <T extends Record<string, unknown>>(of: T) => Object.keys(of) as [keyof T & string, ...(keyof T & string)[]];
export const words = (max: number) => z.string().trim().min(1).max(max);
const node = { id: z.uuid(), name: words(200) };
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

export const cycleSchema = z.strictObject({
  every: z.int().min(1).max(366),
  unit: z.enum(keys(cycleUnits)),
  days: z.enum(keys(cycleDays)),
  from: z.iso.date(),
  workFrom: clock.optional(),
  workTo: clock.optional(),
  role: z.enum(keys(taskRoles)),
  /** Number of the item in the list of duties of a responsible person (主要 1–9, 技术 1–9, 操作 1–10). */
  item: z.int().min(1).max(10).optional(),
});

export const measureSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(keys(measureKinds)),
  class: z.enum(keys(measureClasses)).optional(),
  content: words(4000),
  /** What is looked at (troubleshootContent); without it nothing is checked. */
  check: words(1000).optional(),
  /** dataSrc 1: watched by instruments instead of being checked by hand. */
  automatic: z.boolean().default(false),
  cycle: cycleSchema.optional(),
});

const factors = z.record(z.string().max(4), z.number());

export const eventSchema = z.strictObject({
  ...node,
  consequence: words(500).optional(),
  /** The version of the grading table, e.g. `lec-2016`. */
  table: z.enum(gradingTables.map((table) => table.version) as [string, ...string[]]),
  /** Without and with the measures in force (固有、残余). */
  inherent: factors,
  residual: factors,
  direct: z.array(z.enum(keys(directMajor))).max(5),
  control: z.enum(keys(controlLevels)),
  measures: z.array(measureSchema).max(60),
});

export const unitSchema = z.strictObject({
  ...node,
  method: z.enum(keys(identifyMethods)),
  events: z.array(eventSchema).min(1).max(40),
});

/** All of one risk point, as it is assessed, stored as one version and never changed afterwards. */
export const treeSchema = z.strictObject({
  name: words(100),
  type: z.enum(keys(pointTypes)),
  place: words(200).optional(),
  department: words(60).optional(),
  keeper: words(40).optional(),
  point: z.strictObject({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54) }).optional(),
  /** 专项管控方案, demanded for major and larger risks. */
  plan: words(4000).optional(),
  units: z.array(unitSchema).min(1).max(40),
});

export type Tree = z.output<typeof treeSchema>;
export type Unit = Tree['units'][number];
export type RiskEvent = Unit['events'][number];
export type Measure = RiskEvent['measures'][number];
export type CheckCycle = z.output<typeof cycleSchema>;

export const assessmentRow = z.object({
  riskPoint: z.uuid().meta({ hidden: true }),
  site: z.uuid().meta(ask('监管对象', 'Supervised object', { widget: 'site' })),
  reason: z.enum(keys(assessmentReasons)).meta(ask('评价原因', 'Reason', { options: assessmentReasons })),
  explain: z
    .string()
    .nullable()
    .meta(ask('情况说明', 'Explanation', { widget: 'textarea' })),
  inherentLevel: z
    .int()
    .nullable()
    .meta(ask('固有风险', 'Inherent level', { widget: 'level' })),
  residualLevel: z
    .int()
    .nullable()
    .meta(ask('残余风险', 'Residual level', { widget: 'level' })),
  tree: z.record(z.string(), z.unknown()).nullable().meta({ hidden: true }),
});

export const checkResults = {
  normal: { zh: '正常', en: 'Normal' },
  hazard: { zh: '存在隐患', en: 'Hidden danger' },
  other: { zh: '其他', en: 'Other' },
} as const;
export const checkResult = z.enum(keys(checkResults));
