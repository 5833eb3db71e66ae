import { Suspense } from 'react';
import type { MatterRecord } from '../../matter-contract.ts';
import type { Field } from '../form/fields.ts';
import { findDetails } from '../kind-parts.ts';
import { lineWord } from '../lines.ts';
import { Bones } from '../page-state.tsx';
import { say, t } from '../words/words.ts';
import { FieldValue } from './field-value.tsx';
import { rowFields } from './fields-of-kind.ts';

const wide = new Set<Field['look']>(['textarea', 'photos', 'files', 'list', 'group']);

const isKnown = (value: unknown) => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The record's own columns; what is not known yet is left out. */
export function DetailsTab({ record }: { record: MatterRecord }) {
  const fields = rowFields(record.kind).filter((field) => isKnown(record.fields[field.name]));
  const Own = findDetails(record.kind);
  return (
    <>
      <dl className="details">
        {fields.map((field) => (
          <div key={field.name} className={wide.has(field.look) ? 'detail is-wide' : 'detail'}>
            <dt>{say(field.label)}</dt>
            <dd>
              <FieldValue field={field} value={record.fields[field.name]} names={record.names} kind={record.kind} />
            </dd>
          </div>
        ))}
        {record.line !== null && (
          <div className="detail">
            <dt>{t('matter.line')}</dt>
            <dd>{lineWord(record.line)}</dd>
          </div>
        )}
      </dl>
      {Own && (
        <Suspense fallback={<Bones rows={3} />}>
          <Own record={record} />
        </Suspense>
      )}
    </>
  );
}
