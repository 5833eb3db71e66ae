import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { freeKey } from '../../../form/edit/keys.ts';
import type { Item } from '../../../form/form.ts';
import { fillText } from '../../../text.ts';
import { fillPlaces, getLang, say } from '../../words/words.ts';
import { words } from './editor-words.ts';
import { BilingualField } from './field.tsx';
import { KeyField } from './key-field.tsx';

type Choice = Extract<Item, { kind: 'choice' }>;
type Props = { item: Choice; onChange: (item: Choice) => void; onRenameOption: (from: string, to: string) => void };

const isValue = (text: string) => text.trim() === text && text !== '' && text.length <= 60;

/** The options of a choice. A new value takes the rules that name the old one along. */
export function OptionsEditor({ item, onChange, onRenameOption }: Props) {
  const { options } = item;
  const values = new Set(options.map((option) => option.value));
  const numbered = (text: { zh: string; en: string }, n: number) => ({ zh: fillText(text, { n }, 'zh'), en: fillText(text, { n }, 'en') });
  return (
    <fieldset className="edit-rule">
      <legend>{say(words.options)}</legend>
      {options.map((option, i) => (
        <div key={option.value} className="edit-option">
          <BilingualField
            label={numbered(words.option, i + 1)}
            value={option.label}
            onChange={(label) => onChange({ ...item, options: options.map((one) => (one === option ? { ...one, label } : one)) })}
          />
          <KeyField
            label={numbered(words.optionValue, i + 1)}
            value={option.value}
            taken={values}
            valid={isValue}
            onRename={(to) => onRenameOption(option.value, to)}
          />
          {options.length > 1 && (
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={fillPlaces(say(words.remove), { name: option.label[getLang()] || option.value })}
              onClick={() => onChange({ ...item, options: options.filter((one) => one !== option) })}
            />
          )}
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange({ ...item, options: [...options, { value: freeKey(values, 'option'), label: { zh: '', en: '' } }] })}
      >
        {say(words.addOption)}
      </Button>
    </fieldset>
  );
}
