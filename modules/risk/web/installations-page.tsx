import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { BookPage, Fact } from '#kernel/web/book/book-page.tsx';
import { dateText, useNow } from '#kernel/web/clock.tsx';
import { levelShapes } from '#kernel/web/level.tsx';
import type { PageSearch } from '#kernel/web/search-params.ts';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import type { Installation } from '../installation.ts';
import { installationSave, installations } from '../module.ts';
import { IdentificationView } from './identification-view.tsx';
import { InstallationDialog } from './installation-dialog.tsx';
import { Promises } from './promises.tsx';
import { installationWords as words } from './words.ts';
import './risk.css';

export const gradeWord = (grade: number | null) => say(words.grades[(grade ?? 0) - 1] ?? words.not);

/** 重大危险源: every unit identified by GB 18218 that one may see, the highest grade first. */
export function InstallationsPage() {
  usePage({ title: say(installations.label) });
  const search = useSearch({ from: '/signed-in/installations' });
  const navigate = useNavigate();
  const me = useMe();
  const [editing, setEditing] = useState<Installation | 'new'>();
  const found = useApi(installations, { org: search.org, limit: 200 }, { keep: true });
  const shown = found.data?.items.find((one) => one.id === search.id);
  const change = (part: Partial<PageSearch>) => void navigate({ to: '/installations', search: { ...search, ...part }, replace: true });
  const may = mayUse(me, installationSave.by);
  return (
    <>
      <BookPage<Installation>
        title={say(installations.label)}
        tools={
          may && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
              {say(words.add)}
            </Button>
          )
        }
        filters={<Promises />}
        rows={found.data?.items}
        error={found.error}
        retry={() => void found.refetch()}
        rowKey={(row) => row.id}
        columns={useColumns()}
        card={(row) => (
          <Link to="/installations" search={{ ...search, id: row.id }}>
            <b>{row.name}</b>
            <span>
              <Grade row={row} /> <span className="quiet">{row.siteName}</span>
            </span>
          </Link>
        )}
        empty={say(words.none)}
        detail={shown && <Detail row={shown} onChange={may ? () => setEditing(shown) : undefined} />}
        onCloseDetail={() => change({ id: undefined })}
      />
      {editing && (
        <InstallationDialog
          {...(editing === 'new' ? {} : { known: editing })}
          onClose={() => setEditing(undefined)}
          onSaved={(id) => change({ id })}
        />
      )}
    </>
  );
}

/** Four grades beside the four colours: the first grade is the red one. */
function Grade({ row }: { row: Installation }) {
  if (row.grade === null) return <span className="tag">{say(words.not)}</span>;
  return (
    <span className={`level level-${row.grade}`}>
      <span aria-hidden>{levelShapes[row.grade - 1]}</span>
      {gradeWord(row.grade)}
    </span>
  );
}

function Detail({ row, onChange }: { row: Installation; onChange: (() => void) | undefined }) {
  const now = useNow();
  return (
    <>
      <h2>{row.name}</h2>
      <dl className="details">
        <Fact label={say(words.unit)} wide>
          <Link to="/sites" search={{ id: row.site }}>
            {row.siteName}
          </Link>
        </Fact>
        <Fact label={say(words.grade)}>
          <Grade row={row} />
        </Fact>
        <Fact label={say(words.people)}>{row.people}</Fact>
        <Fact label={say(words.due)}>{dateText(row.reassessDue, now)}</Fact>
        {row.filedNo && (
          <Fact label={say(words.filedNo)}>
            <span className="code">{row.filedNo}</span>
          </Fact>
        )}
        {row.officers &&
          (['principal', 'technical', 'operation'] as const).map((key) => (
            <Fact key={key} label={say(words[key])}>
              {row.officers?.[key]}
            </Fact>
          ))}
      </dl>
      {onChange && (
        <p className="book-buttons">
          <Button onClick={onChange}>{say(words.change)}</Button>
        </p>
      )}
      <IdentificationView found={row} />
    </>
  );
}

function useColumns(): TableColumnsType<Installation> {
  const now = useNow();
  return [
    {
      key: 'name',
      title: say(words.unit),
      render: (_, row) => (
        <Link to="/installations" search={(before: PageSearch) => ({ ...before, id: row.id })}>
          {row.name}
        </Link>
      ),
    },
    { key: 'site', title: say({ zh: '监管对象', en: 'Supervised object' }), dataIndex: 'siteName' },
    { key: 'grade', title: say(words.grade), width: 140, render: (_, row) => <Grade row={row} /> },
    { key: 'sum', title: say(words.sum), width: 120, align: 'right', render: (_, row) => row.sum.toFixed(2) },
    { key: 'r', title: say(words.r), width: 120, align: 'right', render: (_, row) => row.r?.toFixed(2) ?? '' },
    { key: 'area', title: say({ zh: '属地', en: 'Area' }), width: 110, dataIndex: 'orgName' },
    { key: 'due', title: say(words.due), className: 'risk-date', width: 120, render: (_, row) => dateText(row.reassessDue, now) },
  ];
}
