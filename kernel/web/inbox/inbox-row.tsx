import { Link } from '@tanstack/react-router';
import type { MatterLine } from '../../matter-contract.ts';
import { TimeLeft } from '../clock.tsx';
import { LevelBar, LevelTag } from '../level.tsx';
import { ExerciseTag, kindWord, stateWord } from '../state-tag.tsx';
import { t } from '../words/words.ts';

/** A line of the inbox also says why it is there; lines of other lists are drawn alike. */
export type InboxLine = MatterLine & { why?: 'owner' | 'sign' | 'consult'; behalfName?: string | null };

type Props = { row: InboxLine; current: boolean; beside: boolean };

/** One thing to do: level bar, level in words, title, time left; kind, state, place and from whom below. */
export function InboxRow({ row, current, beside }: Props) {
  const more = [kindWord(row.kind), stateWord(row.kind, row.state), row.place || row.orgName, t('matter.from', { name: row.starterName })];
  const why = row.why === 'sign' ? t('inbox.why_sign') : row.why === 'consult' ? t('inbox.why_consult') : undefined;
  const body = (
    <>
      <LevelBar level={row.level} />
      <span className="inbox-title">{row.title}</span>
      <span className="inbox-due">
        <TimeLeft due={row.due} />
      </span>
      <span className="inbox-more">
        <LevelTag level={row.level} kind={row.kind} />
        {row.exercise && <ExerciseTag />}
        {why && <b>{why}</b>}
        {row.behalfName && <span>{t('inbox.behalf', { name: row.behalfName })}</span>}
        <span className="inbox-words">{more.filter(Boolean).join(' · ')}</span>
      </span>
    </>
  );
  const { kind, id } = row;
  const name = current ? 'inbox-row is-current' : 'inbox-row';
  return (
    <li>
      {beside ? (
        <Link to="/" search={{ kind, id }} replace className={name} aria-current={current ? 'true' : undefined} data-row={id}>
          {body}
        </Link>
      ) : (
        <Link to="/m/$kind/$id" params={{ kind, id }} className={name} data-row={id}>
          {body}
        </Link>
      )}
    </li>
  );
}
