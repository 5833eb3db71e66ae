import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { newId } from '#kernel/id.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { CallDialog } from '#kernel/web/call-dialog.tsx';
import { RemoteArea } from '#kernel/web/form/pickers.tsx';
import { LevelTag } from '#kernel/web/level.tsx';
import { lineWord } from '#kernel/web/lines.ts';
import { queryClient } from '#kernel/web/query-client.ts';
import type { PageSearch } from '#kernel/web/search-params.ts';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { list, save } from '../module.ts';
import { type SiteLine, siteKinds } from '../schema.ts';
import { SiteDetail } from './site-detail.tsx';
import { words } from './words.ts';

const size = 50;

/** Every supervised object one may see: 一企一档. */
export function SitesPage() {
  usePage({ title: say(list.label) });
  const search = useSearch({ from: '/signed-in/sites' });
  const navigate = useNavigate();
  const me = useMe();
  const [adding, setAdding] = useState<string>();
  const page = search.page ?? 1;
  const found = useApi(list, { text: search.text, org: search.org, limit: size, offset: (page - 1) * size }, { keep: true });
  const change = (part: Partial<PageSearch>) =>
    void navigate({ to: '/sites', search: { ...search, page: undefined, ...part }, replace: true });

  return (
    <>
      <BookPage<SiteLine>
        title={say(list.label)}
        tools={
          mayUse(me, save.by) && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(newId())}>
              {say(save.label)}
            </Button>
          )
        }
        filters={
          <>
            <Input.Search
              className="filter-text"
              allowClear
              defaultValue={search.text ?? ''}
              placeholder={say(words.find)}
              aria-label={say(words.find)}
              onSearch={(text) => change({ text: text.trim() || undefined })}
            />
            <div className="filter-area">
              <RemoteArea id="site-area" label={say(words.area)} value={search.org} onChange={(org) => change({ org })} />
            </div>
          </>
        }
        rows={found.data?.items}
        error={found.error}
        retry={() => void found.refetch()}
        busy={found.isPlaceholderData}
        rowKey={(row) => row.id}
        columns={columns()}
        card={(row) => (
          <Link to="/sites" search={{ ...search, id: row.id }}>
            <b>{row.name}</b>
            <span>
              <LevelTag level={row.level} /> {say(siteKinds[row.kind])} · {lineWord(row.line)}
            </span>
            <span className="quiet">
              {row.orgName} · {row.address}
            </span>
          </Link>
        )}
        empty={say(words.none)}
        paging={{ page, size, total: found.data?.total ?? 0, onPage: (next) => change({ page: next === 1 ? undefined : next }) }}
        detail={search.id ? <SiteDetail key={search.id} id={search.id} /> : undefined}
        onCloseDetail={() => change({ id: undefined, page: search.page })}
      />
      {adding && (
        <CallDialog<{ id: string }>
          contract={save}
          initial={{ id: adding }}
          draft="site.save"
          onClose={() => setAdding(undefined)}
          onDone={async ({ id }) => {
            await queryClient.invalidateQueries({ queryKey: ['site.list'] });
            change({ id });
            return say(words.saved);
          }}
        />
      )}
    </>
  );
}

const columns = (): TableColumnsType<SiteLine> => [
  {
    key: 'name',
    title: say(words.name),
    render: (_, row) => (
      <Link to="/sites" search={(before: PageSearch) => ({ ...before, id: row.id })}>
        {row.name}
      </Link>
    ),
  },
  { key: 'kind', title: say(words.kind), width: 110, render: (_, row) => say(siteKinds[row.kind]) },
  { key: 'line', title: say(words.line), width: 130, render: (_, row) => lineWord(row.line) },
  { key: 'level', title: say(words.level), width: 90, render: (_, row) => <LevelTag level={row.level} /> },
  { key: 'area', title: say(words.area), width: 130, dataIndex: 'orgName' },
  { key: 'address', title: say(words.address), dataIndex: 'address' },
  { key: 'hazards', title: say(words.hazards), width: 100, align: 'right', dataIndex: 'openHazards' },
];
