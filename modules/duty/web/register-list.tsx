import type { OutputOf } from '#kernel/contract.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { dateText, useNow } from '#kernel/web/clock.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { register } from '../module.ts';
import { sides } from '../schema.ts';
import { AssignButton } from './assign-button.tsx';
import { DutyFilters } from './duty-filters.tsx';
import { EndButton } from './end-button.tsx';
import { OpenSite } from './open-site.tsx';
import { SiteDuties } from './site-duties.tsx';
import { useDutiesSearch } from './use-duties-search.ts';
import { words } from './words.ts';

type Line = OutputOf<typeof register>['items'][number];

export function RegisterList() {
  const { search, window, open, paging } = useDutiesSearch();
  const found = useApi(register, { text: search.text, org: search.org, side: search.side, ...window }, { keep: true });
  const names = new Map(found.data?.items.map((row) => [row.site, row.siteName]));
  return (
    <BookPage<Line>
      title={say(register.label)}
      tools={<AssignButton />}
      filters={<DutyFilters text side />}
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      busy={found.isPlaceholderData}
      rowKey={(row) => row.id}
      columns={[
        { key: 'site', title: say(words.site), render: (_, row) => <OpenSite id={row.site} name={row.siteName} /> },
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
          <OpenSite id={row.site} name={row.siteName} />
          <span>
            {say(sides[row.side])} · {row.unitName} · <b>{row.officialName}</b>
          </span>
          <span className="quiet">{row.itemTitle}</span>
        </span>
      )}
      empty={say(words.none)}
      paging={paging(found.data?.total)}
      detail={search.id ? <SiteDuties key={search.id} site={search.id} name={names.get(search.id)} /> : undefined}
      onCloseDetail={() => open(undefined)}
    />
  );
}

function Since({ at }: { at: string }) {
  const now = useNow();
  return dateText(at, now);
}
