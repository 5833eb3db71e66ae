import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { category, grade, hazardCategories, hazardGrades, instant, photos, words } from './schema.ts';
import { hazardSources, source } from './sources.ts';

const point = z.object({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54) });
const long = (max: number, zh: string, en: string) => words(max).meta(ask(zh, en, { widget: 'textarea' }));

/** What is asked of every report; `check` and `wording` are filled in by the page it was opened from. */
const found = {
  site: z
    .uuid()
    .optional()
    .meta(
      ask('监管对象', 'Supervised object', {
        widget: 'site',
        help: { zh: '不属于任何单位的隐患可不选，但须选择属地', en: 'Leave empty for a public place, then choose the area' },
      }),
    ),
  org: z
    .int()
    .optional()
    .meta(ask('属地', 'Area', { widget: 'area' })),
  description: words(1000).meta(ask('隐患描述', 'What is wrong', { widget: 'textarea' })),
  category: category.default('safety').meta(ask('隐患类别', 'Category', { options: hazardCategories })),
  source: source.optional().meta(
    ask('隐患来源', 'Source', {
      options: hazardSources,
      help: { zh: '不选则按上报人身份认定：企业为日常排查，监管人员为政府检查', en: 'Empty: by who reports it' },
    }),
  ),
  photos: photos.min(1).meta(ask('现场照片', 'Photos', { widget: 'photos' })),
  place: z.string().trim().max(200).optional().meta(ask('具体位置', 'Exact place')),
  point: point.optional().meta(ask('坐标', 'Position', { widget: 'place' })),
  requirement: long(1000, '建议整改要求', 'Suggested rectification').optional(),
  check: z.uuid().optional().meta({ hidden: true }),
  wording: z
    .string()
    .regex(/^[a-z0-9-]{3,40}$/)
    .optional()
    .meta({ hidden: true }),
};

export const reportInput = z.object({
  ...found,
  grade: grade.default('general').meta(ask('隐患等级', 'Grade', { options: hazardGrades })),
});

/** 即查即改: only what can be removed at once, so a general hazard. */
export const spotInput = z.object({
  ...found,
  measures: long(1000, '整改措施', 'Measures taken'),
  photosAfter: photos.min(1).meta(ask('整改后照片', 'Photos after', { widget: 'photos' })),
});

const duty = long(200, '治理责任（责任单位和责任人）', 'Responsibility: who answers for it');
const method = long(1000, '治理措施', 'Measures');
const funds = z
  .number()
  .min(0)
  .max(10_000_000)
  .meta(ask('治理资金', 'Funds', { unit: { zh: '万元', en: '10,000 yuan' } }));
const emergency = long(1000, '安全措施和应急预案', 'Safety measures and emergency plan');

/** 责任、措施、资金、时限、预案“五落实”: what a plan for a major hazard must say (《安全生产事故隐患排查治理暂行规定》第十五条). */
export const planInput = z.object({
  planDuty: duty,
  planMeasures: method,
  planFunds: funds,
  planUntil: instant.meta(ask('治理时限', 'To be done by')),
  planEmergency: emergency,
});

const part = z.object({
  what: words(300).meta(ask('整改内容', 'What')),
  rectifier: z.uuid().meta(ask('整改责任人', 'Who rectifies', { widget: 'person' })),
});

export const assignInput = z.object({
  rectifier: z
    .uuid()
    .optional()
    .meta(
      ask('整改责任人', 'Who rectifies', {
        widget: 'person',
        help: { zh: '不选则由该单位安全管理人员整改', en: "Empty: the object's own safety manager" },
      }),
    ),
  requirement: words(1000).meta(ask('整改要求', 'What must be done', { widget: 'textarea' })),
  due: instant.optional().meta(ask('整改期限', 'Deadline', { help: { zh: '不填则为 15 日', en: 'Empty: 15 days' } })),
  grade: grade.optional().meta(ask('核定等级', 'Grade as judged', { options: hazardGrades })),
  parts: z.array(part).max(12).optional().meta(ask('分项整改（多人整改时填写）', 'Parts, when several people rectify')),
});

export const partInput = z.object({
  part: z.int().min(1).max(12).meta(ask('分项序号', 'Number of the part')),
  measures: long(1000, '整改措施', 'Measures taken'),
  photos: photos.min(1).meta(ask('整改后照片', 'Photos after', { widget: 'photos' })),
});

const here = point.optional().meta(ask('复查位置', 'Where you are', { widget: 'place' }));
const away = words(300)
  .optional()
  .meta(
    ask('不在现场定位的说明', 'Why without a position on the spot', {
      help: { zh: '未取得定位，或定位距隐患地点较远时填写', en: 'Needed without a position, or when it is far from the place' },
    }),
  );

export const passInput = z.object({
  opinion: words(500).meta(ask('复查意见', 'Opinion', { widget: 'textarea' })),
  here,
  away,
  photos: photos.optional().meta(ask('复查照片', 'Photos', { widget: 'photos' })),
});

export const failInput = z.object({
  reason: long(500, '未通过的原因', 'What is still wrong'),
  due: instant.optional().meta(ask('重新整改期限', 'New deadline')),
  here,
  away,
  photos: photos.optional().meta(ask('复查照片', 'Photos', { widget: 'photos' })),
});
