import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useNamed } from '../use-api.ts';
import { t } from '../words/words.ts';
import { findName, rememberNames } from './picked-names.ts';

export type Choice = { value: string | number; label: string; detail?: string };
type Value = string | number | (string | number)[];

type Props<O> = {
  /** Full name of the query that finds the choices, its input for a search text, and how to read its answer. */
  name: string;
  input: (text: string) => Record<string, unknown>;
  read: (answer: O) => Choice[];
  id: string;
  value: Value | undefined;
  onChange(value: Value | undefined): void;
  multiple?: boolean;
  placeholder: string;
  /** The name for screen readers where no label stands beside it. */
  label?: string;
  /** The whole list comes at once and is filtered here. */
  whole?: boolean;
};

/** What was chosen before the list came, so that it shows a name and not an id. */
function missing(value: Value | undefined, choices: readonly Choice[]): Choice[] {
  const chosen = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return chosen
    .filter((one) => !choices.some((choice) => choice.value === one))
    .map((one) => ({ value: one, label: findName(one) ?? String(one) }));
}

/** A select whose choices come from the server as one types. */
export function RemoteSelect<O>({ name, input, read, id, value, onChange, multiple, placeholder, label, whole = false }: Props<O>) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const asked = useDeferredValue(whole ? '' : text.trim());
  const found = useNamed<O>(name, input(asked), { keep: true, enabled: open || whole, staleTime: 60_000 });
  const choices = found.data === undefined ? [] : read(found.data);
  rememberNames(Object.fromEntries(choices.map((choice) => [String(choice.value), choice.label])));
  const nothing = found.isError ? t('pick.failed') : found.isFetching ? t('say.loading') : t('pick.nothing');
  return (
    <Select<Value, Choice>
      id={id}
      {...(label ? { 'aria-label': label } : {})}
      {...(multiple ? { mode: 'multiple' as const } : {})}
      allowClear
      showSearch={whole ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: setText }}
      value={value ?? (multiple ? [] : null)}
      placeholder={placeholder}
      loading={found.isFetching}
      onOpenChange={setOpen}
      onChange={(next) => onChange(next ?? undefined)}
      options={[...missing(value, choices), ...choices]}
      optionRender={({ data }) => (
        <span className="choice">
          {data.label}
          {data.detail && <span className="quiet"> {data.detail}</span>}
        </span>
      )}
      notFoundContent={<span className="quiet">{nothing}</span>}
    />
  );
}
