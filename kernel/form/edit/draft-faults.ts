import { type Text, text } from '../../text.ts';
import { type Form, formSchema } from '../form.ts';
import { formFaults } from '../form-faults.ts';
import { publishFaults } from '../version.ts';

/** One thing to put right. `at` is the key of the item or section, or the form's id; `saving`: it even stands in the way of a draft. */
export type DraftFault = { at: string; words: Text; details: Record<string, unknown>; saving: boolean };

const fields: Readonly<Record<string, Text>> = {
  id: text('表单编号须由小写字母、数字和连字符组成，以字母开头', 'The id must be lower-case letters, digits and hyphens, a letter first'),
  title: text('请填写标题', 'A title is needed'),
  label: text('请填写题目', 'The words of the item are needed'),
  help: text('请填写说明，或清空中英文', 'Fill in the help, or clear both languages'),
  items: text('章节中至少要有一道题', 'A section needs at least one item'),
  sections: text('至少要有一个章节', 'At least one section is needed'),
  options: text('请填写选项的名称', 'The words of every option are needed'),
  when: text('请选择触发条件的答案', 'Choose the answers that it waits for'),
  text: text('请填写隐患描述', 'The words of the finding are needed'),
  unit: text('请填写计量单位', 'The unit is needed'),
};
const other = text('有一处设置的数值不合要求', 'A setting has a value that is not allowed');

/**
 * All that is wrong with a form while it is drawn up: first what its schema refuses, then what its rules do. `previous` is the
 * newest published version, null where there is none.
 */
export function draftFaults(form: Form, previous: Form | null = null): DraftFault[] {
  const read = formSchema.safeParse(form);
  const unfit = read.success ? [] : read.error.issues.map((issue) => unfitAt(form, issue.path));
  const rules = publishFaults(form, previous).map(
    ({ at, code, details }): DraftFault => ({ at, words: formFaults[code].text, details, saving: false }),
  );
  return [...unfit.filter((one, i) => unfit.findIndex((two) => two.at === one.at && two.words === one.words) === i), ...rules];
}

function unfitAt(form: Form, path: readonly PropertyKey[]): DraftFault {
  const section = path[0] === 'sections' && typeof path[1] === 'number' ? form.sections[path[1]] : undefined;
  const item = section && path[2] === 'items' && typeof path[3] === 'number' ? section.items[path[3]] : undefined;
  const rest = item ? path.slice(4) : section ? path.slice(2) : path;
  const field = rest.findLast(
    (step) => typeof step === 'string' && Object.hasOwn(fields, step) && !(step === 'label' && rest.includes('options')),
  );
  return { at: (item ?? section)?.key ?? form.id, words: fields[String(field)] ?? other, details: {}, saving: true };
}
