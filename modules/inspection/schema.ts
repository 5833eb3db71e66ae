import { z } from 'zod';
import { ask } from '#kernel/field.ts';

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

/** What a hazard knows beside what every matter knows. */
export const hazardRow = z.object({
  site: z
    .uuid()
    .nullable()
    .meta(ask('监管对象', 'Supervised object', { widget: 'site' })),
  grade: grade.meta(ask('隐患等级', 'Grade', { options: hazardGrades })),
  category: category.meta(ask('隐患类别', 'Category', { options: hazardCategories })),
  description: z.string().meta(ask('隐患描述', 'Description', { widget: 'textarea' })),
  requirement: z
    .string()
    .nullable()
    .meta(ask('整改要求', 'What must be done', { widget: 'textarea' })),
  measures: z
    .string()
    .nullable()
    .meta(ask('整改措施', 'Measures taken', { widget: 'textarea' })),
  cost: z
    .number()
    .nullable()
    .meta(ask('整改资金', 'Cost', { unit: { zh: '万元', en: '10,000 yuan' } })),
  recheckOpinion: z
    .string()
    .nullable()
    .meta(ask('复查意见', 'Re-check opinion', { widget: 'textarea' })),
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
