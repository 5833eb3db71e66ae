import { DatePicker, Input, InputNumber, Radio, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { type ComponentType, useContext } from 'react';
import { levelWord } from '../level.tsx';
import { say, t } from '../words/words.ts';
import { fromPicker, toPicker } from './china-picker.ts';
import { type Control, FormFactsContext } from './control.ts';
import type { Field } from './fields.ts';
import { PhotosInput } from './photos-input.tsx';
import { AreaPicker, LinePicker, PeoplePicker, PersonPicker, SitePicker, UnitPicker } from './pickers.tsx';
import { PlaceInput } from './place-input.tsx';

function TextInput({ field, id, value, onChange }: Control<string>) {
  const { maxLength } = field.limits;
  return (
    <Input
      id={id}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
      allowClear
      {...(maxLength ? { maxLength } : {})}
    />
  );
}

function LongInput({ field, id, value, onChange }: Control<string>) {
  const { maxLength } = field.limits;
  return (
    <Input.TextArea
      id={id}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
      autoSize={{ minRows: 3, maxRows: 10 }}
      {...(maxLength ? { maxLength, showCount: true } : {})}
    />
  );
}

function SecretInput({ field, id, value, onChange }: Control<string>) {
  const complete = field.name === 'next' ? 'new-password' : field.name === 'code' ? 'one-time-code' : 'current-password';
  return <Input.Password id={id} value={value ?? ''} onChange={(event) => onChange(event.target.value)} autoComplete={complete} />;
}

function NumberInput({ field, id, value, onChange }: Control<number>) {
  const { min, max, whole } = field.limits;
  return (
    <InputNumber<number>
      id={id}
      value={value ?? null}
      onChange={(number) => onChange(number ?? undefined)}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(whole ? { precision: 0 } : {})}
      {...(field.unit ? { suffix: say(field.unit) } : {})}
      changeOnWheel={false}
      inputMode="decimal"
    />
  );
}

const wordsOf = (field: Field) => (field.options ?? []).map(({ value, label }) => ({ value, label: say(label) }));

function ChoiceInput({ field, id, value, onChange }: Control<string | number>) {
  const options = wordsOf(field);
  if (options.length <= 5)
    return <Radio.Group id={id} value={value} onChange={(event) => onChange(event.target.value)} options={options} />;
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={options}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
    />
  );
}

function ChoicesInput({ field, id, value, onChange }: Control<(string | number)[]>) {
  const shared = { id, value: value ?? [], onChange };
  return field.options ? <Select {...shared} mode="multiple" options={wordsOf(field)} /> : <Select {...shared} mode="tags" open={false} />;
}

function LevelInput({ id, value, onChange }: Control<number>) {
  const { kind } = useContext(FormFactsContext);
  const options = [1, 2, 3, 4].map((level) => ({ value: level, label: levelWord(level, kind) }));
  return <Radio.Group id={id} value={value} onChange={(event) => onChange(event.target.value)} options={options} />;
}

function StepInput({ id, value, onChange }: Control<string>) {
  const { steps = [] } = useContext(FormFactsContext);
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={[...steps]}
      placeholder={t('pick.step')}
    />
  );
}

function SwitchInput({ id, value, onChange }: Control<boolean>) {
  return <Switch id={id} checked={value === true} onChange={onChange} />;
}

function DateInput({ id, value, onChange }: Control<string>) {
  return (
    <DatePicker
      id={id}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange(day?.format('YYYY-MM-DD'))}
      placeholder={t('pick.date')}
    />
  );
}

/** Shown and typed in China time whatever the device's zone; kept as an instant with +08:00. */
function DateTimeInput({ id, value, onChange }: Control<string>) {
  return (
    <DatePicker
      id={id}
      showTime={{ format: 'HH:mm', minuteStep: 5, defaultOpenValue: dayjs('2000-01-01T18:00') }}
      format="YYYY-MM-DD HH:mm"
      value={toPicker(value)}
      onChange={(moment) => onChange(fromPicker(moment ?? null))}
      placeholder={t('pick.datetime')}
    />
  );
}

function PhotosControl({ field, ...props }: Control<string[]>) {
  return <PhotosInput {...props} most={field.limits.maxItems ?? 9} files={field.look === 'files'} />;
}

const controls: Record<Exclude<Field['look'], 'list' | 'group' | 'reference'>, ComponentType<Control<never>>> = {
  text: TextInput,
  textarea: LongInput,
  password: SecretInput,
  number: NumberInput,
  percent: NumberInput,
  enum: ChoiceInput,
  enums: ChoicesInput,
  switch: SwitchInput,
  date: DateInput,
  datetime: DateTimeInput,
  level: LevelInput,
  step: StepInput,
  person: PersonPicker,
  people: PeoplePicker,
  unit: UnitPicker,
  area: AreaPicker,
  site: SitePicker,
  line: LinePicker,
  place: PlaceInput,
  photos: PhotosControl,
  files: PhotosControl,
};

type Props = { field: Field; id?: string; value?: never; onChange?: (value: undefined) => void };

/** The control for a field. antd Form clones `id`, `value` and `onChange` into it. */
export function FieldInput({ field, id = field.name, value, onChange = () => {} }: Props) {
  if (field.look === 'list' || field.look === 'group' || field.look === 'reference') return null;
  const Input = controls[field.look];
  return <Input field={field} id={id} value={value} onChange={onChange} />;
}
