import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { Condition } from '../../../form/condition.ts';
import {
  addPart,
  conditionOf,
  firstComparison,
  groupOf,
  operatorsFor,
  type Plain,
  plainOf,
  putPart,
} from '../../../form/edit/edit-condition.ts';
import type { Item } from '../../../form/form.ts';
import type { Text } from '../../../text.ts';
import { say } from '../../words/words.ts';
import { ComparisonEditor } from './comparison-editor.tsx';
import { words } from './editor-words.ts';
import { placed } from './placed.ts';

type Props = {
  label: Text;
  condition: Condition | undefined;
  earlier: readonly Item[];
  onChange: (condition: Condition | undefined) => void;
};

/** When an item or a section is asked: comparisons with earlier items, joined in groups as deep as need be. */
export function ConditionEditor({ label, condition, earlier, onChange }: Props) {
  const begin = earlier.findLast((item) => operatorsFor(item).length > 0);
  return (
    <fieldset className="edit-rule">
      <legend>{say(label)}</legend>
      {condition && <Part condition={condition} earlier={earlier} onChange={onChange} />}
      {begin ? (
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => onChange(addPart(condition, firstComparison(begin)))}>
          {say(words.addCondition)}
        </Button>
      ) : (
        <p className="quiet">{say(words.noEarlier)}</p>
      )}
    </fieldset>
  );
}

type PartProps = Omit<Props, 'label' | 'condition'> & { condition: Condition };

function Part({ condition, earlier, onChange }: PartProps) {
  const plain = plainOf(condition);
  const negate = (
    <Checkbox checked={plain.negated} onChange={(event) => onChange(conditionOf({ ...plain, negated: event.target.checked }))}>
      {say(words.not)}
    </Checkbox>
  );
  if ('join' in plain) return <Group plain={plain} earlier={earlier} onChange={onChange} negate={negate} />;
  return (
    <div className="condition-row">
      {negate}
      <ComparisonEditor one={plain.one} earlier={earlier} onChange={(one) => onChange(conditionOf({ negated: plain.negated, one }))} />
      <Button type="text" icon={<CloseOutlined />} aria-label={say(words.removePart)} onClick={() => onChange(undefined)} />
    </div>
  );
}

type GroupProps = Omit<PartProps, 'condition'> & { plain: Extract<Plain, { join: unknown }>; negate: ReactNode };

function Group({ plain, earlier, onChange, negate }: GroupProps) {
  const begin = earlier.findLast((item) => operatorsFor(item).length > 0);
  const grow = (part: Condition) => onChange(groupOf(plain, [...plain.parts, part]));
  return (
    <div className="condition-group">
      <div className="condition-row">
        {negate}
        <Radio.Group
          size="small"
          optionType="button"
          value={plain.join}
          options={[
            { value: 'all', label: say(words.all) },
            { value: 'any', label: say(words.any) },
          ]}
          onChange={(event) => onChange(conditionOf({ ...plain, join: event.target.value === 'any' ? 'any' : 'all' }))}
        />
        {begin && (
          <Button
            type="text"
            size="small"
            onClick={() => grow({ [plain.join === 'all' ? 'any' : 'all']: [firstComparison(begin), firstComparison(begin)] } as Condition)}
          >
            {say(words.addGroup)}
          </Button>
        )}
      </div>
      {placed(plain.parts).map(({ one: part, i, place }) => (
        // A part has no name of its own: its place is what it is known by.
        <Part key={place} condition={part} earlier={earlier} onChange={(next) => onChange(groupOf(plain, putPart(plain.parts, i, next)))} />
      ))}
    </div>
  );
}
