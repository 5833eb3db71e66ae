import { z } from 'zod';
import { defineAction, defineModule, defineQuery } from './contract.ts';
import type { FaultDef } from './fault.ts';
import { defineFaults } from './fault.ts';
import { ask } from './field.ts';
import { answersSchema, findingSchema, formSchema } from './form/form.ts';
import { answerFaults, formFaults } from './form/form-faults.ts';
import type { Role } from './permission.ts';

const formId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/)
  .meta(ask('表单编号', 'Form id', { help: { zh: '小写字母、数字和连字符', en: 'lower-case letters, digits and hyphens' } }));
const version = z.coerce.number().int().min(1).max(1_000_000);
const words = z.object({ zh: z.string(), en: z.string() });

/** Those who fill in checklists and reports in the field. */
const answering: readonly Role[] = ['officer', 'leader', 'duty', 'enforcer', 'grid', 'enterprise'];

const formLine = z.object({
  id: z.string(),
  version: z.int(),
  title: words,
  /** Null while it is a draft. */
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
  /** Empty for a draft. */
  publishedByName: z.string(),
  hash: z.string(),
});

const scoreOutput = z.object({
  score: z.number(),
  max: z.number(),
  percent: z.number().nullable(),
  vetoed: z.array(z.string()),
  bySection: z.array(
    z.object({ key: z.string(), weight: z.number().nullable(), score: z.number(), max: z.number(), percent: z.number().nullable() }),
  ),
});

/** Stores the draft of the next version. The form's own `version` must be the draft's number. */
export const save = defineAction({
  name: 'save',
  label: { zh: '保存表单草稿', en: 'Save a draft' },
  by: ['sysadmin'],
  input: z.object({ form: formSchema.extend({ id: formId }) }),
  output: formLine,
});

export const publish = defineAction({
  name: 'publish',
  label: { zh: '发布表单', en: 'Publish a form' },
  by: ['sysadmin'],
  input: z.object({ id: formId, version }),
  output: formLine,
});

export const answer = defineAction({
  name: 'answer',
  label: { zh: '提交填写', en: 'Hand in answers' },
  by: answering,
  input: z.object({
    id: z.uuid().meta(ask('填写编号', 'Answer id', { hidden: true })),
    form: formId,
    version,
    /** The matter or object it is about; the answers are then seen by whoever may see that. */
    subject: z.uuid().optional().meta(ask('所属事项', 'About')),
    answers: answersSchema.meta(ask('填写内容', 'Answers', { personal: true })),
  }),
  output: z.object({
    id: z.uuid(),
    form: z.string(),
    version: z.int(),
    score: scoreOutput.nullable(),
    /** Hidden dangers that the answers propose to report. */
    findings: z.array(z.object({ item: z.string(), label: words, finding: findingSchema, photos: z.array(z.string()), note: z.string() })),
  }),
});

export const list = defineQuery({
  name: 'list',
  label: { zh: '表单', en: 'Forms' },
  by: 'signed-in',
  input: z.object({ drafts: z.stringbool().optional().describe('drafts too; for system administrators') }),
  output: z.object({ items: z.array(formLine) }),
});

export const get = defineQuery({
  name: 'get',
  label: { zh: '表单内容', en: 'A form' },
  by: 'signed-in',
  input: z.object({ id: formId, version: version.optional().describe('without it, the newest published one') }),
  output: formLine.extend({ form: formSchema }),
});

export const answers = defineQuery({
  name: 'answers',
  label: { zh: '填写记录', en: 'Answers' },
  by: 'signed-in',
  input: z.object({ subject: z.uuid() }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        form: z.string(),
        version: z.int(),
        title: words,
        answers: answersSchema,
        score: scoreOutput.nullable(),
        by: z.uuid(),
        byName: z.string(),
        at: z.string(),
      }),
    ),
  }),
});

const say = (status: number, zh: string, en: string): FaultDef => ({ status, text: { zh, en } });

export const formModule = defineModule({
  name: 'form',
  level: 0,
  title: { zh: '表单', en: 'Forms' },
  actions: [save, publish, answer],
  queries: [list, get, answers],
  faults: {
    ...defineFaults({
      'form.published': say(
        409,
        '第 {version} 版已发布，不能再改；请保存为第 {next} 版',
        'Version {version} is published and cannot be changed; save it as version {next}',
      ),
      'form.invalid': say(422, '表单有 {count} 处问题，不能发布', 'The form has {count} problems and cannot be published'),
      'form.answers_invalid': say(422, '填写内容有 {count} 处需要修改', '{count} answers need correction'),
      'form.unknown': say(404, '没有这个表单或版本', 'No such form or version'),
      'form.subject_unknown': say(422, '所属事项不存在，或您无权查看', 'No such record, or you may not see it'),
      'form.answered_already': say(409, '该填写编号已使用', 'This answer id was already used'),
    }),
    ...formFaults,
    ...answerFaults,
  },
});
