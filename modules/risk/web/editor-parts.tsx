import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { createContext, type ReactNode, useContext, useId } from 'react';
import type { Text } from '#kernel/text.ts';
import { say } from '#kernel/web/words/words.ts';
import type { Places } from './drafts.ts';
import { words } from './words.ts';

/** What is wrong by place; empty until somebody has tried to hand it in. */
export const PlacesContext = createContext<Places>(new Map());

type FieldProps = { label: Text; path: string; wide?: boolean; help?: Text; children: (id: string, wrong: boolean) => ReactNode };

/** A label, its control, and beside it what is wrong there. */
export function Field({ label, path, wide = false, help, children }: FieldProps) {
  const id = useId();
  const wrong = useContext(PlacesContext).get(path);
  return (
    <div className={wide ? 'risk-field is-wide' : 'risk-field'} {...(wrong ? { 'data-wrong': path } : {})}>
      <label htmlFor={id}>{say(label)}</label>
      {children(id, wrong !== undefined)}
      {help && !wrong && <p className="quiet">{say(help)}</p>}
      <PlaceNote path={path} />
    </div>
  );
}

export function PlaceNote({ path }: { path: string }) {
  const wrong = useContext(PlacesContext).get(path);
  return wrong ? (
    <p className="risk-wrong" role="alert">
      {say(wrong)}
    </p>
  ) : null;
}

type TextProps = {
  label: Text;
  path: string;
  value: string | undefined;
  onChange: (value: string) => void;
  max: number;
  rows?: number;
  help?: Text;
};

export function TextField({ label, path, value, onChange, max, rows = 1, help }: TextProps) {
  return (
    <Field label={label} path={path} wide={rows > 1} {...(help ? { help } : {})}>
      {(id, wrong) => {
        const props = { id, value: value ?? '', maxLength: max, ...(wrong ? { status: 'error' as const } : {}) };
        return rows === 1 ? (
          <Input {...props} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <Input.TextArea {...props} autoSize={{ minRows: rows, maxRows: 12 }} onChange={(event) => onChange(event.target.value)} />
        );
      }}
    </Field>
  );
}

type ChoiceProps<K extends string> = {
  label: Text;
  path: string;
  options: Readonly<Record<K, Text>>;
  value: K | undefined;
  onChange: (value: K) => void;
};

export function ChoiceField<K extends string>({ label, path, options, value, onChange }: ChoiceProps<K>) {
  const entries = Object.entries(options) as [K, Text][];
  return (
    <Field label={label} path={path}>
      {(id, wrong) => (
        <Select<K>
          id={id}
          value={value ?? null}
          onChange={onChange}
          options={entries.map(([key, words]) => ({ value: key, label: say(words) }))}
          popupMatchSelectWidth={false}
          {...(wrong ? { status: 'error' as const } : {})}
        />
      )}
    </Field>
  );
}

type NumberProps = {
  label: Text;
  path: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  min: number;
  max: number;
};

export function NumberField({ label, path, value, onChange, min, max }: NumberProps) {
  return (
    <Field label={label} path={path}>
      {(id, wrong) => (
        <InputNumber<number>
          id={id}
          value={value ?? null}
          min={min}
          max={max}
          changeOnWheel={false}
          onChange={(next) => onChange(next ?? undefined)}
          {...(wrong ? { status: 'error' as const } : {})}
        />
      )}
    </Field>
  );
}

export function RemoveButton({ what, onClick }: { what: string; onClick: () => void }) {
  return (
    <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={`${say(words.remove)} ${what}`} onClick={onClick}>
      {say(words.remove)}
    </Button>
  );
}
