import { useState } from 'react';
import type { OutputOf } from '#kernel/contract.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { lineWord } from '#kernel/web/lines.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { fillPlaces, say, t } from '#kernel/web/words/words.ts';
import { orphans, overlaps } from '../module.ts';
import { sides } from '../schema.ts';
import { AssignButton } from './assign-button.tsx';
import { SiteLink } from './site-link.tsx';
import { words } from './words.ts';

type Orphan = OutputOf<typeof orphans>['items'][number];
type Overlap = OutputOf<typeof overlaps>['items'][number];
const size = 50;

const whyOf = (row: Orphan): string =>
  row.why === 'none' ? say(words.why_none) : fillPlaces(say(words.why_left), { name: row.officialName ?? '' });

/** 监管盲区: objects for which nobody answers on one side. */
export function OrphanList() {
  const [page, setPage] = useState(1);
  const found = useApi(orphans, { limit: size, offset: (page - 1) * size }, { keep: true });
  return (
    <BookPage<Orphan>
      title={say(orphans.label)}
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      rowKey={(row) => `${row.site} ${row.side}`}
      columns={[
        { key: 'site', title: say(words.site), render: (_, row) => <SiteLink id={row.site} name={row.siteName} /> },
        { key: 'area', title: say(words.area), width: 130, dataIndex: 'orgName' },
        { key: 'line', title: say(words.line), width: 130, render: (_, row) => lineWord(row.line) },
        { key: 'side', title: say(words.side), width: 110, render: (_, row) => say(sides[row.side]) },
        { key: 'why', title: say(words.why), render: (_, row) => whyOf(row) },
        {
          key: 'tools',
          title: say(words.tools),
          width: 150,
          render: (_, row) => <AssignButton site={row.site} siteName={row.siteName} side={row.side} />,
        },
      ]}
      card={(row) => (
        <span>
          <SiteLink id={row.site} name={row.siteName} />
          <span>
            {say(sides[row.side])} · {whyOf(row)}
          </span>
          <span>
            <AssignButton site={row.site} siteName={row.siteName} side={row.side} />
          </span>
        </span>
      )}
      empty={say(words.noOrphans)}
      paging={{ page, size, total: found.data?.total ?? 0, onPage: setPage }}
    />
  );
}

/** 监管交叉: two units answer for the same object on the same side. */
export function OverlapList() {
  const [page, setPage] = useState(1);
  const found = useApi(overlaps, { limit: size, offset: (page - 1) * size }, { keep: true });
  return (
    <BookPage<Overlap>
      title={say(overlaps.label)}
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      rowKey={(row) => `${row.site} ${row.side}`}
      columns={[
        { key: 'site', title: say(words.site), render: (_, row) => <SiteLink id={row.site} name={row.siteName} /> },
        { key: 'area', title: say(words.area), width: 130, dataIndex: 'orgName' },
        { key: 'side', title: say(words.side), width: 110, render: (_, row) => say(sides[row.side]) },
        { key: 'units', title: say(words.units), render: (_, row) => row.units.join(t('say.join')) },
        { key: 'officials', title: say(words.officials), render: (_, row) => row.officials.join(t('say.join')) },
      ]}
      card={(row) => (
        <span>
          <SiteLink id={row.site} name={row.siteName} />
          <span>{row.units.join(t('say.join'))}</span>
        </span>
      )}
      empty={say(words.noOverlaps)}
      paging={{ page, size, total: found.data?.total ?? 0, onPage: setPage }}
    />
  );
}
