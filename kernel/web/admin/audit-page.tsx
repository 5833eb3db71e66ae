import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type AuditRow, events } from '../../audit-contract.ts';
import { query } from '../api.ts';
import { When } from '../clock.tsx';
import { SchemaForm } from '../form/schema-form.tsx';
import { Bones, Empty, Failed } from '../page-state.tsx';
import { findTitle, findWorkflow } from '../registry.ts';
import { usePage } from '../shell/page-title.ts';
import { stateWord } from '../state-tag.tsx';
import { say, t } from '../words/words.ts';
import { Sealing } from './sealing.tsx';
import '../book/book.css';

/** What is asked of the ledger; paging is the page's own matter. */
const filter = events.input.omit({ before: true, limit: true });

/** 安全审计: the ledger, newest first. Each look is itself written in it. */
export function AuditPage() {
  usePage({ title: say(events.label) });
  const [asked, setAsked] = useState<Record<string, unknown>>({});
  const [open, setOpen] = useState(false);
  const found = useInfiniteQuery({
    queryKey: ['audit.events', asked],
    queryFn: ({ pageParam, signal }) => query(events, { ...asked, limit: 50, ...(pageParam ? { before: pageParam } : {}) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const rows = found.data?.pages.flatMap((page) => page.items);
  return (
    <div className="page audit">
      <header className="page-head">
        <h1 className="page-title">{say(events.label)}</h1>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('list.filters')}
        </Button>
      </header>
      <Sealing />
      {open && (
        <div className="card audit-filter">
          <SchemaForm
            schema={filter}
            initial={asked}
            submitLabel={t('audit.find')}
            onSubmit={async (values) => {
              setAsked(values);
              setOpen(false);
              return true;
            }}
            onCancel={() => setOpen(false)}
          />
        </div>
      )}
      <p className="quiet">{t('audit.note')}</p>
      {rows === undefined && (found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Bones rows={8} />)}
      {rows?.length === 0 && <Empty title={t('audit.none')} />}
      <ul className="card audit-rows">
        {rows?.map((row) => (
          <Row key={row.seq} row={row} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {t('say.earlier')}
        </Button>
      )}
    </div>
  );
}

function Row({ row }: { row: AuditRow }) {
  const title = findTitle(row.name);
  const moved = row.kind && row.to && row.from !== row.to;
  return (
    <li>
      <span className="code quiet">{row.seq}</span>
      <When at={row.at} />
      <b>{title ? say(title) : row.name}</b>
      <span>{row.actor === null ? t('timeline.system') : row.actorName}</span>
      {row.behalfName && <span className="quiet">{t('timeline.behalf', { name: row.behalfName })}</span>}
      {moved && (
        <span className="quiet">
          {row.from ? `${stateWord(row.kind ?? '', row.from)} → ` : ''}
          {stateWord(row.kind ?? '', row.to ?? '')}
        </span>
      )}
      {row.kind && row.subject && findWorkflow(row.kind) && (
        <Link to="/m/$kind/$id" params={{ kind: row.kind, id: row.subject }}>
          {t('done.open')}
        </Link>
      )}
      <details>
        <summary>{t('audit.raw')}</summary>
        <pre>{JSON.stringify({ name: row.name, subject: row.subject, org: row.org, request: row.request, data: row.data }, null, 2)}</pre>
      </details>
    </li>
  );
}
