import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { defineWorkflow } from '#kernel/workflow.ts';
import { assessmentReasons, assessmentRow, treeSchema, words } from './schema.ts';

const textarea = (max: number, zh: string, en: string) => words(max).meta(ask(zh, en, { widget: 'textarea' }));
const reasonKeys = Object.keys(assessmentReasons) as [keyof typeof assessmentReasons, ...(keyof typeof assessmentReasons)[]];

/**
 * 安全风险评价: opened → assessed by the enterprise → reviewed by somebody else → in force. What is in force is a version of the
 * risk point; its measures become tasks of checking. At least yearly, and on every change (DB37/T 2882).
 */
export const assessment = defineWorkflow({
  kind: 'risk.assessment',
  title: { zh: '风险评价', en: 'Risk assessment' },
  prefix: 'FX',
  row: assessmentRow,
  states: {
    assessing: { label: { zh: '评价中', en: 'Being assessed' }, deadline: { workdays: 15 } },
    reviewing: { label: { zh: '待审核', en: 'To be reviewed' }, deadline: { workdays: 5 } },
    inForce: { label: { zh: '已生效', en: 'In force' }, final: true },
    cancelled: { label: { zh: '已取消', en: 'Cancelled' }, final: true },
  },
  starts: {
    open: {
      label: { zh: '发起风险评价', en: 'Open an assessment' },
      to: 'assessing',
      by: ['enterprise', 'officer', 'leader', 'enforcer'],
      because: ['《安全生产法》第四十一条第一款', '《山东省安全生产条例》第三十一条'],
      input: z.object({
        site: z.uuid().meta(ask('监管对象', 'Supervised object', { widget: 'site' })),
        riskPoint: z.uuid().meta({ hidden: true }),
        name: words(100).meta(ask('风险点名称', 'Risk point')),
        reason: z.enum(reasonKeys).meta(ask('评价原因', 'Reason', { options: assessmentReasons })),
        explain: textarea(500, '情况说明', 'Explanation').optional(),
      }),
    },
  },
  actions: {
    submit: {
      label: { zh: '提交评价', en: 'Submit the assessment' },
      from: ['assessing'],
      to: 'reviewing',
      by: ['enterprise', 'officer', 'enforcer'],
      holder: true,
      primary: true,
      withdraw: true,
      input: z.object({ tree: treeSchema.meta(ask('风险点与管控措施', 'Risk point and measures')) }),
    },
    approve: {
      label: { zh: '审核通过', en: 'Approve' },
      from: ['reviewing'],
      to: 'inForce',
      by: ['enterprise', 'officer', 'leader'],
      notSameAs: ['submit'],
      primary: true,
      input: z.object({ opinion: textarea(500, '审核意见', 'Opinion').optional() }),
    },
    reject: {
      label: { zh: '退回修改', en: 'Return' },
      from: ['reviewing'],
      to: { back: 'previous' },
      by: ['enterprise', 'officer', 'leader'],
      notSameAs: ['submit'],
      danger: true,
      input: z.object({ reason: textarea(500, '退回原因', 'Why') }),
    },
    cancel: {
      label: { zh: '取消评价', en: 'Cancel' },
      from: ['assessing'],
      to: 'cancelled',
      by: ['officer', 'leader'],
      danger: true,
      input: z.object({ reason: textarea(500, '取消原因', 'Why') }),
    },
  },
});
