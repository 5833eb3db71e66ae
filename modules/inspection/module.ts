import { z } from 'zod';
import { defineAction, defineModule } from '#kernel/contract.ts';
import { ask } from '#kernel/field.ts';
import { anyWorkflow } from '#kernel/workflow.ts';
import { hazard } from './hazard.workflow.ts';
import { listed, relatives, similar, standards, wordings } from './queries.ts';

export const setRecheckMetres = defineAction({
  name: 'setRecheckMetres',
  label: { zh: '设定复查定位距离', en: 'Set how far away a re-check may be' },
  by: ['sysadmin'],
  input: z.object({
    metres: z
      .int()
      .min(20)
      .max(20_000)
      .meta(ask('复查定位距离上限', 'At most this far', { unit: { zh: '米', en: 'm' } })),
  }),
  output: z.object({ metres: z.int() }),
});

export const inspectionModule = defineModule({
  name: 'inspection',
  level: 2,
  title: { zh: '隐患排查治理', en: 'Hidden dangers' },
  workflows: [anyWorkflow(hazard)],
  actions: [setRecheckMetres],
  queries: [wordings, standards, similar, relatives, listed],
  faults: {
    'hazard.area_needed': { status: 422, text: { zh: '请选择监管对象或属地', en: 'Choose a supervised object or an area' } },
    'hazard.no_rectifier': {
      status: 422,
      text: { zh: '该单位没有登记安全管理人员，请指定整改责任人', en: 'The object has no safety manager on record; name who rectifies' },
    },
    'hazard.plan_needed': {
      status: 409,
      text: {
        zh: '重大隐患须先编制治理方案，落实责任、措施、资金、时限和预案',
        en: 'A major hazard first needs its plan: responsibility, measures, funds, time and emergency plan',
      },
    },
    'hazard.plan_late': {
      status: 422,
      text: {
        zh: '治理时限不得晚于整改期限，确需延长的请先申请延期',
        en: 'The plan must end before the deadline; ask for an extension first',
      },
    },
    'hazard.parts_open': { status: 409, text: { zh: '分项 {parts} 尚未完成整改', en: 'Parts not yet handed in: {parts}' } },
    'hazard.part_unknown': { status: 422, text: { zh: '没有第 {part} 项分项整改', en: 'There is no part {part}' } },
    'hazard.part_done': { status: 409, text: { zh: '第 {part} 项已提交', en: 'Part {part} was handed in already' } },
    'hazard.part_of_another': {
      status: 403,
      text: { zh: '第 {part} 项由他人负责整改', en: 'Part {part} is for somebody else to rectify' },
    },
    'hazard.away_unexplained': {
      status: 422,
      text: {
        zh: '复查位置距隐患地点 {metres} 米（应在 {limit} 米内）或未取得定位，请说明原因',
        en: 'The position is {metres} m away (at most {limit} m) or missing; say why',
      },
    },
    'hazard.due_past': { status: 422, text: { zh: '期限须晚于当前时间', en: 'The deadline must lie in the future' } },
    'hazard.due_too_far': { status: 422, text: { zh: '期限最长 {days} 日，重大隐患请先定级', en: 'At most {days} days' } },
    'hazard.not_later': { status: 422, text: { zh: '延期日期须晚于原期限', en: 'The new date must be later than the present deadline' } },
    'hazard.not_major': { status: 409, text: { zh: '只有重大隐患可以挂牌督办', en: 'Only major hazards are listed for supervision' } },
    'hazard.already_listed': { status: 409, text: { zh: '该隐患已挂牌督办', en: 'Already listed for supervision' } },
    'hazard.not_listed': { status: 409, text: { zh: '该隐患未挂牌督办', en: 'Not listed for supervision' } },
    'hazard.still_listed': {
      status: 409,
      text: { zh: '该隐患仍在挂牌督办，请先解除挂牌再销号', en: 'Still listed for supervision; lift it before closing' },
    },
    'hazard.photo_repeated': {
      status: 422,
      text: {
        zh: '整改后照片与隐患照片或此前提交的整改照片相同，请重新拍摄',
        en: 'A photo after rectification is the same as one handed in before; take a new one',
      },
    },
    'hazard.signers_missing': {
      status: 422,
      text: { zh: '重大隐患销号须属地与行业部门会签，缺少：{side}', en: 'A major hazard needs both signatures; missing: {side}' },
    },
  },
});
