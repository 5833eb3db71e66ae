import { BarChartOutlined, PlusOutlined, ReloadOutlined } from '@ant-design/icons';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { list } from '../../matter-contract.ts';
import { useLedger } from '../live.ts';
import { usePhone } from '../look.ts';
import { Bones, Empty, Failed, NotFound } from '../page-state.tsx';
import { findWorkflow } from '../registry.ts';
import type { ListSearch } from '../search-params.ts';
import { startsFor, useMe } from '../session.ts';
import { usePage } from '../shell/page-title.ts';
import { kindWord } from '../state-tag.tsx';
import { useApi } from '../use-api.ts';
import { say, t } from '../words/words.ts';
import { ListFilters } from './list-filters.tsx';
import { filterOf, pageSizeOf } from './list-input.ts';
import { MatterTable } from './matter-table.tsx';
import './list.css';

/** Every record of one kind that the person may see; the address holds every filter. */
export function ListPage() {
  const { kind } = useParams({ from: '/signed-in/m/$kind' });
  usePage({ title: kindWord(kind) });
  return findWorkflow(kind) ? <Records key={kind} kind={kind} /> : <NotFound />;
}

function Records({ kind }: { kind: string }) {
  const search = useSearch({ from: '/signed-in/m/$kind' });
  const navigate = useNavigate();
  const phone = usePhone();
  const found = useApi(list, filterOf(kind, search), { keep: true });
  const [stale, setStale] = useState(false);
  useLedger(useCallback((note) => note.kind === kind && setStale(true), [kind]));

  const change = (part: Partial<ListSearch>) =>
    void navigate({ to: '/m/$kind', params: { kind }, search: { ...search, page: undefined, ...part }, replace: part.text !== undefined });
  const refresh = () => {
    setStale(false);
    void found.refetch();
  };

  return (
    <div className="page">
      <ListHead kind={kind} found={found.data} stale={stale} onRefresh={refresh} />
      <ListFilters kind={kind} search={search} onChange={change} />
      {found.data === undefined && (found.error ? <Failed error={found.error} retry={refresh} /> : <Bones rows={8} />)}
      {found.data?.total === 0 && <NoneFound kind={kind} filtered={Object.values(search).some((value) => value !== undefined)} />}
      {found.data && found.data.total > 0 && (
        <MatterTable
          kind={kind}
          cards={phone}
          data={found.data}
          page={search.page ?? 1}
          size={pageSizeOf(search)}
          busy={found.isPlaceholderData}
          onPage={(page, size) => change({ page: page === 1 ? undefined : page, size: size === 20 || size === 100 ? size : undefined })}
        />
      )}
    </div>
  );
}

function NoneFound({ kind, filtered }: { kind: string; filtered: boolean }) {
  if (!filtered) return <Empty title={t('list.empty', { kind: kindWord(kind) })} />;
  return (
    <Empty title={t('list.empty_filtered')} help={t('list.empty_help')}>
      <Link to="/m/$kind" params={{ kind }}>
        {t('list.clear')}
      </Link>
    </Empty>
  );
}

type HeadProps = { kind: string; found: { total: number; more: boolean } | undefined; stale: boolean; onRefresh: () => void };

function ListHead({ kind, found, stale, onRefresh }: HeadProps) {
  const workflow = findWorkflow(kind);
  const me = useMe();
  const starts = workflow ? startsFor(me, workflow) : [];
  return (
    <header className="page-head">
      <h1 className="page-title">{kindWord(kind)}</h1>
      {stale && (
        <Button icon={<ReloadOutlined />} onClick={onRefresh}>
          {t('list.updates')}
        </Button>
      )}
      <span className="quiet">{found ? t(found.more ? 'list.more' : 'list.total', { n: found.total }) : ''}</span>
      <Link to="/stats/$kind" params={{ kind }}>
        <BarChartOutlined /> {t('list.stats')}
      </Link>
      {starts.map((start) => (
        <Link key={start} to="/new/$kind/$start" params={{ kind, start }} className="ant-btn-like">
          <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
            {say(workflow?.starts[start]?.label ?? { zh: start, en: start })}
          </Button>
        </Link>
      ))}
    </header>
  );
}
