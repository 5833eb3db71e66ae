import { Input, InputNumber } from 'antd';
import { type ReactNode, useId } from 'react';
import type { Text } from '../../../text.ts';
import { say } from '../../words/words.ts';
import { words } from './editor-words.ts';

type Words = { zh: string; en: string };

/** A label above its control; the control gets the id that ties them. */
export function Field({ label, wide = false, children }: { label: Text; wide?: boolean; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={wide ? 'edit-field is-wide' : 'edit-field'}>
      <label htmlFor={id}>{say(label)}</label>
      {children(id)}
    </div>
  );
}

type Bilingual = { label: Text; value: Words; onChange: (value: Words) => void; lines?: boolean; first?: boolean };

/** Words in both languages, Chinese first; English may stay empty. */
export function BilingualField({ label, value, onChange, lines = false, first = false }: Bilingual) {
  const put = (lang: keyof Words) => (text: string) => onChange({ ...value, [lang]: text });
  return (
    <div className="edit-pair">
      {(['zh', 'en'] as const).map((lang) => (
        <Field key={lang} label={{ zh: `${label.zh}（${words[lang].zh}）`, en: `${label.en} (${words[lang].en})` }}>
          {(id) =>
            lines ? (
              <Input.TextArea
                id={id}
                value={value[lang]}
                autoSize={{ minRows: 1, maxRows: 5 }}
                onChange={(event) => put(lang)(event.target.value)}
              />
            ) : (
              <Input id={id} value={value[lang]} autoFocus={first && lang === 'zh'} onChange={(event) => put(lang)(event.target.value)} />
            )
          }
        </Field>
      ))}
    </div>
  );
}

const unsaid = { zh: '', en: '' };

/** The same where it may be left out altogether. */
export function OptionalBilingual({
  value,
  onChange,
  ...rest
}: Omit<Bilingual, 'value' | 'onChange'> & { value: Words | undefined; onChange: (value: Words | undefined) => void }) {
  return (
    <BilingualField {...rest} value={value ?? unsaid} onChange={(next) => onChange(next.zh === '' && next.en === '' ? undefined : next)} />
  );
}

type Numeric = {
  label: Text;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  min?: number;
  max?: number;
  whole?: boolean;
};

export function NumberField({ label, value, onChange, min, max, whole = false }: Numeric) {
  return (
    <Field label={label}>
      {(id) => (
        <InputNumber<number>
          id={id}
          value={value ?? null}
          onChange={(next) => onChange(next ?? undefined)}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
          {...(whole ? { precision: 0 } : {})}
          changeOnWheel={false}
          inputMode="decimal"
        />
      )}
    </Field>
  );
}
