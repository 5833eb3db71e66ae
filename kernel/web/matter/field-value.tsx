import { FileOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { formatNumber } from '../../text.ts';
import { clockText, useNow } from '../clock.tsx';
import type { Field } from '../form/fields.ts';
import { findName } from '../form/picked-names.ts';
import { LevelTag } from '../level.tsx';
import { lineWord } from '../lines.ts';
import { useNamed } from '../use-api.ts';
import { say, t } from '../words/words.ts';
import { Photos } from './photos.tsx';

type Names = Readonly<Record<string, string>>;
type Props = { field: Field; value: unknown; names: Names; kind?: string };

const isBlank = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** A value as people read it: names instead of ids, words instead of codes, units, China time. */
export function FieldValue({ field, value, names, kind }: Props): ReactNode {
  if (isBlank(value)) return <span className="quiet">{t('record.empty_value')}</span>;
  if (field.look === 'photos') return <Photos files={value as string[]} />;
  if (field.look === 'list') return <RowsValue field={field} value={value} names={names} />;
  if (Array.isArray(value)) return value.map((one) => plainWord(field, one, names)).join(t('say.join'));
  if (field.look === 'level') return <LevelTag level={Number(value)} {...(kind ? { kind } : {})} />;
  if (field.look === 'date' || field.look === 'datetime') return <Moment at={String(value)} />;
  if (field.look === 'area') return <AreaName id={Number(value)} />;
  if (field.look === 'files') return <FileLink id={String(value)} />;
  return plainWord(field, value, names);
}

function plainWord(field: Field, value: unknown, names: Names): string {
  const option = field.options?.find((one) => one.value === value);
  if (option) return say(option.label);
  if (typeof value === 'boolean') return t(value ? 'say.yes' : 'say.no');
  if (typeof value === 'number') return `${formatNumber(value)}${field.unit ? ` ${say(field.unit)}` : ''}`;
  if (field.look === 'line') return lineWord(String(value));
  if (field.look === 'place') return placeWord(value);
  if (typeof value === 'string') return names[value] ?? findName(value) ?? value;
  return JSON.stringify(value);
}

function placeWord(value: unknown): string {
  const { lng, lat } = value as { lng?: unknown; lat?: unknown };
  return typeof lng === 'number' && typeof lat === 'number' ? t('place.at', { lng: lng.toFixed(5), lat: lat.toFixed(5) }) : '—';
}

function Moment({ at }: { at: string }) {
  const now = useNow();
  return <time dateTime={at}>{/^\d{4}-\d{2}-\d{2}$/.test(at) ? at : clockText(at, now)}</time>;
}

type Areas = { items: { id: number; name: string }[] };

/** Areas are named from the list every form uses; it is fetched once. */
export function AreaName({ id }: { id: number }) {
  const areas = useNamed<Areas>('org.areas', {}, { staleTime: 600_000 });
  return areas.data?.items.find((area) => area.id === id)?.name ?? '…';
}

function FileLink({ id }: { id: string }) {
  return (
    <a href={`/api/files/${id}`} target="_blank" rel="noreferrer">
      <FileOutlined /> {t('record.download')}
    </a>
  );
}

function RowsValue({ field, value, names }: Omit<Props, 'kind'>) {
  const rows = (Array.isArray(value) ? value : []) as Record<string, unknown>[];
  return (
    <ol className="value-rows">
      {rows.map((row) => (
        <li key={JSON.stringify(row)}>
          {(field.fields ?? []).map((inner) => (
            <span key={inner.name}>
              {say(inner.label)} <FieldValue field={inner} value={row[inner.name]} names={names} />
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
