import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { defineWorkflow } from '#kernel/workflow.ts';
import { assignInput, failInput, partInput, passInput, planInput, reportInput, spotInput } from './inputs.ts';
import { hazardRow, instant, photos, words } from './schema.ts';

const reason = (zh: string, en: string) => words(500).meta(ask(zh, en, { widget: 'textarea' }));
const reporters = ['officer', 'leader', 'enforcer', 'duty', 'grid', 'enterprise'] as const;
/** 验收人不得为整改人: whoever rectified anything of it cannot certify it. */
const rectifying = ['submit', 'submitPart', 'fixOnSpot'] as const;

/**
 * 事故隐患排查治理: found → assigned → rectified → re-checked by somebody else → closed. Major ones are closed by the joint
 * signature of territory and industry (销号会签) and may be listed for supervision (挂牌督办).
 * The periods without a cited clause are defaults a rule may change; see docs/glossary.md.
 */
export const hazard = defineWorkflow({
  kind: 'inspection.hazard',
  title: { zh: '事故隐患', en: 'Hidden danger' },
  prefix: 'YH',
  row: hazardRow,
  tally: ['grade', 'category'],
  states: {
    found: { label: { zh: '待分派', en: 'To be assigned' }, deadline: { workdays: 1 } },
    rectifying: { label: { zh: '整改中', en: 'Being rectified' }, deadline: { days: 15 } },
    extending: { label: { zh: '延期待批', en: 'Extension asked' }, deadline: { workdays: 2 } },
    rechecking: { label: { zh: '待复查', en: 'To be re-checked' }, deadline: { days: 10 } },
    countersigning: { label: { zh: '销号会签', en: 'Joint signature' }, deadline: { workdays: 5 }, sign: 'all' },
    closed: { label: { zh: '已销号', en: 'Closed' }, final: true },
    dismissed: { label: { zh: '不予认定', en: 'Not a hazard' }, final: true },
  },
  starts: {
    report: {
      label: { zh: '上报隐患', en: 'Report a hidden danger' },
      to: 'found',
      by: reporters,
      offline: true,
      because: ['《安全生产法》第四十一条', '《山东省安全生产条例》第三十二条'],
      input: reportInput,
    },
    fixOnSpot: {
      label: { zh: '即查即改', en: 'Report and rectify on the spot' },
      to: 'rechecking',
      by: reporters,
      offline: true,
      because: ['《安全生产法》第四十六条'],
      input: spotInput,
    },
  },
  actions: {
    assign: {
      label: { zh: '分派整改', en: 'Assign' },
      from: ['found'],
      to: 'rectifying',
      by: ['officer', 'leader', 'enforcer'],
      primary: true,
      withdraw: true,
      because: ['《山东省安全生产条例》第三十二条'],
      input: assignInput,
    },
    dismiss: {
      label: { zh: '不予认定', en: 'Not a hazard' },
      from: ['found'],
      to: 'dismissed',
      by: ['officer', 'leader', 'enforcer'],
      danger: true,
      notSameAs: [],
      input: z.object({ reason: reason('不予认定的理由', 'Why it is not a hazard') }),
    },
    submit: {
      label: { zh: '提交整改', en: 'Submit rectification' },
      from: ['rectifying'],
      to: 'rechecking',
      by: ['enterprise', 'officer', 'grid', 'enforcer', 'leader'],
      holder: true,
      primary: true,
      offline: true,
      withdraw: true,
      input: z.object({
        measures: words(1000).meta(ask('整改措施', 'Measures taken', { widget: 'textarea' })),
        cost: z
          .number()
          .min(0)
          .max(1_000_000)
          .optional()
          .meta(ask('整改资金', 'Cost', { unit: { zh: '万元', en: '10,000 yuan' } })),
        photos: photos.min(1).meta(ask('整改后照片', 'Photos after', { widget: 'photos' })),
      }),
    },
    plan: {
      label: { zh: '编制治理方案', en: 'Make the plan' },
      from: ['rectifying'],
      to: '=',
      by: ['enterprise', 'officer', 'grid', 'enforcer', 'leader'],
      holder: true,
      because: ['《安全生产事故隐患排查治理暂行规定》第十五条'],
      input: planInput,
    },
    submitPart: {
      label: { zh: '提交分项整改', en: 'Hand in a part' },
      from: ['rectifying'],
      to: '=',
      by: ['enterprise', 'officer', 'grid', 'enforcer', 'leader'],
      offline: true,
      input: partInput,
    },
    requestExtension: {
      label: { zh: '申请延期', en: 'Ask for extension' },
      from: ['rectifying'],
      to: 'extending',
      by: ['enterprise', 'officer', 'grid', 'enforcer', 'leader'],
      holder: true,
      withdraw: true,
      input: z.object({ until: instant.meta(ask('延期至', 'Until')), reason: reason('延期理由', 'Why') }),
    },
    grantExtension: {
      label: { zh: '同意延期', en: 'Grant extension' },
      from: ['extending'],
      to: 'rectifying',
      by: ['leader'],
      notSameAs: ['requestExtension'],
      primary: true,
      input: z.object({
        opinion: z
          .string()
          .trim()
          .max(500)
          .optional()
          .meta(ask('审批意见', 'Opinion', { widget: 'textarea' })),
      }),
    },
    refuseExtension: {
      label: { zh: '不同意延期', en: 'Refuse extension' },
      from: ['extending'],
      to: { back: 'previous' },
      by: ['leader'],
      notSameAs: ['requestExtension'],
      danger: true,
      input: z.object({ reason: reason('不同意的理由', 'Why not') }),
    },
    pass: {
      label: { zh: '复查通过', en: 'Re-check passed' },
      from: ['rechecking'],
      to: ['closed', 'countersigning'],
      by: ['officer', 'enforcer', 'leader'],
      notSameAs: rectifying,
      primary: true,
      because: ['《山东省安全生产条例》第三十二条', '《山东省安全生产条例》第四十四条'],
      input: passInput,
    },
    fail: {
      label: { zh: '复查不通过', en: 'Re-check failed' },
      from: ['rechecking'],
      // Not back to the step before: what was rectified on the spot has none.
      to: 'rectifying',
      by: ['officer', 'enforcer', 'leader'],
      notSameAs: rectifying,
      danger: true,
      input: failInput,
    },
    sign: {
      label: { zh: '同意销号', en: 'Sign for closing' },
      from: ['countersigning'],
      to: 'closed',
      by: ['officer', 'leader', 'enforcer'],
      signs: 'for',
      notSameAs: rectifying,
      primary: true,
      input: z.object({
        opinion: z
          .string()
          .trim()
          .max(500)
          .optional()
          .meta(ask('会签意见', 'Opinion', { widget: 'textarea' })),
      }),
    },
    object: {
      label: { zh: '不同意销号', en: 'Object to closing' },
      from: ['countersigning'],
      to: { back: 'previous' },
      by: ['officer', 'leader', 'enforcer'],
      signs: 'against',
      danger: true,
      input: z.object({ reason: reason('不同意的理由', 'Why not') }),
    },
    listForSupervision: {
      label: { zh: '挂牌督办', en: 'List for supervision' },
      from: ['found', 'rectifying', 'extending', 'rechecking'],
      to: '=',
      by: ['leader'],
      // 县级以上地方各级人民政府负有安全生产监督管理职责的部门: a town lists nothing.
      above: true,
      because: ['《安全生产法》第四十一条第三款', '《安全生产法》第一百一十六条'],
      input: z.object({ reason: reason('督办要求', 'What is demanded') }),
    },
    liftSupervision: {
      label: { zh: '解除挂牌', en: 'Lift supervision' },
      from: ['rectifying', 'extending', 'rechecking', 'countersigning'],
      to: '=',
      by: ['leader'],
      above: true,
      danger: true,
      input: z.object({ reason: reason('解除理由', 'Why') }),
    },
  },
});
