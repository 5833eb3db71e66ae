import { Checkbox, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { put } from '../../../form/edit/put.ts';
import type { Item } from '../../../form/form.ts';
import type { Text } from '../../../text.ts';
import { say } from '../../words/words.ts';
import { words } from './editor-words.ts';
import { Field, NumberField, OptionalBilingual } from './field.tsx';
import { OptionsEditor } from './options-editor.tsx';

type Props<I extends Item = Item> = { item: I; onChange: (item: Item) => void; onRenameOption: (from: string, to: string) => void };
type Of<K extends Item['kind']> = Props<Extract<Item, { kind: K }>>;

/** What only items of this kind have. */
export function KindFields({ item, ...rest }: Props) {
  switch (item.kind) {
    case 'text':
      return <TextFields item={item} {...rest} />;
    case 'number':
      return <NumberFields item={item} {...rest} />;
    case 'choice':
      return <ChoiceFields item={item} {...rest} />;
    case 'yesno':
      return (
        <Checkbox
          checked={item.na !== false}
          onChange={(event) => rest.onChange(put(item, { na: event.target.checked ? undefined : false }))}
        >
          {say(words.na)}
        </Checkbox>
      );
    case 'date':
      return <DateFields item={item} {...rest} />;
    case 'photo':
      return <PhotoFields item={item} {...rest} />;
    default:
      return null;
  }
}

function TextFields({ item, onChange }: Of<'text'>) {
  return (
    <div className="edit-numbers">
      <NumberField label={words.lines} value={item.lines} min={1} max={30} whole onChange={(lines) => onChange(put(item, { lines }))} />
      <NumberField
        label={words.maxLength}
        value={item.maxLength}
        min={1}
        max={20_000}
        whole
        onChange={(maxLength) => onChange(put(item, { maxLength }))}
      />
    </div>
  );
}

function NumberFields({ item, onChange }: Of<'number'>) {
  return (
    <>
      <div className="edit-numbers">
        <NumberField label={words.min} value={item.min} onChange={(min) => onChange(put(item, { min }))} />
        <NumberField label={words.max} value={item.max} onChange={(max) => onChange(put(item, { max }))} />
        <NumberField
          label={words.decimals}
          value={item.decimals}
          min={0}
          max={6}
          whole
          onChange={(decimals) => onChange(put(item, { decimals }))}
        />
      </div>
      <OptionalBilingual label={words.unit} value={item.unit} onChange={(unit) => onChange(put(item, { unit }))} />
    </>
  );
}

function ChoiceFields({ item, onChange, onRenameOption }: Of<'choice'>) {
  return (
    <>
      <Checkbox
        checked={item.multiple === true}
        onChange={(event) => onChange(put(item, { multiple: event.target.checked ? true : undefined }))}
      >
        {say(words.multiple)}
      </Checkbox>
      <OptionsEditor item={item} onChange={onChange} onRenameOption={onRenameOption} />
    </>
  );
}

function PhotoFields({ item, onChange }: Of<'photo'>) {
  return (
    <div className="edit-numbers">
      <NumberField label={words.fewest} value={item.min} min={1} max={20} whole onChange={(min) => onChange(put(item, { min }))} />
      <NumberField label={words.most} value={item.max} min={1} max={20} whole onChange={(max) => onChange(put(item, { max }))} />
    </div>
  );
}

function DateFields({ item, onChange }: Of<'date'>) {
  return (
    <div className="edit-numbers">
      <DayField label={words.earliest} value={item.min} onChange={(min) => onChange(put(item, { min }))} />
      <DayField label={words.latest} value={item.max} onChange={(max) => onChange(put(item, { max }))} />
    </div>
  );
}

function DayField({ label, value, onChange }: { label: Text; value: string | undefined; onChange: (day: string | undefined) => void }) {
  return (
    <Field label={label}>
      {(id) => <DatePicker id={id} value={value ? dayjs(value) : null} onChange={(day) => onChange(day?.format('YYYY-MM-DD'))} />}
    </Field>
  );
}
