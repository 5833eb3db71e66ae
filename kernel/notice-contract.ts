import { z } from 'zod';
import { defineAction, defineModule, defineQuery } from './contract.ts';
import { ask } from './field.ts';
import type { Text } from './text.ts';

/** Why somebody is told. Of several reasons for the same event the first in this order counts. */
export const noticeReasons = {
  sign: { zh: '请您签署', en: 'Waiting for your signature' },
  consult: { zh: '征求您的意见', en: 'Your opinion is asked for' },
  owner: { zh: '请您办理', en: 'For you to handle' },
  urge: { zh: '催办', en: 'You are urged to act' },
  superior: { zh: '下级超期，请督促', en: 'Overdue below you: please see to it' },
  next: { zh: '超期未办，升级到您', en: 'Still overdue: raised to you' },
  remind: { zh: '即将到期', en: 'The deadline is near' },
  answer: { zh: '意见已反馈', en: 'The opinion has been given' },
  closed: { zh: '您发起的事项已办结', en: 'What you started has been closed' },
  attention: { zh: '请您处置', en: 'Needs your attention' },
  copy: { zh: '抄送您', en: 'Copied to you' },
} as const satisfies Record<string, Text>;

export type NoticeReason = keyof typeof noticeReasons;
export const noticeReasonNames = Object.keys(noticeReasons) as [NoticeReason, ...NoticeReason[]];

/** What a notice says beside the event's name; the client makes the sentence in its language. Times are ISO instants. */
const noticeData = z.object({
  why: z.enum(noticeReasonNames),
  code: z.string(),
  actorName: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  due: z.string().nullable(),
  /** What was asked, answered or said when urging. */
  words: z.string().nullable(),
  exercise: z.boolean(),
});
export type NoticeData = z.output<typeof noticeData>;

const noticeLine = z.object({
  id: z.uuid(),
  at: z.string(),
  /** The ledger event that led to it, e.g. `inspection.hazard.assign`. */
  name: z.string(),
  kind: z.string().nullable(),
  subject: z.uuid().nullable(),
  title: z.string(),
  read: z.boolean(),
  data: noticeData,
});
export type NoticeLine = z.output<typeof noticeLine>;

export const list = defineQuery({
  name: 'list',
  label: { zh: '我的通知', en: 'My notices' },
  by: 'signed-in',
  input: z.object({
    unread: z.stringbool().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(30),
    before: z.uuid().optional().describe('the id of the last notice of the page before'),
  }),
  output: z.object({ items: z.array(noticeLine), next: z.uuid().nullable(), unread: z.int() }),
});

export const unreadCount = defineQuery({
  name: 'unreadCount',
  label: { zh: '未读通知数', en: 'Unread notices' },
  by: 'signed-in',
  input: z.object({}),
  output: z.object({ unread: z.int() }),
});

export const read = defineAction({
  name: 'read',
  label: { zh: '标为已读', en: 'Mark as read' },
  by: 'signed-in',
  input: z
    .strictObject({
      ids: z.array(z.uuid()).min(1).max(200).optional().meta(ask('通知', 'Notices')),
      all: z.literal(true).optional().meta(ask('全部', 'All')),
    })
    .refine((input) => (input.ids === undefined) !== (input.all === undefined)),
  output: z.object({ read: z.int(), unread: z.int() }),
});

export const noticeModule = defineModule({
  name: 'notice',
  level: 0,
  title: { zh: '通知', en: 'Notices' },
  actions: [read],
  queries: [list, unreadCount],
  faults: {},
});
