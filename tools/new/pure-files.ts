import type { Plan } from './plan.ts';

export const moduleFile = ({ module, noun, level, zh, en }: Plan): string => `import { defineModule } from '#kernel/contract.ts';
import { anyWorkflow } from '#kernel/workflow.ts';
import { ${noun} } from './${noun}.workflow.ts';

export const ${module}Module = defineModule({
  name: '${module}',
  level: ${level},
  title: { zh: '${zh}', en: '${en}' },
  workflows: [anyWorkflow(${noun})],
  actions: [],
  queries: [],
  faults: {
    '${noun}.due_past': { status: 422, text: { zh: '期限须晚于当前时间', en: 'The deadline must lie in the future' } },
  },
});
`;

export const schemaFile = ({ noun }: Plan): string => `import { z } from 'zod';
import { ask } from '#kernel/field.ts';

export const instant = z.iso.datetime({ offset: true });
export const words = (max: number) => z.string().trim().min(2).max(max);

/** What a record knows beside what every matter knows. */
export const ${noun}Row = z.object({
  description: z.string().meta(ask('事项内容', 'What is to be done', { widget: 'textarea' })),
  result: z
    .string()
    .nullable()
    .meta(ask('办理结果', 'Result', { widget: 'textarea' })),
});
`;

export const workflowFile = ({ module, noun, zh, en, prefix }: Plan): string => `import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { defineWorkflow } from '#kernel/workflow.ts';
import { ${noun}Row, instant, words } from './schema.ts';

const reason = (zh: string, en: string) => words(500).meta(ask(zh, en, { widget: 'textarea' }));

/** Opened, carried out by the officers of the area, confirmed by somebody else, closed. The periods are defaults, not law. */
export const ${noun} = defineWorkflow({
  kind: '${module}.${noun}',
  title: { zh: '${zh}', en: '${en}' },
  prefix: '${prefix}',
  row: ${noun}Row,
  states: {
    doing: { label: { zh: '办理中', en: 'Being done' }, deadline: { workdays: 10 } },
    checking: { label: { zh: '待确认', en: 'To be confirmed' }, deadline: { workdays: 3 } },
    closed: { label: { zh: '已办结', en: 'Closed' }, final: true },
    cancelled: { label: { zh: '已撤销', en: 'Cancelled' }, final: true },
  },
  starts: {
    open: {
      label: { zh: '登记', en: 'Open' },
      to: 'doing',
      by: ['officer', 'leader'],
      input: z.object({
        org: z.int().meta(ask('属地', 'Area', { widget: 'area' })),
        title: words(80).meta(ask('标题', 'Title')),
        description: words(1000).meta(ask('事项内容', 'What is to be done', { widget: 'textarea' })),
        due: instant.optional().meta(ask('办理期限', 'Deadline', { help: { zh: '不填则为 10 个工作日', en: 'Empty: 10 working days' } })),
      }),
    },
  },
  actions: {
    submit: {
      label: { zh: '报告完成', en: 'Report done' },
      from: ['doing'],
      to: 'checking',
      by: ['officer', 'leader'],
      holder: true,
      primary: true,
      withdraw: true,
      input: z.object({ result: words(1000).meta(ask('办理结果', 'Result', { widget: 'textarea' })) }),
    },
    confirm: {
      label: { zh: '确认办结', en: 'Confirm' },
      from: ['checking'],
      to: 'closed',
      by: ['leader'],
      // Whoever carried it out cannot certify it.
      notSameAs: ['submit'],
      primary: true,
    },
    refuse: {
      label: { zh: '退回重办', en: 'Return' },
      from: ['checking'],
      to: { back: 'previous' },
      by: ['leader'],
      notSameAs: ['submit'],
      danger: true,
      input: z.object({ reason: reason('退回的理由', 'Why it is returned') }),
    },
    cancel: {
      label: { zh: '撤销', en: 'Cancel' },
      from: ['doing', 'checking'],
      to: 'cancelled',
      by: ['leader'],
      danger: true,
      input: z.object({ reason: reason('撤销的理由', 'Why it is cancelled') }),
    },
  },
});
`;
