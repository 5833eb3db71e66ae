import { useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import type { OutputOf } from '#kernel/contract.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { CallButton } from '#kernel/web/call-button.tsx';
import { dateText, useNow } from '#kernel/web/clock.tsx';
import type { PageSearch } from '#kernel/web/search-params.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say, t } from '#kernel/web/words/words.ts';
import { end, register } from '../module.ts';
import { sides } from '../schema.ts';
import { AssignButton } from './assign-button.tsx';
import { SiteLink } from './site-link.tsx';
import { words } from './words.ts';

type Line = OutputOf<typeof register>['items'][number];
const size = 50;

export function RegisterList() {
  const search = useSearch({ from: '/signed-in/duties' });
  const navigate = useNavigate();
  const page = search.page ?? 1;
  const side = search.id === 'industry' || search.id === 'territory' ? search.id : undefined;
  const found = useApi(register, { text: search.text, side, limit: size, offset: (page - 1) * size }, { keep: true });
  const change = (part: Partial<PageSearch>) =>
    void navigate({ to: '/duties', search: { ...search, page: undefined, ...part }, replace: true });
  return (
    <BookPage<Line>
      title={say(register.label)}
      tools={<AssignButton />}
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
          <Segmented
            aria-label={say(words.side)}
            value={side ?? ''}
            onChange={(next) => change({ id: next || undefined })}
            options={[
              { value: '', label: t('say.all') },
              { value: 'industry', label: say(sides.industry) },
              { value: 'territory', label: say(sides.territory) },
            ]}
          />
        </>
      }
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      busy={found.isPlaceholderData}
      rowKey={(row) => row.id}
      columns={[
        { key: 'site', title: say(words.site), render: (_, row) => <SiteLink id={row.site} name={row.siteName} /> },
        { key: 'area', title: say(words.area), width: 120, dataIndex: 'orgName' },
        { key: 'side', title: say(words.side), width: 100, render: (_, row) => say(sides[row.side]) },
        { key: 'unit', title: say(words.unit), width: 150, dataIndex: 'unitName' },
        { key: 'official', title: say(words.official), width: 100, dataIndex: 'officialName' },
        { key: 'item', title: say(words.item), dataIndex: 'itemTitle' },
        { key: 'since', title: say(words.since), width: 110, render: (_, row) => <Since at={row.since} /> },
        { key: 'tools', title: say(words.tools), width: 120, render: (_, row) => <EndButton id={row.id} /> },
      ]}
      card={(row) => (
        <span>
          <SiteLink id={row.site} name={row.siteName} />
          <span>
            {say(sides[row.side])} · {row.unitName} · <b>{row.officialName}</b>
          </span>
          <span className="quiet">{row.itemTitle}</span>
        </span>
      )}
      empty={say(words.none)}
      paging={{ page, size, total: found.data?.total ?? 0, onPage: (next) => change({ page: next === 1 ? undefined : next }) }}
    />
  );
}

function Since({ at }: { at: string }) {
  const now = useNow();
  return dateText(at, now);
}

function EndButton({ id }: { id: string }) {
  return (
    <CallButton
      contract={end}
      type="link"
      initial={{ id }}
      refresh={['duty.register', 'duty.orphans', 'duty.overlaps']}
      done={words.ended}
    />
  );
}
