import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import { newId } from '#kernel/id.ts';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { CallButton } from '#kernel/web/call-button.tsx';
import { RemoteArea } from '#kernel/web/form/pickers.tsx';
import type { PageSearch } from '#kernel/web/search-params.ts';
import { useMe } from '#kernel/web/session.ts';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { administration, book } from '../module.ts';
import type { PersonLine } from '../schema.ts';
import { PersonDetail } from './person-detail.tsx';
import { words } from './words.ts';

const size = 50;

/** Everybody in the directory; for administrators also where people are registered and posts are given. */
export function PeoplePage() {
  const me = useMe();
  const title = say(me.roles.some((role) => role.endsWith('admin')) ? words.people : words.directory);
  usePage({ title });
  const search = useSearch({ from: '/signed-in/people' });
  const navigate = useNavigate();
  const page = search.page ?? 1;
  const found = useApi(book.people, { text: search.text, area: search.org, limit: size, offset: (page - 1) * size }, { keep: true });
  const change = (part: Partial<PageSearch>) =>
    void navigate({ to: '/people', search: { ...search, page: undefined, ...part }, replace: true });
  return (
    <BookPage<PersonLine>
      title={title}
      tools={
        <CallButton<{ id: string }>
          contract={administration.personSave}
          label={words.addPerson}
          type="primary"
          icon={<PlusOutlined />}
          initial={() => ({ id: newId() })}
          draft="org.personSave"
          refresh={['org.people']}
          done={words.personSaved}
          onDone={({ id }) => change({ id })}
        />
      }
      filters={
        <>
          <Input.Search
            className="filter-text"
            allowClear
            defaultValue={search.text ?? ''}
            placeholder={say(words.findPerson)}
            aria-label={say(words.findPerson)}
            onSearch={(text) => change({ text: text.trim() || undefined })}
          />
          <div className="filter-area">
            <RemoteArea id="people-area" label={say(words.area)} value={search.org} onChange={(org) => change({ org })} />
          </div>
        </>
      }
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      busy={found.isPlaceholderData}
      rowKey={(row) => row.id}
      columns={[
        { key: 'name', title: say(words.person), width: 120, render: (_, row) => <PersonLink row={row} search={search} /> },
        { key: 'title', title: say(words.title), width: 200, dataIndex: 'title' },
        { key: 'unit', title: say(words.unit), dataIndex: 'unitName' },
        { key: 'area', title: say(words.area), width: 130, dataIndex: 'orgName' },
        { key: 'phone', title: say(words.phone), width: 140, render: (_, row) => row.phone ?? '—' },
      ]}
      card={(row) => (
        <Link to="/people" search={{ ...search, id: row.id }}>
          <b>{row.name}</b>
          <span>{row.title}</span>
          <span className="quiet">{row.unitName}</span>
        </Link>
      )}
      empty={say(words.noPerson)}
      paging={{ page, size, total: found.data?.total ?? 0, onPage: (next) => change({ page: next === 1 ? undefined : next }) }}
      detail={search.id ? <PersonDetail key={search.id} id={search.id} /> : undefined}
      onCloseDetail={() => change({ id: undefined, page: search.page })}
    />
  );
}

function PersonLink({ row, search }: { row: PersonLine; search: PageSearch }) {
  return (
    <Link to="/people" search={{ ...search, id: row.id }}>
      {row.name}
    </Link>
  );
}
