import { Select } from 'antd';
import { allLines } from '../lines.ts';
import { say, t } from '../words/words.ts';
import type { Control } from './control.ts';
import { type Choice, RemoteSelect } from './remote-select.tsx';

type People = { items: { id: string; name: string; title: string; unitName: string }[] };
const people = {
  name: 'org.people',
  input: (text: string) => ({ text, limit: 30 }),
  read: ({ items }: People): Choice[] =>
    items.map(({ id, name, title, unitName }) => ({ value: id, label: name, detail: [unitName, title].filter(Boolean).join(' · ') })),
};

export function PersonPicker({ field: _field, ...props }: Control<string>) {
  return <RemoteSelect<People> {...props} {...people} placeholder={t('pick.person')} />;
}

export function PeoplePicker({ field: _field, ...props }: Control<string[]>) {
  return <RemoteSelect<People> {...props} {...people} multiple placeholder={t('pick.person')} />;
}

type Areas = { items: { id: number; name: string; parent: number | null; kind: string }[] };

/** Areas with the names above them, so that two towns of one name can be told apart and found by their district. */
function readAreas({ items }: Areas): Choice[] {
  const byId = new Map(items.map((area) => [area.id, area]));
  return items.map((area) => {
    const above = area.parent === null ? undefined : byId.get(area.parent);
    return { value: area.id, label: above && above.parent !== null ? `${above.name} ${area.name}` : area.name };
  });
}

type AreaProps = { id: string; label?: string; value: number | undefined; onChange(value: number | undefined): void };

/** An area outside a form: a filter. */
export function RemoteArea({ onChange, ...props }: AreaProps) {
  const change = (value: unknown) => onChange(typeof value === 'number' ? value : undefined);
  return (
    <RemoteSelect<Areas>
      {...props}
      onChange={change}
      whole
      name="org.areas"
      input={() => ({})}
      read={readAreas}
      placeholder={t('pick.area')}
    />
  );
}

export function AreaPicker({ field: _field, ...props }: Control<number>) {
  return <RemoteArea {...props} />;
}

type Sites = { items: { id: string; name: string; address: string; orgName: string }[] };
const readSites = ({ items }: Sites): Choice[] =>
  items.map(({ id, name, address, orgName }) => ({ value: id, label: name, detail: [orgName, address].filter(Boolean).join(' · ') }));

export function SitePicker({ field: _field, ...props }: Control<string>) {
  return (
    <RemoteSelect<Sites>
      {...props}
      name="site.search"
      input={(text) => ({ text, limit: 20 })}
      read={readSites}
      placeholder={t('pick.site')}
    />
  );
}

type Units = { items: { id: number; name: string; areaName: string }[] };
const readUnits = ({ items }: Units): Choice[] => items.map(({ id, name, areaName }) => ({ value: id, label: name, detail: areaName }));

export function UnitPicker({ field: _field, ...props }: Control<number>) {
  return (
    <RemoteSelect<Units> {...props} whole name="org.units" input={() => ({ limit: 2000 })} read={readUnits} placeholder={t('pick.unit')} />
  );
}

/** One line, or several where the schema holds a list. */
export function LinePicker({ field, id, value, onChange }: Control<string | string[]>) {
  const options = allLines().map((line) => ({ value: line.code, label: say(line.name) }));
  return (
    <Select<string | string[]>
      id={id}
      {...(field.many ? { mode: 'multiple' as const } : {})}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? (field.many ? [] : null)}
      placeholder={t('pick.line')}
      onChange={(next) => onChange(next ?? undefined)}
      options={options}
    />
  );
}
