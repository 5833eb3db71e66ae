import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { defineWorkflow } from '#kernel/workflow.ts';

const label = (zh: string, en: string) => ({ zh, en });
const reason = z.string().min(2).meta(ask('理由', 'Reason'));

/** A paper that passes through everything a workflow can declare. Only tests know it: no real law has all of this at once. */
export const paper = defineWorkflow({
  kind: 'sample.paper',
  title: label('文稿', 'Paper'),
  prefix: 'WG',
  row: z.object({ body: z.string(), pages: z.number(), opinion: z.string().nullable() }),
  states: {
    draft: { label: label('起草', 'Draft'), deadline: { days: 3 } },
    checking: { label: label('核稿', 'Being checked'), deadline: { hours: 48 } },
    joint: { label: label('会签', 'Joint signature'), deadline: { workdays: 2 }, sign: 'all' },
    either: { label: label('或签', 'One signature'), deadline: { workdays: 2 }, sign: 'any' },
    chain: { label: label('顺序签', 'Signatures in order'), deadline: { workdays: 5 }, sign: 'sequence' },
    issuing: { label: label('待印发', 'To be issued'), deadline: { hours: 24 }, timeout: 'lapse' },
    issued: { label: label('已印发', 'Issued'), final: true },
    dropped: { label: label('已作废', 'Dropped'), final: true },
  },
  starts: {
    write: { label: label('起草', 'Write'), to: 'draft', by: ['officer', 'leader'], input: z.object({ body: z.string() }) },
    receive: { label: label('收文', 'Receive'), to: 'checking', by: ['duty'], input: z.object({ body: z.string() }) },
  },
  actions: {
    submit: {
      label: label('送核', 'Submit'),
      from: ['draft'],
      to: 'checking',
      by: ['officer', 'leader'],
      holder: true,
      primary: true,
      withdraw: true,
      offline: true,
      input: z.object({ pages: z.int().min(1).default(1) }),
    },
    remark: { label: label('批注', 'Remark'), from: ['draft', 'checking', 'joint', 'issuing'], to: '=', by: ['officer', 'leader', 'duty'] },
    postpone: { label: label('改期', 'Postpone'), from: ['draft', 'checking', 'issuing'], to: '=', by: ['leader'] },
    route: {
      label: label('送签', 'Send for signature'),
      from: ['checking'],
      to: ['joint', 'either', 'chain', 'issuing'],
      by: ['officer', 'leader'],
      notSameAs: ['submit'],
      primary: true,
      withdraw: true,
    },
    renew: { label: label('重新计时', 'Begin this step anew'), from: ['checking'], to: 'checking', by: ['leader'], withdraw: true },
    bounce: {
      label: label('退回上一步', 'Return'),
      from: ['checking', 'issuing'],
      to: { back: 'previous' },
      by: ['officer', 'leader'],
      withdraw: true,
      danger: true,
      input: z.object({ reason }),
    },
    restart: {
      label: label('退回起草', 'Return to the first step'),
      from: ['checking', 'issuing'],
      to: { back: 'first' },
      by: ['leader'],
      input: z.object({ reason }),
    },
    choose: {
      label: label('退回指定步骤', 'Return to a step'),
      from: ['checking', 'issuing'],
      to: { back: 'any' },
      by: ['leader'],
      input: z.object({ reason }),
    },
    agree: {
      label: label('同意', 'Agree'),
      from: ['joint', 'either', 'chain'],
      to: 'issuing',
      by: ['officer', 'leader'],
      signs: 'for',
      primary: true,
      withdraw: true,
    },
    object: {
      label: label('不同意', 'Object'),
      from: ['joint', 'either', 'chain'],
      to: { back: 'previous' },
      by: ['officer', 'leader'],
      signs: 'against',
      danger: true,
      input: z.object({ reason }),
    },
    rewrite: { label: label('重新核稿', 'Check again'), from: ['issuing'], to: 'checking', by: ['leader'], withdraw: true },
    issue: {
      label: label('印发', 'Issue'),
      from: ['issuing'],
      to: 'issued',
      by: ['officer', 'leader', 'duty'],
      notSameAs: ['submit', 'agree'],
      primary: true,
    },
    drop: {
      label: label('作废', 'Drop'),
      from: ['draft', 'checking'],
      to: 'dropped',
      by: ['leader'],
      // Whoever wrote it may not make it disappear: starts count among the hands.
      notSameAs: ['write', 'receive'],
      danger: true,
      input: z.object({ reason }),
    },
    lapse: { label: label('逾期作废', 'Lapse'), from: ['issuing'], to: 'dropped', by: ['leader'] },
  },
});
