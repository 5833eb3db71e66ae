import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#kernel/contract.ts';
import { type Role, roles } from '#kernel/permission.ts';
import { session } from '#kernel/session-contract.ts';
import { OneTimeButton } from '#kernel/web/admin/one-time.tsx';
import { Fact } from '#kernel/web/book/book-page.tsx';
import { CallButton } from '#kernel/web/call-button.tsx';
import { dateText, useNow } from '#kernel/web/clock.tsx';
import { rememberNames } from '#kernel/web/form/picked-names.ts';
import { lineWord } from '#kernel/web/lines.ts';
import { Bones, Failed } from '#kernel/web/page-state.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { fillPlaces, say, t } from '#kernel/web/words/words.ts';
import { administration, book } from '../module.ts';
import { words } from './words.ts';

type Person = OutputOf<typeof book.person>;
const refresh = ['org.people', 'org.person', 'org.unit', 'session.accounts'];

/** Opening it is written in the ledger where it shows personal data in clear (the contract says so). */
export function PersonDetail({ id }: { id: string }) {
  const { data: person, error, refetch } = useApi(book.person, { id }, { staleTime: 300_000 });
  const now = useNow();
  if (person === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={4} />;
  rememberNames({ [person.id]: person.name });
  return (
    <>
      <h2>
        {person.name} {person.leftAt && <span className="tag">{say(words.left)}</span>}
      </h2>
      {person.away && <p>{fillPlaces(say(words.away), { name: person.away.name, until: dateText(person.away.until, now) })}</p>}
      <dl className="details">
        <Fact label={say(words.title)}>{person.title || t('record.empty_value')}</Fact>
        <Fact label={say(words.unit)}>
          {person.unit === null ? (
            person.unitName
          ) : (
            <Link to="/units" search={{ id: String(person.unit) }}>
              {person.unitName}
            </Link>
          )}
        </Fact>
        <Fact label={say(words.area)}>{person.orgName}</Fact>
        <Fact label={say(words.phone)}>{person.phone ?? t('record.empty_value')}</Fact>
      </dl>
      <h3>{say(words.posts)}</h3>
      {person.posts.length === 0 && <p className="quiet">{say(words.noPosts)}</p>}
      <ul className="book-rows">
        {person.posts.map((post) => (
          <PostRow key={post.id} post={post} mayEnd={person.mayGivePosts} />
        ))}
      </ul>
      <Tools person={person} />
    </>
  );
}

function PostRow({ post, mayEnd }: { post: Person['posts'][number]; mayEnd: boolean }) {
  const now = useNow();
  const facts = [
    say(roles[post.role as Role]),
    post.scopeName,
    post.lines ? post.lines.map(lineWord).join(t('say.join')) : '',
    t('me.delegation_time', { from: dateText(post.from, now), to: post.to ? dateText(post.to, now) : '…' }),
  ];
  return (
    <li>
      <b>{post.title}</b>
      <span>{post.unitName}</span>
      <span className="quiet">{facts.filter(Boolean).join(' · ')}</span>
      {mayEnd && (
        <CallButton contract={administration.postEnd} type="link" initial={{ id: post.id }} refresh={refresh} done={words.postEnded} />
      )}
    </li>
  );
}

function Tools({ person }: { person: Person }) {
  const { id, name, title, phone, org, party } = person;
  const known = Object.fromEntries(Object.entries({ id, name, title, phone, org, party }).filter(([, value]) => value !== null));
  return (
    <p className="book-buttons">
      {person.mayEdit && (
        <CallButton
          contract={administration.personSave}
          label={words.editPerson}
          initial={known}
          refresh={refresh}
          done={words.personSaved}
        />
      )}
      {person.mayGivePosts && (
        <CallButton contract={administration.postGive} initial={{ person: id }} refresh={refresh} done={words.postGiven} />
      )}
      <OneTimeButton contract={session.accountOpen} initial={{ person: id }} refresh={refresh} />
      {person.mayEdit && person.leftAt === null && (
        <CallButton contract={administration.personLeave} initial={{ id }} refresh={refresh} done={words.personLeft} />
      )}
    </p>
  );
}
