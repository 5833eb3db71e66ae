import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { hazardSources, source } from './sources.ts';

export const hazardGrades = { general: { zh: '一般隐患', en: 'General' }, major: { zh: '重大隐患', en: 'Major' } } as const;

/** hazardDangerType of the national dual-prevention exchange model (1 安全 … 8 其他). */
export const hazardCategories = {
  safety: { zh: '安全', en: 'Safety' },
  process: { zh: '工艺', en: 'Process' },
  electrical: { zh: '电气', en: 'Electrical' },
  instrument: { zh: '仪表', en: 'Instrument' },
  fire: { zh: '消防', en: 'Fire protection' },
  layout: { zh: '总图', en: 'Site layout' },
  equipment: { zh: '设备', en: 'Equipment' },
  other: { zh: '其他', en: 'Other' },
} as const;

export const grade = z.enum(['general', 'major']);
export const category = z.enum(['safety', 'process', 'electrical', 'instrument', 'fire', 'layout', 'equipment', 'other']);
export const photos = z.array(z.uuid()).max(9);
export const instant = z.iso.datetime({ offset: true });
export const words = (max: number) => z.string().trim().min(2).max(max);

export const hazardManages = {
  spot: { zh: '即查即改', en: 'Rectified on the spot' },
  deadline: { zh: '限期整改', en: 'Rectified by a deadline' },
} as const;

const money = { zh: '万元', en: '10,000 yuan' };

/** One rectifier's share of a hazard; `done` is when it was handed in. */
export const hazardPart = z.object({
  what: z.string().meta(ask('整改内容', 'What')),
  rectifier: z.uuid().meta(ask('整改责任人', 'Who rectifies', { widget: 'person' })),
  done: instant.nullable().meta(ask('完成时间', 'Handed in')),
  measures: z.string().nullable().meta(ask('整改措施', 'Measures taken')),
  photos: photos.meta(ask('整改后照片', 'Photos after', { widget: 'photos' })),
});
export type HazardPart = z.output<typeof hazardPart>;

/** What a hazard knows beside what every matter knows. */
export const hazardRow = z.object({
  site: z
    .uuid()
    .nullable()
    .meta(ask('监管对象', 'Supervised object', { widget: 'site' })),
  grade: grade.meta(ask('隐患等级', 'Grade', { options: hazardGrades })),
  category: category.meta(ask('隐患类别', 'Category', { options: hazardCategories })),
  source: source.nullable().meta(ask('隐患来源', 'Source', { options: hazardSources })),
  industry: z.string().nullable().meta(ask('行业门类', 'Industry section')),
  manage: z.enum(['spot', 'deadline']).meta(ask('治理方式', 'How it is handled', { options: hazardManages })),
  fromCheck: z.uuid().nullable().meta({ hidden: true }),
  wording: z.string().nullable().meta({ hidden: true }),
  recurs: z.uuid().nullable().meta({ hidden: true }),
  description: z.string().meta(ask('隐患描述', 'Description', { widget: 'textarea' })),
  requirement: z
    .string()
    .nullable()
    .meta(ask('整改要求', 'What must be done', { widget: 'textarea' })),
  planDuty: z.string().nullable().meta(ask('治理责任', 'Responsibility')),
  planMeasures: z
    .string()
    .nullable()
    .meta(ask('治理措施', 'Planned measures', { widget: 'textarea' })),
  planFunds: z
    .number()
    .nullable()
    .meta(ask('治理资金', 'Planned funds', { unit: money })),
  planUntil: instant.nullable().meta(ask('治理时限', 'Planned until')),
  planEmergency: z
    .string()
    .nullable()
    .meta(ask('安全措施和应急预案', 'Safety measures and emergency plan', { widget: 'textarea' })),
  parts: z.array(hazardPart).meta(ask('分项整改', 'Parts')),
  measures: z
    .string()
    .nullable()
    .meta(ask('整改措施', 'Measures taken', { widget: 'textarea' })),
  cost: z
    .number()
    .nullable()
    .meta(ask('整改资金', 'Cost', { unit: money })),
  recheckOpinion: z
    .string()
    .nullable()
    .meta(ask('复查意见', 'Re-check opinion', { widget: 'textarea' })),
  recheckFrom: z
    .object({ lng: z.number(), lat: z.number() })
    .nullable()
    .meta(ask('复查位置', 'Where it was re-checked', { widget: 'place' })),
  recheckMetres: z
    .number()
    .int()
    .nullable()
    .meta(ask('复查位置距隐患地点', 'Distance to the hazard', { unit: { zh: '米', en: 'm' } })),
  recheckAway: z.string().nullable().meta(ask('不在现场定位的说明', 'Why without a position on the spot')),
  extendUntil: instant.nullable().meta(ask('申请延期至', 'Extension asked until')),
  dueBefore: instant.nullable().meta({ hidden: true }),
  extensions: z.number().int().meta(ask('已延期次数', 'Extensions granted')),
  supervised: z.boolean().meta(ask('挂牌督办', 'Listed for supervision')),
  supervisedBy: z
    .uuid()
    .nullable()
    .meta(ask('督办人', 'Listed by', { widget: 'person' })),
  photosBefore: photos.meta(ask('隐患照片', 'Photos of the danger', { widget: 'photos' })),
  photosAfter: photos.meta(ask('整改照片', 'Photos after rectification', { widget: 'photos' })),
  /** Those of earlier rectifications that did not pass: they cannot be handed in again. */
  photosFormer: z.array(z.uuid()).meta({ hidden: true }),
});
