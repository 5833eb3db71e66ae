import { CheckCircleOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { inbox } from '../../matter-contract.ts';
import { useNow } from '../clock.tsx';
import { useWide } from '../look.ts';
import { Bones, Failed } from '../page-state.tsx';
import { useMe } from '../session.ts';
import { usePage } from '../shell/page-title.ts';
import { startLinks } from '../shell/start-links.ts';
import { useApi } from '../use-api.ts';
import { t } from '../words/words.ts';
import { type GroupName, grouped } from './inbox-groups.ts';
import { type InboxLine, InboxRow } from './inbox-row.tsx';
import { useRowKeys } from './use-row-keys.ts';
import './inbox.css';

/** The record beside the list comes after the list: it is no part of the first screen. */
const RecordView = lazy(() => import('../matter/record-view.tsx').then((module) => ({ default: module.RecordView })));

export function InboxPage() {
  usePage({ title: t('inbox.title') });
  const wide = useWide();
  const { data, error, refetch } = useApi(inbox, { limit: 200 });
  const search = useSearch({ from: '/signed-in/' });
  const rows = data?.items;
  // What one is reading stays, also when somebody else takes its row away: the first row is chosen once, not at each arrival.
  const [reading, setReading] = useState<{ kind: string; id: string }>();
  const [first] = rows ?? [];
  if (reading === undefined && first) setReading({ kind: first.kind, id: first.id });
  const asked = search.id !== undefined && search.kind !== undefined ? { kind: search.kind, id: search.id } : undefined;
  const shown = wide ? (asked ?? reading) : asked;
  const split = wide && (rows === undefined || shown !== undefined);

  return (
    <div className={split ? 'inbox is-split' : 'inbox'}>
      <section className="inbox-list" aria-label={t('inbox.title')}>
        <InboxHead counts={data?.counts} wide={wide} />
        {rows === undefined && (error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={8} />)}
        {rows?.length === 0 && <NothingToDo />}
        {rows && rows.length > 0 && <InboxRows rows={rows} current={shown?.id} beside={wide} />}
      </section>
      {split && shown && (
        <section className="inbox-beside" key={shown.id}>
          <Suspense fallback={<Bones rows={5} />}>
            <RecordView kind={shown.kind} id={shown.id} beside />
          </Suspense>
        </section>
      )}
    </div>
  );
}

type Counts = { all: number; overdue: number; today: number };

function InboxHead({ counts, wide }: { counts: Counts | undefined; wide: boolean }) {
  return (
    <header className="inbox-head">
      <h1 className={wide ? '' : 'visually-hidden'}>{t('inbox.title')}</h1>
      <p className="quiet">{counts && counts.all > 0 ? t('inbox.summary', counts) : '\u00a0'}</p>
    </header>
  );
}

function InboxRows({ rows, current, beside }: { rows: readonly InboxLine[]; current: string | undefined; beside: boolean }) {
  const now = useNow();
  const navigate = useNavigate();
  const groups = grouped(rows, now);
  const ordered = useMemo(() => grouped(rows, now).flatMap((group) => group.rows), [rows, now]);
  const ids = useMemo(() => ordered.map((row) => row.id), [ordered]);
  const move = useCallback(
    (id: string) => {
      const kind = ordered.find((row) => row.id === id)?.kind;
      if (beside && kind) void navigate({ to: '/', search: { kind, id }, replace: true });
      else document.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus();
    },
    [ordered, beside, navigate],
  );
  const enter = useCallback(() => {
    const button = document.querySelector<HTMLElement>('.inbox-beside .record-actions .ant-btn');
    if (button) button.click();
    else document.querySelector<HTMLElement>(`[data-row="${current}"]`)?.click();
  }, [current]);
  useRowKeys(ids, current, move, enter);
  return (
    <>
      {groups.map((group) => (
        <Group key={group.name} name={group.name} count={group.rows.length}>
          {group.rows.map((row) => (
            <InboxRow key={row.id} row={row} current={row.id === current && beside} beside={beside} />
          ))}
        </Group>
      ))}
      {beside && <p className="inbox-keys quiet">{t('inbox.keys')}</p>}
    </>
  );
}

function Group({ name, count, children }: { name: GroupName; count: number; children: React.ReactNode }) {
  return (
    <section aria-label={t(`inbox.${name}`)}>
      <h2 className={name === 'overdue' ? 'inbox-group is-late' : 'inbox-group'}>
        {t(`inbox.${name}`)} <span>{count}</span>
      </h2>
      <ul>{children}</ul>
    </section>
  );
}

function NothingToDo() {
  const [first] = startLinks(useMe());
  return (
    <div className="page-state">
      <CheckCircleOutlined style={{ color: 'var(--done)' }} />
      <h2>{t('inbox.empty')}</h2>
      <p>{t('inbox.empty_help')}</p>
      {first && (
        <Link to="/new/$kind/$start" params={{ kind: first.kind, start: first.start }}>
          {first.label}
        </Link>
      )}
    </div>
  );
}
