import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { newId } from '#kernel/id.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { dateText, useNow } from '#kernel/web/clock.tsx';
import { RemoteArea } from '#kernel/web/form/pickers.tsx';
import { LevelTag } from '#kernel/web/level.tsx';
import type { RiskSearch } from '#kernel/web/search-params.ts';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { assessment } from '../assessment.workflow.ts';
import { type PointLine, points } from '../module.ts';
import { OpenDialog } from './open-dialog.tsx';
import { PointDetail } from './point-detail.tsx';
import { words } from './words.ts';
import './risk.css';

const size = 50;
const levels = [1, 2, 3, 4] as const;

/** 风险分级管控清单: every risk point one may see, worst first. */
export function RisksPage() {
  usePage({ title: say(words.title) });
  const search = useSearch({ from: '/signed-in/risks' });
  const navigate = useNavigate();
  const me = useMe();
  const [opening, setOpening] = useState<string>();
  const page = search.page ?? 1;
  const { text, org, level, overdue, site } = search;
  const found = useApi(
    points,
    { text, org, level, overdue: overdue ? 'true' : undefined, site, limit: size, offset: (page - 1) * size },
    { keep: true },
  );
  const change = (part: Partial<RiskSearch>) =>
    void navigate({ to: '/risks', search: { ...search, page: undefined, ...part }, replace: true });

  return (
    <>
      <BookPage<PointLine>
        title={say(words.title)}
        tools={
          mayUse(me, assessment.starts.open.by) && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpening(newId())}>
              {say(words.first)}
            </Button>
          )
        }
        filters={
          <>
            <Input.Search
              className="filter-text"
              allowClear
              defaultValue={text ?? ''}
              placeholder={say(words.find)}
              aria-label={say(words.find)}
              onSearch={(next) => change({ text: next.trim() || undefined })}
            />
            <div className="filter-area">
              <RemoteArea id="risk-area" label={say(words.area)} value={org} onChange={(next) => change({ org: next })} />
            </div>
            <Levels counts={found.data?.byLevel ?? []} level={level} onChange={(next) => change({ level: next })} />
            <Checkbox checked={overdue === true} onChange={(event) => change({ overdue: event.target.checked || undefined })}>
              {say(words.onlyOverdue)}
            </Checkbox>
          </>
        }
        rows={found.data?.items}
        error={found.error}
        retry={() => void found.refetch()}
        busy={found.isPlaceholderData}
        rowKey={(row) => row.id}
        columns={useColumns()}
        card={(row) => (
          <Link to="/risks" search={{ ...search, id: row.id }}>
            <b>{row.name}</b>
            <span>
              <LevelTag level={row.level} /> <span className="quiet">{row.siteName}</span>
            </span>
            {row.overdue && <span className="late">{say(words.overdue)}</span>}
          </Link>
        )}
        empty={say(words.none)}
        paging={{ page, size, total: found.data?.total ?? 0, onPage: (next) => change({ page: next === 1 ? undefined : next }) }}
        detail={search.id ? <PointDetail key={search.id} id={search.id} /> : undefined}
        onCloseDetail={() => change({ id: undefined, page: search.page })}
      />
      {opening && <OpenDialog riskPoint={opening} {...(site ? { site } : {})} onClose={() => setOpening(undefined)} />}
    </>
  );
}

type LevelsProps = {
  counts: readonly { level: number; count: number }[];
  level: number | undefined;
  onChange: (level: number | undefined) => void;
};

/** The four colours with their numbers; a press narrows the list. */
function Levels({ counts, level, onChange }: LevelsProps) {
  return (
    <div className="risk-levels">
      {levels.map((one) => (
        <Button
          key={one}
          aria-pressed={level === one}
          {...(level === one ? { type: 'primary' as const, ghost: true } : {})}
          onClick={() => onChange(level === one ? undefined : one)}
        >
          <LevelTag level={one} />
          <b>{counts.find((each) => each.level === one)?.count ?? 0}</b>
        </Button>
      ))}
    </div>
  );
}

function useColumns(): TableColumnsType<PointLine> {
  const now = useNow();
  return [
    {
      key: 'name',
      title: say(words.name),
      render: (_, row) => (
        <Link to="/risks" search={(before: RiskSearch) => ({ ...before, id: row.id })}>
          {row.name}
        </Link>
      ),
    },
    { key: 'site', title: say(words.site), dataIndex: 'siteName' },
    { key: 'level', title: say(words.level), width: 96, render: (_, row) => <LevelTag level={row.level} /> },
    { key: 'inherent', title: say(words.inherent), width: 96, render: (_, row) => <LevelTag level={row.inherent} /> },
    { key: 'keeper', title: say(words.keeper), width: 160, render: (_, row) => [row.department, row.keeper].filter(Boolean).join(' / ') },
    { key: 'area', title: say(words.area), width: 110, dataIndex: 'orgName' },
    {
      key: 'due',
      title: say(words.due),
      className: 'risk-date',
      width: 120,
      render: (_, row) => (row.overdue ? <span className="late">{say(words.overdue)}</span> : dateText(row.reassessDue, now)),
    },
  ];
}
