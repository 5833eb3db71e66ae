import { Checkbox, DatePicker, Input, InputNumber, Radio } from 'antd';
import dayjs from 'dayjs';
import type { AnswerValue, Item } from '../../form/form.ts';
import { pick } from '../../text.ts';
import { PhotosInput } from '../form/photos-input.tsx';
import { PlaceInput } from '../form/place-input.tsx';
import { getLang, say } from '../words/words.ts';
import { words } from './answering-words.ts';
import { SignatureAnswer } from './signature-answer.tsx';

type Props<K extends Item['kind']> = {
  item: Extract<Item, { kind: K }>;
  /** The id of the label that names it. */
  labelledBy: string;
  value: AnswerValue | undefined;
  onChange: (value: AnswerValue | undefined) => void;
};

/** The control for one item of a form. */
export function AnswerInput({ item, ...rest }: Props<Item['kind']>) {
  switch (item.kind) {
    case 'text':
      return <TextAnswer item={item} {...rest} />;
    case 'number':
      return <NumberAnswer item={item} {...rest} />;
    case 'choice':
      return <ChoiceAnswer item={item} {...rest} />;
    case 'yesno':
      return <YesNoAnswer item={item} {...rest} />;
    case 'date':
      return <DateAnswer item={item} {...rest} />;
    case 'photo':
      return <PhotoAnswer item={item} {...rest} />;
    case 'place':
      return <PlaceAnswer item={item} {...rest} />;
    case 'signature':
      return <SignatureAnswer {...rest} value={typeof rest.value === 'string' ? rest.value : undefined} />;
  }
}

function PhotoAnswer({ item, labelledBy, value, onChange }: Props<'photo'>) {
  return (
    <fieldset aria-labelledby={labelledBy} className="answer-group">
      <PhotosInput id={item.key} value={Array.isArray(value) ? value : []} onChange={onChange} most={item.max ?? 9} files={false} />
    </fieldset>
  );
}

function PlaceAnswer({ item, labelledBy, value, onChange }: Props<'place'>) {
  const place = typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  return (
    <fieldset aria-labelledby={labelledBy} className="answer-group">
      <PlaceInput id={item.key} value={place && { lng: place.lng, lat: place.lat }} onChange={onChange} />
    </fieldset>
  );
}

function TextAnswer({ item, labelledBy, value, onChange }: Props<'text'>) {
  const shared = {
    'aria-labelledby': labelledBy,
    value: typeof value === 'string' ? value : '',
    maxLength: item.maxLength ?? 2000,
  };
  const rows = item.lines ?? 1;
  if (rows === 1) return <Input {...shared} onChange={(event) => onChange(event.target.value || undefined)} />;
  return <Input.TextArea {...shared} rows={rows} onChange={(event) => onChange(event.target.value || undefined)} />;
}

function NumberAnswer({ item, labelledBy, value, onChange }: Props<'number'>) {
  return (
    <InputNumber<number>
      aria-labelledby={labelledBy}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      {...(item.unit ? { suffix: pick(item.unit, getLang()) } : {})}
      changeOnWheel={false}
      inputMode="decimal"
    />
  );
}

function ChoiceAnswer({ item, labelledBy, value, onChange }: Props<'choice'>) {
  const options = item.options.map((option) => ({ value: option.value, label: pick(option.label, getLang()) }));
  if (item.multiple) {
    return (
      <Checkbox.Group
        aria-labelledby={labelledBy}
        value={Array.isArray(value) ? value : []}
        options={options}
        onChange={(next) => onChange(next.length > 0 ? next.map(String) : undefined)}
      />
    );
  }
  return (
    <Radio.Group
      aria-labelledby={labelledBy}
      value={value ?? null}
      options={options}
      onChange={(event) => onChange(String(event.target.value))}
    />
  );
}

function YesNoAnswer({ item, labelledBy, value, onChange }: Props<'yesno'>) {
  const answers = item.na === false ? (['pass', 'fail'] as const) : (['pass', 'fail', 'na'] as const);
  return (
    <Radio.Group
      aria-labelledby={labelledBy}
      value={value ?? null}
      optionType="button"
      options={answers.map((answer) => ({ value: answer, label: say(words[answer]) }))}
      onChange={(event) => onChange(String(event.target.value))}
    />
  );
}

function DateAnswer({ labelledBy, value, onChange }: Props<'date'>) {
  return (
    <DatePicker
      aria-labelledby={labelledBy}
      value={typeof value === 'string' ? dayjs(value) : null}
      onChange={(day) => onChange(day?.format('YYYY-MM-DD'))}
    />
  );
}
