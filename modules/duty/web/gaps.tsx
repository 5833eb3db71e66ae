import type { OutputOf } from '#kernel/contract.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { lineWord } from '#kernel/web/lines.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { fillPlaces, say, t } from '#kernel/web/words/words.ts';
import { orphans, overlaps } from '../module.ts';
import { sides } from '../schema.ts';
import { AssignButton } from './assign-button.tsx';
import { DutyFilters } from './duty-filters.tsx';
import { OpenSite } from './open-site.tsx';
import { SiteDuties } from './site-duties.tsx';
import { useDutiesSearch } from './use-duties-search.ts';
import { words } from './words.ts';

type Orphan = OutputOf<typeof orphans>['items'][number];
type Overlap = OutputOf<typeof overlaps>['items'][number];

const whyOf = (row: Orphan): string =>
  row.why === 'none' ? say(words.why_none) : fillPlaces(say(words.why_left), { name: row.officialName ?? '' });

/** 监管盲区: objects for which nobody answers on one side. */
export function OrphanList() {
  const { search, window, open, paging } = useDutiesSearch();
  const found = useApi(orphans, { org: search.org, side: search.side, ...window }, { keep: true });
  const names = new Map(found.data?.items.map((row) => [row.site, row.siteName]));
  return (
    <BookPage<Orphan>
      title={say(orphans.label)}
      filters={<DutyFilters side />}
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      rowKey={(row) => `${row.site} ${row.side}`}
      columns={[
        { key: 'site', title: say(words.site), render: (_, row) => <OpenSite id={row.site} name={row.siteName} /> },
        { key: 'area', title: say(words.area), width: 130, dataIndex: 'orgName' },
        { key: 'line', title: say(words.line), width: 130, render: (_, row) => lineWord(row.line) },
        { key: 'side', title: say(words.side), width: 110, render: (_, row) => say(sides[row.side]) },
        { key: 'why', title: say(words.why), render: (_, row) => whyOf(row) },
        {
          key: 'tools',
          title: say(words.tools),
          width: 150,
          render: (_, row) => <Fill row={row} />,
        },
      ]}
      card={(row) => (
        <span>
          <OpenSite id={row.site} name={row.siteName} />
          <span>
            {say(sides[row.side])} · {whyOf(row)}
          </span>
          <span>
            <Fill row={row} />
          </span>
        </span>
      )}
      empty={say(words.noOrphans)}
      busy={found.isPlaceholderData}
      paging={paging(found.data?.total)}
      detail={search.id ? <SiteDuties key={search.id} site={search.id} name={names.get(search.id)} /> : undefined}
      onCloseDetail={() => open(undefined)}
    />
  );
}

/** Where the named official has left, the old line is ended first: it stands beside the list. */
function Fill({ row }: { row: Orphan }) {
  if (row.why === 'left') return <OpenSite id={row.site} name={say(words.settle)} />;
  return <AssignButton site={row.site} siteName={row.siteName} side={row.side} />;
}

/** 监管交叉: two units answer for the same object on the same side. */
export function OverlapList() {
  const { search, window, open, paging } = useDutiesSearch();
  const found = useApi(overlaps, { org: search.org, ...window }, { keep: true });
  const names = new Map(found.data?.items.map((row) => [row.site, row.siteName]));
  return (
    <BookPage<Overlap>
      title={say(overlaps.label)}
      filters={<DutyFilters />}
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      rowKey={(row) => `${row.site} ${row.side}`}
      columns={[
        { key: 'site', title: say(words.site), render: (_, row) => <OpenSite id={row.site} name={row.siteName} /> },
        { key: 'area', title: say(words.area), width: 130, dataIndex: 'orgName' },
        { key: 'side', title: say(words.side), width: 110, render: (_, row) => say(sides[row.side]) },
        { key: 'units', title: say(words.units), render: (_, row) => row.units.join(t('say.join')) },
        { key: 'officials', title: say(words.officials), render: (_, row) => row.officials.join(t('say.join')) },
        { key: 'tools', title: say(words.tools), width: 120, render: (_, row) => <OpenSite id={row.site} name={say(words.settle)} /> },
      ]}
      card={(row) => (
        <span>
          <OpenSite id={row.site} name={row.siteName} />
          <span>{row.units.join(t('say.join'))}</span>
        </span>
      )}
      empty={say(words.noOverlaps)}
      busy={found.isPlaceholderData}
      paging={paging(found.data?.total)}
      detail={search.id ? <SiteDuties key={search.id} site={search.id} name={names.get(search.id)} /> : undefined}
      onCloseDetail={() => open(undefined)}
    />
  );
}
