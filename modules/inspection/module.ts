import { defineModule } from '#kernel/contract.ts';
import { anyWorkflow } from '#kernel/workflow.ts';
import { hazard } from './hazard.workflow.ts';

export const inspectionModule = defineModule({
  name: 'inspection',
  level: 2,
  title: { zh: '隐患排查治理', en: 'Hidden dangers' },
  workflows: [anyWorkflow(hazard)],
  actions: [],
  queries: [],
  faults: {
    'hazard.area_needed': { status: 422, text: { zh: '请选择监管对象或属地', en: 'Choose a supervised object or an area' } },
    'hazard.no_rectifier': {
      status: 422,
      text: { zh: '该单位没有登记安全管理人员，请指定整改责任人', en: 'The object has no safety manager on record; name who rectifies' },
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
