import { CopyOutlined, EnvironmentOutlined, ExportOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { MatterRecord } from '../../matter-contract.ts';
import { clockText, TimeLeft, useNow, When } from '../clock.tsx';
import { LevelBar, LevelTag } from '../level.tsx';
import { toast } from '../parts/toast.tsx';
import { ExerciseTag, kindWord, StateTag } from '../state-tag.tsx';
import { t } from '../words/words.ts';
import { ownerText } from './owner-text.ts';

/** What it is, how it stands, until when, where, and who holds it. */
export function RecordHead({ record, beside, children }: { record: MatterRecord; beside: boolean; children: ReactNode }) {
  const { kind, id } = record;
  return (
    <header className="record-head">
      <LevelBar level={record.level} />
      <div className="record-marks">
        <span className="quiet">{kindWord(kind)}</span>
        <Code code={record.code} />
        <StateTag kind={kind} state={record.state} />
        <LevelTag level={record.level} kind={kind} />
        {record.exercise && <ExerciseTag />}
        {beside && (
          <Link
            to="/m/$kind/$id"
            params={{ kind, id }}
            className="record-open"
            aria-label={t('record.open_page')}
            title={t('record.open_page')}
          >
            <ExportOutlined />
          </Link>
        )}
      </div>
      <h1>{record.title}</h1>
      <dl className="record-facts">
        <Fact label={t(record.closedAt === null ? 'matter.due' : 'matter.closed')}>
          <Due record={record} />
        </Fact>
        <Fact label={t('matter.owner')}>{ownerText(record.owner) || t('matter.no_owner')}</Fact>
        <Fact label={t('matter.place')}>
          {[record.orgName, record.place].filter(Boolean).join(' ') || t('say.none')}
          {record.lng !== null && record.lat !== null && (
            <Link
              to="/map"
              search={{ at: `${record.lng},${record.lat}`, kind, id }}
              aria-label={t('record.show_map')}
              title={t('record.show_map')}
            >
              {' '}
              <EnvironmentOutlined />
            </Link>
          )}
        </Fact>
        <Fact label={t('matter.starter')}>{record.starterName}</Fact>
        <Fact label={t('matter.opened')}>
          <When at={record.openedAt} />
        </Fact>
      </dl>
      {children}
    </header>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Due({ record }: { record: MatterRecord }) {
  const now = useNow();
  if (record.closedAt !== null) return <span>{clockText(record.closedAt, now)} ✓</span>;
  if (record.due === null) return <TimeLeft due={null} />;
  return (
    <>
      {clockText(record.due, now)} · <TimeLeft due={record.due} />
      {record.dueProvisional && (
        <span className="tag" title={t('record.provisional_help')}>
          {t('record.provisional')}
        </span>
      )}
    </>
  );
}

function Code({ code }: { code: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    toast.info(t('say.copied', { text: code }));
  };
  return (
    <span className="code">
      {code}
      <Button
        type="text"
        size="small"
        className="record-copy"
        icon={<CopyOutlined />}
        aria-label={`${t('say.copy')} ${code}`}
        onClick={() => void copy()}
      />
    </span>
  );
}
