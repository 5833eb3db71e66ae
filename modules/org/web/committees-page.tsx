import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { OutputOf } from '#kernel/contract.ts';
import { BookPage, Fact } from '#kernel/web/book/book-page.tsx';
import { CallButton } from '#kernel/web/call-button.tsx';
import { lineWord } from '#kernel/web/lines.ts';
import { Bones, Failed } from '#kernel/web/page-state.tsx';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say, t } from '#kernel/web/words/words.ts';
import { administration, book } from '../module.ts';
import { committeeDuties } from '../schema.ts';
import { words } from './words.ts';

type Line = OutputOf<typeof book.committees>['items'][number];

/** 安委会 "1+19" and its sisters: who leads, who sits in them. */
export function CommitteesPage() {
  usePage({ title: say(words.committees) });
  const { id } = useSearch({ from: '/signed-in/committees' });
  const navigate = useNavigate();
  const found = useApi(book.committees, {}, { staleTime: 60_000 });
  return (
    <BookPage<Line>
      title={say(words.committees)}
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      rowKey={(row) => String(row.id)}
      columns={[
        { key: 'name', title: say(words.name), render: (_, row) => <CommitteeLink row={row} /> },
        { key: 'area', title: say(words.area), width: 130, dataIndex: 'areaName' },
        { key: 'lines', title: say(words.lines), width: 160, render: (_, row) => row.lines.map(lineWord).join(t('say.join')) || '—' },
        { key: 'lead', title: say(words.lead), width: 200, render: (_, row) => row.leads.join(t('say.join')) || '—' },
        { key: 'members', title: say(words.members), width: 110, align: 'right', dataIndex: 'members' },
      ]}
      card={(row) => <CommitteeLink row={row} />}
      empty={say(words.noUnit)}
      detail={id ? <CommitteeDetail key={id} id={Number(id)} /> : undefined}
      onCloseDetail={() => void navigate({ to: '/committees', search: {}, replace: true })}
    />
  );
}

function CommitteeLink({ row }: { row: { id: number; name: string } }) {
  return (
    <Link to="/committees" search={{ id: String(row.id) }}>
      {row.name}
    </Link>
  );
}

function CommitteeDetail({ id }: { id: number }) {
  const { data: committee, error, refetch } = useApi(book.committee, { id });
  if (committee === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={4} />;
  const members = committee.membership.map(({ unit, duty, person }) => ({ unit, duty, ...(person ? { person } : {}) }));
  return (
    <>
      <h2>{committee.name}</h2>
      <dl className="details">
        <Fact label={say(words.area)}>{committee.areaName}</Fact>
        {committee.lines.length > 0 && <Fact label={say(words.lines)}>{committee.lines.map(lineWord).join(t('say.join'))}</Fact>}
      </dl>
      {committee.mayEdit && (
        <p className="book-buttons">
          <CallButton
            contract={administration.committeeSave}
            initial={{ committee: id, members }}
            refresh={['org.committee', 'org.committees', 'org.unit']}
            done={words.membersSaved}
          />
        </p>
      )}
      <h3>{say(words.members)}</h3>
      <ul className="book-rows">
        {committee.membership.map((member) => (
          <li key={member.unit}>
            <Link to="/units" search={{ id: String(member.unit) }}>
              {member.unitName}
            </Link>
            {member.duty !== 'member' && <span className="tag">{say(committeeDuties[member.duty])}</span>}
            {member.personName && <span className="quiet">{member.personName}</span>}
          </li>
        ))}
      </ul>
      {committee.below.length > 0 && (
        <>
          <h3>{say(words.below)}</h3>
          <ul className="book-rows">
            {committee.below.map((below) => (
              <li key={below.id}>
                <CommitteeLink row={below} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
