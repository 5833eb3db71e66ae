import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { defineWorkflow } from '#kernel/workflow.ts';
import { instant, words } from './schema.ts';

const swapRow = z.object({
  desk: z.int().meta(ask('值班室', 'Desk', { widget: 'unit' })),
  shift: z.uuid().meta({ hidden: true }),
  other: z.uuid().meta(ask('对方', 'The other person', { widget: 'person' })),
  otherShift: z.uuid().nullable().meta({ hidden: true }),
  reason: z.string().meta(ask('换班事由', 'Reason', { widget: 'textarea' })),
  startsAt: instant.meta(ask('最迟办理时间', 'To be settled before')),
});

/**
 * 换班: asked, accepted by the other person, approved by a leader of the desk who is neither of the two, then the shifts change
 * hands. A request nobody has settled when the first of the shifts begins lapses by itself: the rota stands as planned.
 */
export const swap = defineWorkflow({
  kind: 'org.swap',
  title: { zh: '换班', en: 'Exchange of shifts' },
  prefix: 'HB',
  row: swapRow,
  states: {
    // The start and the acceptance set the real deadline, the beginning of the first shift; the days are only the longest wait.
    requested: { label: { zh: '待对方同意', en: 'Waiting for the other person' }, deadline: { days: 7 }, timeout: 'lapse' },
    accepted: { label: { zh: '待领导审批', en: 'Waiting for approval' }, deadline: { days: 7 }, timeout: 'lapse' },
    done: { label: { zh: '已换班', en: 'Exchanged' }, final: true },
    refused: { label: { zh: '未同意', en: 'Refused' }, final: true },
    withdrawn: { label: { zh: '已撤销', en: 'Cancelled' }, final: true },
    lapsed: { label: { zh: '逾期失效', en: 'Lapsed' }, final: true },
  },
  starts: {
    request: {
      label: { zh: '申请换班', en: 'Ask to exchange' },
      to: 'requested',
      by: ['duty', 'officer', 'leader'],
      input: z.object({
        shift: z.uuid().meta(ask('本人班次', 'My shift')),
        other: z.uuid().meta(ask('换班对象', 'With whom', { widget: 'person' })),
        otherShift: z
          .uuid()
          .optional()
          .meta(ask('对方班次', 'Their shift', { help: { zh: '不选则由对方替班', en: 'Empty: they stand in, nothing in return' } })),
        reason: words(300).meta(ask('换班事由', 'Reason', { widget: 'textarea' })),
      }),
    },
  },
  actions: {
    accept: {
      label: { zh: '同意换班', en: 'Accept' },
      from: ['requested'],
      to: 'accepted',
      by: ['duty', 'officer', 'leader'],
      holder: true,
      primary: true,
      withdraw: true,
    },
    approve: {
      label: { zh: '批准换班', en: 'Approve' },
      from: ['accepted'],
      to: 'done',
      by: ['leader'],
      holder: true,
      primary: true,
      notSameAs: ['accept'],
    },
    refuse: {
      label: { zh: '不同意', en: 'Refuse' },
      from: ['requested', 'accepted'],
      to: 'refused',
      by: ['duty', 'officer', 'leader'],
      holder: true,
      danger: true,
      input: z.object({ reason: words(300).meta(ask('不同意的理由', 'Why not', { widget: 'textarea' })) }),
    },
    cancel: {
      label: { zh: '撤销申请', en: 'Cancel the request' },
      from: ['requested', 'accepted'],
      to: 'withdrawn',
      starter: true,
      by: ['duty', 'officer', 'leader'],
      danger: true,
    },
    lapse: {
      label: { zh: '逾期失效', en: 'Lapse' },
      from: ['requested', 'accepted'],
      to: 'lapsed',
      by: ['leader'],
    },
  },
});
