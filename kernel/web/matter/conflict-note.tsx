import { Alert } from 'antd';
import type { MatterRecord } from '../../matter-contract.ts';
import { clockText, TimeLeft, useNow } from '../clock.tsx';
import { findTitle } from '../registry.ts';
import { stateWord } from '../state-tag.tsx';
import { say, t } from '../words/words.ts';
import { ownerText } from './owner-text.ts';

/** Both versions side by side: the record as it is now above, what was typed below in the form. */
export function ConflictNote({ record, action, possible }: { record: MatterRecord; action: string; possible: boolean }) {
  const now = useNow();
  const last = record.timeline.at(-1);
  const title = last ? findTitle(last.name) : undefined;
  return (
    <Alert
      type="warning"
      className="conflict-note"
      title={t('action.conflict')}
      description={
        <>
          {last && (
            <p>
              {t('action.conflict_now', {
                name: last.actorName || t('timeline.system'),
                at: clockText(last.at, now),
                action: title ? say(title) : last.name,
                state: stateWord(record.kind, record.state),
                owner: ownerText(record.owner) || t('say.none'),
              })}{' '}
              {record.due !== null && <TimeLeft due={record.due} />}
            </p>
          )}
          <p>{possible ? t('action.conflict_can') : t('action.conflict_cannot', { action })}</p>
        </>
      }
    />
  );
}
