import { FilterOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import { RemoteArea } from '../form/pickers.tsx';
import { levelWord } from '../level.tsx';
import { usePhone } from '../look.ts';
import { findWorkflow } from '../registry.ts';
import { type ListSearch, sorts } from '../search-params.ts';
import { say, t } from '../words/words.ts';

type Props = { kind: string; search: ListSearch; onChange: (part: Partial<ListSearch>) => void };

const sortKeys = {
  due: 'list.sort_due',
  '-openedAt': 'list.sort_new',
  openedAt: 'list.sort_old',
  level: 'list.sort_level',
  '-enteredAt': 'list.sort_entered',
} as const;

export function ListFilters({ kind, search, onChange }: Props) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  return (
    <search className="filters" aria-label={t('list.filters')}>
      <TextFilter value={search.text} onChange={(text) => onChange({ text: text || undefined })} />
      {phone && (
        <Button icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('list.filters')}
        </Button>
      )}
      {(!phone || open) && <MoreFilters kind={kind} search={search} onChange={onChange} />}
    </search>
  );
}

/** Asks half a second after the last key, so that typing a name costs one question and not eight. */
function TextFilter({ value, onChange }: { value: string | undefined; onChange: (text: string) => void }) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    if (text.trim() === (value ?? '')) return;
    const timer = setTimeout(() => onChange(text.trim()), 500);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input.Search
      className="filter-text"
      allowClear
      placeholder={t('list.text')}
      aria-label={t('list.text')}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={(typed) => onChange(typed.trim())}
    />
  );
}

function MoreFilters({ kind, search, onChange }: Props) {
  const states = Object.entries(findWorkflow(kind)?.states ?? {});
  return (
    <>
      <Segmented
        aria-label={t('matter.state')}
        value={search.open ?? 'open'}
        onChange={(open) => onChange({ open: open === 'open' ? undefined : (open as 'closed' | 'all'), state: undefined })}
        options={[
          { value: 'open', label: t('list.open') },
          { value: 'closed', label: t('list.closed') },
          { value: 'all', label: t('say.all') },
        ]}
      />
      <Select
        className="filter-state"
        aria-label={t('matter.state')}
        placeholder={t('matter.state')}
        mode="multiple"
        maxTagCount={1}
        allowClear
        value={search.state?.split(',') ?? []}
        onChange={(chosen: string[]) => onChange({ state: chosen.join(',') || undefined })}
        options={states.map(([name, state]) => ({ value: name, label: say(state.label) }))}
      />
      <Select
        className="filter-level"
        aria-label={t('matter.level')}
        placeholder={t('matter.level')}
        allowClear
        value={search.level ?? null}
        onChange={(level) => onChange({ level: level ?? undefined })}
        options={[1, 2, 3, 4].map((level) => ({ value: level, label: levelWord(level, kind) }))}
      />
      <div className="filter-area">
        <RemoteArea id="filter-area" label={t('matter.area')} value={search.org} onChange={(org) => onChange({ org })} />
      </div>
      <Checkbox checked={search.overdue === true} onChange={(event) => onChange({ overdue: event.target.checked ? true : undefined })}>
        {t('list.overdue')}
      </Checkbox>
      <Checkbox checked={search.mine === true} onChange={(event) => onChange({ mine: event.target.checked ? true : undefined })}>
        {t('list.mine')}
      </Checkbox>
      <Select
        className="filter-sort"
        aria-label={t('list.sort')}
        value={search.sort ?? 'due'}
        onChange={(sort) => onChange({ sort: sort === 'due' ? undefined : sort })}
        options={sorts.map((sort) => ({ value: sort, label: t(sortKeys[sort]) }))}
      />
    </>
  );
}
