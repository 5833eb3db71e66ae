import { CloseOutlined } from '@ant-design/icons';
import { Button, Pagination, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { usePhone } from '../look.ts';
import { Bones, Empty, Failed } from '../page-state.tsx';
import { t } from '../words/words.ts';
import './book.css';

export type Paging = { page: number; size: number; total: number; onPage: (page: number) => void };

type Props<R> = {
  title: string;
  /** Buttons beside the title. */
  tools?: ReactNode;
  filters?: ReactNode;
  rows: readonly R[] | undefined;
  error: unknown;
  retry: () => void;
  rowKey: (row: R) => string;
  columns: TableColumnsType<R>;
  /** A row for a thumb instead of a table's. */
  card: (row: R) => ReactNode;
  empty: string;
  paging?: Paging;
  busy?: boolean;
  /** Shown in place of the table: a tree, a calendar. */
  instead?: ReactNode;
  /** What is open beside the list. */
  detail?: ReactNode;
  onCloseDetail?: () => void;
};

/** A register: title, filters, a table (rows of cards on a phone), pages, and one entry open beside it. */
export function BookPage<R>(props: Props<R>) {
  const { title, tools, filters, rows, error, retry, detail, onCloseDetail } = props;
  return (
    <div className="book">
      <div className="page book-list">
        <header className="page-head">
          <h1 className="page-title">{title}</h1>
          {props.paging && <span className="quiet">{t('list.total', { n: props.paging.total })}</span>}
          {tools}
        </header>
        {filters && <search className="filters">{filters}</search>}
        {rows === undefined && (error ? <Failed error={error} retry={retry} /> : <Bones rows={8} />)}
        {rows?.length === 0 && <Empty title={props.empty} />}
        {rows && rows.length > 0 && (props.instead ?? <Rows {...props} rows={rows} />)}
      </div>
      {detail && (
        <aside className="book-detail" aria-label={t('record.tab_details')}>
          <Button type="text" className="book-close" icon={<CloseOutlined />} aria-label={t('say.close')} onClick={onCloseDetail} />
          {detail}
        </aside>
      )}
    </div>
  );
}

function Rows<R>({ rows, rowKey, columns, card, paging, busy }: Props<R> & { rows: readonly R[] }) {
  const phone = usePhone();
  const pages = paging && {
    current: paging.page,
    pageSize: paging.size,
    total: Math.min(paging.total, 100_000),
    onChange: paging.onPage,
    showSizeChanger: false,
    hideOnSinglePage: true,
  };
  if (!phone) {
    return (
      <Table<R>
        size="small"
        rowKey={rowKey}
        columns={columns}
        dataSource={[...rows]}
        pagination={pages ?? false}
        loading={busy === true}
        scroll={{ x: 'max-content' }}
      />
    );
  }
  return (
    <>
      <ul className="card book-cards">
        {rows.map((row) => (
          <li key={rowKey(row)}>{card(row)}</li>
        ))}
      </ul>
      {pages && <Pagination {...pages} simple align="center" />}
    </>
  );
}

/** A label and its value, as everywhere in details. */
export function Fact({ label, children, wide = false }: { label: string; children: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? 'detail is-wide' : 'detail'}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
