import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import { addDays } from '#kernel/calendar.ts';
import type { OutputOf } from '#kernel/contract.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { RemoteArea } from '#kernel/web/form/pickers.tsx';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { effects } from '../module.ts';
import { pretences } from '../pretend.ts';
import { effectGrades } from '../running-effect.ts';
import { effectWords as words } from './words.ts';
import './risk.css';

type Line = OutputOf<typeof effects>['items'][number];
const size = 50;

/** 双重预防运行效果 of a week: who did not check, who did not rectify, and whose checks look pretended. */
export function EffectsPage() {
  usePage({ title: say(effects.label) });
  const search = useSearch({ from: '/signed-in/effects' });
  const navigate = useNavigate();
  const page = search.page ?? 1;
  const found = useApi(effects, { week: search.week, org: search.org, limit: size, offset: (page - 1) * size }, { keep: true });
  const change = (part: Partial<typeof search>) =>
    void navigate({ to: '/effects', search: { ...search, page: undefined, ...part }, replace: true });
  const { from, to } = found.data ?? {};
  return (
    <BookPage<Line>
      title={say(effects.label)}
      filters={
        <>
          {from && to && (
            <>
              <Button icon={<LeftOutlined />} aria-label={say(words.before)} onClick={() => change({ week: addDays(from, -7) })} />
              <b>
                {from} – {to.slice(5)}
              </b>
              <Button icon={<RightOutlined />} aria-label={say(words.next)} onClick={() => change({ week: addDays(from, 7) })} />
            </>
          )}
          <div className="filter-area">
            <RemoteArea id="effect-area" label={say(words.area)} value={search.org} onChange={(org) => change({ org })} />
          </div>
        </>
      }
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      busy={found.isPlaceholderData}
      rowKey={(row) => row.site}
      columns={columns()}
      card={(row) => (
        <Link to="/checks" search={{ site: row.site }}>
          <b>{row.siteName}</b>
          <span>
            {say(effectGrades[row.grade])} {row.score} · {say(words.checks)} {row.done}/{row.planned} · {say(words.hazards)} {row.accepted}/
            {row.due}
          </span>
          <Suspects row={row} />
        </Link>
      )}
      empty={say(words.none)}
      paging={{ page, size, total: found.data?.total ?? 0, onPage: (next) => change({ page: next === 1 ? undefined : next }) }}
    />
  );
}

function Suspects({ row }: { row: Line }) {
  if (row.suspects.length === 0) return null;
  return <span className="late">{row.suspects.map((one) => `${say(pretences[one.what])} ${one.count}`).join(' · ')}</span>;
}

const columns = (): TableColumnsType<Line> => [
  {
    key: 'site',
    title: say(words.site),
    render: (_, row) => (
      <Link to="/checks" search={{ site: row.site }}>
        {row.siteName}
      </Link>
    ),
  },
  { key: 'grade', title: say(words.grade), width: 80, render: (_, row) => <span className="tag">{say(effectGrades[row.grade])}</span> },
  { key: 'score', title: say(words.score), width: 90, align: 'right', dataIndex: 'score' },
  { key: 'checks', title: say(words.checks), width: 150, align: 'right', render: (_, row) => `${row.done} / ${row.planned}` },
  { key: 'hazards', title: say(words.hazards), width: 150, align: 'right', render: (_, row) => `${row.accepted} / ${row.due}` },
  { key: 'suspects', title: say(words.suspects), render: (_, row) => <Suspects row={row} /> },
];
