import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { newId } from '#kernel/id.ts';
import { fillText } from '#kernel/text.ts';
import { call } from '#kernel/web/api.ts';
import { isPassing } from '#kernel/web/api-fault.ts';
import { CallDialog } from '#kernel/web/call-dialog.tsx';
import { clockText, useNow } from '#kernel/web/clock.tsx';
import { LevelTag } from '#kernel/web/level.tsx';
import { toast } from '#kernel/web/parts/toast.tsx';
import { queryClient } from '#kernel/web/query-client.ts';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { getLang, say } from '#kernel/web/words/words.ts';
import { type CheckLine, check as checkAction } from '../module.ts';
import { checkWords, words } from './words.ts';

const again = () => queryClient.invalidateQueries({ queryKey: ['risk.checks'] });

export function CheckRow({ check }: { check: CheckLine }) {
  const me = useMe();
  const now = useNow();
  const state =
    check.doneByName === null
      ? say(checkWords[check.state])
      : fillText(checkWords.by, { name: check.doneByName, time: clockText(check.doneAt ?? '', now) }, getLang());
  return (
    <li className={`card check-row is-${check.level}`}>
      <div>
        <p>
          <b>{check.what}</b>
        </p>
        <p className="quiet">
          <LevelTag level={check.level} /> {check.pointName} · {check.siteName}
        </p>
        {check.state === 'open' && <p className="quiet">{fillText(checkWords.until, { time: clockText(check.closes, now) }, getLang())}</p>}
      </div>
      {check.state === 'open' && mayUse(me, checkAction.by) ? (
        <Buttons check={check} />
      ) : (
        <span className={check.state === 'missed' ? 'late' : 'quiet'}>
          {check.result &&
            `${say(check.result === 'hazard' ? checkWords.hazard : words[check.result === 'normal' ? 'normal' : 'other'])} · `}
          {state}
        </span>
      )}
    </li>
  );
}

/** Normal takes one press; a hidden danger asks for its picture, then goes on to the report. */
function Buttons({ check }: { check: CheckLine }) {
  const navigate = useNavigate();
  const request = useRef(newId());
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const normal = async () => {
    setBusy(true);
    try {
      await call(checkAction, { id: check.id, result: 'normal' }, request.current);
      toast.done(say(checkWords.saved));
      await again();
    } catch (error) {
      if (!isPassing(error)) request.current = newId();
      toast.failed(error);
    }
    setBusy(false);
  };
  return (
    <div className="check-buttons">
      <Button type="primary" loading={busy} onClick={() => void normal()}>
        {say(checkWords.normal)}
      </Button>
      <Button danger onClick={() => setAsking(true)}>
        {say(checkWords.hazard)}
      </Button>
      {asking && (
        <CallDialog
          contract={checkAction}
          initial={{ id: check.id, result: 'hazard' }}
          onClose={() => setAsking(false)}
          onDone={async () => {
            await again();
            void navigate({
              to: '/new/$kind/$start',
              params: { kind: 'inspection.hazard', start: 'report' },
              search: { site: check.site, description: `${check.pointName}：${check.what}`, check: check.id },
            });
            return say(checkWords.found);
          }}
        />
      )}
    </div>
  );
}
