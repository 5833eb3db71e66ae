import { Link } from '@tanstack/react-router';
import { Pagination, Table, type TableColumnsType } from 'antd';
import type { OutputOf } from '../../contract.ts';
import type { list, MatterLine } from '../../matter-contract.ts';
import { clockText, TimeLeft, useNow } from '../clock.tsx';
import { InboxRow } from '../inbox/inbox-row.tsx';
import { LevelBar, LevelTag } from '../level.tsx';
import { ExerciseTag, StateTag } from '../state-tag.tsx';
import { t } from '../words/words.ts';
import { furthest } from './list-input.ts';
import { ownerText } from './owner-text.ts';
import '../inbox/inbox.css';

type Props = {
  kind: string;
  /** Rows for a thumb instead of a table. */
  cards: boolean;
  data: OutputOf<typeof list>;
  page: number;
  size: number;
  busy: boolean;
  onPage: (page: number, size: number) => void;
};

export function MatterTable({ kind, cards, data, page, size, busy, onPage }: Props) {
  const paging = {
    current: page,
    pageSize: size,
    total: data.total,
    onChange: onPage,
    showSizeChanger: !cards,
    pageSizeOptions: [20, 50, 100],
    hideOnSinglePage: data.total <= 20,
  };
  const tooMany = data.more && <p className="quiet">{t('list.too_many', { n: furthest })}</p>;
  if (cards) {
    return (
      <>
        <ul className="card cards">
          {data.items.map((row) => (
            <InboxRow key={row.id} row={row} current={false} beside={false} />
          ))}
        </ul>
        <Pagination {...paging} simple align="center" />
        {tooMany}
      </>
    );
  }
  return (
    <>
      <Table<MatterLine>
        className="matter-table"
        size="small"
        rowKey="id"
        columns={columnsFor(kind)}
        dataSource={data.items}
        loading={busy}
        pagination={paging}
        scroll={{ x: 1040 }}
        sticky={{ offsetHeader: 52 }}
      />
      {tooMany}
    </>
  );
}

function columnsFor(kind: string): TableColumnsType<MatterLine> {
  return [
    {
      key: 'title',
      title: t('matter.title'),
      ellipsis: true,
      render: (_, row) => (
        <Link to="/m/$kind/$id" params={{ kind, id: row.id }} title={row.title} className="cell-title">
          <LevelBar level={row.level} />
          {row.title}
        </Link>
      ),
    },
    { key: 'code', title: t('matter.code'), width: 142, render: (_, row) => <span className="code">{row.code}</span> },
    {
      key: 'state',
      title: t('matter.state'),
      width: 96,
      render: (_, row) => (
        <>
          <StateTag kind={kind} state={row.state} />
          {row.exercise && <ExerciseTag />}
        </>
      ),
    },
    { key: 'level', title: t('matter.level'), width: 76, render: (_, row) => <LevelTag level={row.level} kind={kind} /> },
    { key: 'area', title: t('matter.area'), width: 108, ellipsis: true, dataIndex: 'orgName' },
    { key: 'owner', title: t('matter.owner'), width: 136, ellipsis: true, render: (_, row) => ownerText(row.owner) || '—' },
    { key: 'due', title: t('matter.due'), width: 126, render: (_, row) => <Ends row={row} /> },
    { key: 'opened', title: t('matter.opened'), width: 112, render: (_, row) => <Clock at={row.openedAt} /> },
  ];
}

function Ends({ row }: { row: MatterLine }) {
  return row.closedAt === null ? <TimeLeft due={row.due} /> : <Clock at={row.closedAt} />;
}

function Clock({ at }: { at: string }) {
  const now = useNow();
  return <time dateTime={at}>{clockText(at, now)}</time>;
}
