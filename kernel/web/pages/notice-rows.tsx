import { Link } from '@tanstack/react-router';
import { type NoticeLine, noticeReasons, read } from '../../notice-contract.ts';
import { call } from '../api.ts';
import { dateText, useNow, When } from '../clock.tsx';
import { Bones, Empty, Failed } from '../page-state.tsx';
import { queryClient } from '../query-client.ts';
import { findTitle } from '../registry.ts';
import { ExerciseTag, kindWord } from '../state-tag.tsx';
import { say, t } from '../words/words.ts';
import './notices.css';

/** Reading is told to the server without waiting: a notice that is opened counts as read. */
export async function markRead(what: { ids: string[] } | { all: true }): Promise<{ read: number; unread: number }> {
  const done = await call(read, what);
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['notice.list'] }),
    queryClient.invalidateQueries({ queryKey: ['notice.unreadCount'] }),
  ]);
  return done;
}

type Props = { items: readonly NoticeLine[] | undefined; error: unknown; onGo?: () => void };

export function NoticeRows({ items, error, onGo }: Props) {
  if (items === undefined) return error ? <Failed error={error} /> : <Bones rows={4} />;
  if (items.length === 0) return <Empty title={t('notice.empty')} help={t('notice.empty_help')} />;
  return (
    <ul className="notices">
      {items.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} {...(onGo ? { onGo } : {})} />
      ))}
    </ul>
  );
}

function NoticeRow({ notice, onGo }: { notice: NoticeLine; onGo?: () => void }) {
  const now = useNow();
  const { data, kind, subject } = notice;
  const action = findTitle(notice.name);
  const open = () => {
    if (!notice.read) void markRead({ ids: [notice.id] });
    onGo?.();
  };
  const body = (
    <>
      <span className="notice-why">
        {!notice.read && <span className="notice-dot" aria-hidden />}
        <b>{say(noticeReasons[data.why])}</b>
        {data.exercise && <ExerciseTag />}
        <span className="quiet">
          <When at={notice.at} />
        </span>
      </span>
      <span className="notice-title">{notice.title}</span>
      <span className="quiet notice-more">
        {[
          kind ? kindWord(kind) : '',
          [data.actorName, action ? say(action) : ''].filter(Boolean).join(' '),
          data.due ? t('done.due', { due: dateText(data.due, now) }) : '',
          data.words ? `“${data.words}”` : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
  return (
    <li className={notice.read ? 'notice' : 'notice is-unread'}>
      {kind && subject ? (
        <Link to="/m/$kind/$id" params={{ kind, id: subject }} onClick={open}>
          {body}
        </Link>
      ) : (
        <button type="button" onClick={open}>
          {body}
        </button>
      )}
    </li>
  );
}
