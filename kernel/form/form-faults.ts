import { defineFaults } from '../fault.ts';

const say = (zh: string, en: string) => ({ status: 422, text: { zh, en } });

/** What may be wrong with the answers to a form. Every one is said of one item. */
export const answerFaults = defineFaults({
  'form.answer_missing': say('必填项未填写', 'An answer is required'),
  'form.answer_unknown': say('表单中没有这一项', 'The form has no such item'),
  'form.answer_hidden': say('按已填内容，此项无需填写', 'This item is not asked, given the other answers'),
  'form.answer_type': say('填写的内容格式不对，应为{want}', 'Wrong kind of answer; expected {want}'),
  'form.answer_option': say('没有这个选项：{value}', 'No such option: {value}'),
  'form.answer_low': say('不能小于 {min}', 'Must not be below {min}'),
  'form.answer_high': say('不能大于 {max}', 'Must not be above {max}'),
  'form.answer_decimals': say('最多保留 {decimals} 位小数', 'At most {decimals} decimals'),
  'form.answer_long': say('不能超过 {max} 个字', 'At most {max} characters'),
  'form.photos_missing': say('至少拍摄 {need} 张照片', 'At least {need} photos are needed'),
  'form.photos_many': say('照片不能超过 {max} 张', 'At most {max} photos'),
});

/** What may be wrong with a form itself: found before it is published. */
export const formFaults = defineFaults({
  'form.key_twice': say('编号重复：{key}', 'Key used twice: {key}'),
  'form.option_twice': say('选项值重复：{value}', 'Option value used twice: {value}'),
  'form.condition_unknown': say('显示条件引用了不存在的题目：{item}', 'The condition names an unknown item: {item}'),
  'form.condition_later': say('显示条件只能引用前面的题目：{item}', 'A condition may only look at earlier items: {item}'),
  'form.condition_cycle': say('显示条件互相引用：{items}', 'Conditions depend on one another: {items}'),
  'form.condition_value': say(
    '显示条件中的答案不可能出现：{item} = {value}',
    'The condition waits for an impossible answer: {item} = {value}',
  ),
  'form.rule_answer': say('{rule}引用了不可能出现的答案：{value}', '{rule} names an impossible answer: {value}'),
  'form.rule_kind': say('此类题目不能设置{rule}', 'An item of this kind cannot have {rule}'),
  'form.points_high': say('单项得分 {points} 超过满分 {full}', 'Points {points} exceed the full {full}'),
  'form.points_never_full': say('没有任何答案可得满分 {full}', 'No answer can reach the full {full}'),
  'form.range_empty': say('下限 {min} 大于上限 {max}', 'The lower bound {min} exceeds the upper bound {max}'),
  'form.weight_partial': say('计分的章节须全部设置权重，或全部不设', 'Either every scored section has a weight or none has'),
  'form.version_order': say('新版本号应为 {want}', 'The new version must be {want}'),
  'form.key_reused': say('题目 {key} 已用于另一类型（{was}），请另取编号', 'Item {key} was of kind {was} before; use a new key'),
  'form.id_changed': say('不是同一份表单：{was}', 'Not the same form: {was}'),
});

/** `at` is the key of the item or section, or the form's id. */
export type FormFault = { at: string; code: keyof typeof formFaults; details: Record<string, unknown> };

export type AnswerFault = { item: string; code: keyof typeof answerFaults; details: Record<string, unknown> };
