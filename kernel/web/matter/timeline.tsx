import { Button } from 'antd';
import { useState } from 'react';
import { get, type MatterRecord, type TimelineRow } from '../../matter-contract.ts';
import { clockText, useNow, When } from '../clock.tsx';
import type { Field } from '../form/fields.ts';
import { Empty } from '../page-state.tsx';
import { findTitle } from '../registry.ts';
import { stateWord } from '../state-tag.tsx';
import { useApi } from '../use-api.ts';
import { say, t } from '../words/words.ts';
import { FieldValue } from './field-value.tsx';
import { inputFields } from './fields-of-kind.ts';

/** Each ledger row: what was done, by whom, when, what it changed, and the evidence. Newest first. */
export function Timeline({ record }: { record: MatterRecord }) {
  if (record.timeline.length === 0) return <Empty title={t('timeline.empty')} />;
  return (
    <>
      <Rows record={record} />
      {record.earlier && <Earlier record={record} />}
    </>
  );
}

function Rows({ record }: { record: MatterRecord }) {
  return (
    <ol className="timeline">
      {record.timeline.toReversed().map((row) => (
        <Row key={row.seq} row={row} record={record} />
      ))}
    </ol>
  );
}

/** The page before, when somebody asks for it; and from there the next. */
function Earlier({ record }: { record: MatterRecord }) {
  const [open, setOpen] = useState(false);
  const before = record.timeline[0]?.seq;
  const found = useApi(get, { kind: record.kind, id: record.id, before }, { enabled: open && before !== undefined });
  if (found.data) return <Timeline record={found.data} />;
  return (
    <Button type="link" loading={open && found.isFetching} onClick={() => (open ? void found.refetch() : setOpen(true))}>
      {t('timeline.earlier')}
    </Button>
  );
}

function Row({ row, record }: { row: TimelineRow; record: MatterRecord }) {
  const title = findTitle(row.name);
  const moved = row.from !== null && row.to !== null && row.from !== row.to;
  const fields = inputFields(row.name).filter((field) => row.data[field.name] !== undefined && row.data[field.name] !== null);
  return (
    <li className={row.actor === null ? 'timeline-row is-system' : 'timeline-row'}>
      <div className="timeline-head">
        <b>{title ? say(title) : row.name}</b>
        {moved && (
          <span className="timeline-moved">
            {t('timeline.from_to', { from: stateWord(record.kind, row.from ?? ''), to: stateWord(record.kind, row.to ?? '') })}
          </span>
        )}
        <span className="quiet timeline-at">
          <When at={row.at} />
        </span>
      </div>
      <p className="timeline-who">
        {row.actor === null ? t('timeline.system') : row.actorName}
        {row.actorTitle && <span className="quiet"> · {row.actorTitle}</span>}
        {row.behalfName && <span className="quiet"> · {t('timeline.behalf', { name: row.behalfName })}</span>}
      </p>
      <dl className="timeline-data">
        {fields.map((field) => (
          <Said key={field.name} field={field} value={row.data[field.name]} record={record} />
        ))}
        <Consequences row={row} names={record.names} />
      </dl>
    </li>
  );
}

function Said({ field, value, record }: { field: Field; value: unknown; record: MatterRecord }) {
  return (
    <div>
      <dt>{say(field.label)}</dt>
      <dd>
        <FieldValue field={field} value={value} names={record.names} kind={record.kind} />
      </dd>
    </div>
  );
}

/** What followed by itself: a new owner, a new deadline, signers, copies. */
function Consequences({ row, names }: { row: TimelineRow; names: Readonly<Record<string, string>> }) {
  const now = useNow();
  const asked = new Set(inputFields(row.name).map((field) => field.name));
  const owner = row.data.owner as { person?: string } | undefined;
  const due = row.data.due;
  const people = (value: unknown) => (Array.isArray(value) ? value.map((id) => names[String(id)] ?? '—').join(t('say.join')) : '');
  const rows: [string, string][] = [];
  if (owner?.person && names[owner.person]) rows.push([t('timeline.owner'), names[owner.person] ?? '']);
  if (typeof due === 'string' && !asked.has('due')) rows.push([t('timeline.due'), clockText(due, now)]);
  if (people(row.data.signers)) rows.push([t('timeline.signers'), people(row.data.signers)]);
  if (people(row.data.copy)) rows.push([t('timeline.copy'), people(row.data.copy)]);
  return rows.map(([label, words]) => (
    <div key={label}>
      <dt>{label}</dt>
      <dd>{words}</dd>
    </div>
  ));
}
