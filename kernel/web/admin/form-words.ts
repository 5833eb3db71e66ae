import type { Text } from '../../text.ts';

/** Words of the page of forms. */
export const words = {
  try: { zh: '试填', en: 'Try it' },
  tryHelp: { zh: '按现场填写的样子试填，内容不会保存。', en: 'As it is filled in on site; nothing is kept.' },
  clear: { zh: '清空重填', en: 'Start over' },
  changes: { zh: '与上一版比较', en: 'Changes' },
  first: { zh: '这是第 1 版，没有上一版可比较', en: 'This is the first version' },
  same: { zh: '与上一版内容相同', en: 'Nothing differs from the version before' },
  title: { zh: '标题已修改', en: 'The title differs' },
  added: { zh: '新增', en: 'Added' },
  removed: { zh: '删除', en: 'Removed' },
  moved: { zh: '调整位置', en: 'Moved' },
  changed: { zh: '修改', en: 'Changed' },
  sections: { zh: '章节有变动', en: 'Sections that differ' },
  faults: { zh: '有 {n} 处问题，改正后才能发布', en: '{n} problems stand in the way of publishing' },
  hash: { zh: '内容校验码', en: 'Fingerprint' },
  fields: { zh: '字段', en: 'Fields' },
} as const satisfies Record<string, Text>;

/** What may differ in an item. */
export const fieldWords: Readonly<Record<string, Text>> = {
  label: { zh: '题目', en: 'label' },
  help: { zh: '填写说明', en: 'help' },
  clause: { zh: '依据条款', en: 'clause' },
  required: { zh: '是否必填', en: 'required' },
  when: { zh: '显示条件', en: 'condition' },
  score: { zh: '评分', en: 'score' },
  mustPhoto: { zh: '必拍照片', en: 'photo rule' },
  finding: { zh: '隐患建议', en: 'finding' },
  kind: { zh: '题型', en: 'kind' },
  options: { zh: '选项', en: 'options' },
  multiple: { zh: '可否多选', en: 'several choices' },
  unit: { zh: '单位', en: 'unit' },
  min: { zh: '下限', en: 'lower bound' },
  max: { zh: '上限', en: 'upper bound' },
  decimals: { zh: '小数位数', en: 'decimals' },
  maxLength: { zh: '字数上限', en: 'length' },
  lines: { zh: '行数', en: 'lines' },
  na: { zh: '可否不适用', en: 'not applicable' },
};
