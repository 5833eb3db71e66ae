import { Button, Modal } from 'antd';
import { useState } from 'react';
import { clockText, useNow } from '#kernel/web/clock.tsx';
import { StartForm } from '#kernel/web/matter/start-form.tsx';
import { fillPlaces, say } from '#kernel/web/words/words.ts';
import { type ShiftLine, shiftRoles } from '../schema.ts';
import { words } from './words.ts';

const timeOf = (at: string, now: Date): string => clockText(at, now).slice(-5);

export function ShiftCard({ shift }: { shift: ShiftLine }) {
  const now = useNow();
  const [swap, setSwap] = useState(false);
  const toCome = Date.parse(shift.startsAt) > now.getTime();
  return (
    <div className={shift.mine ? 'shift is-mine' : 'shift'}>
      <span className="quiet">
        {timeOf(shift.startsAt, now)}–{timeOf(shift.endsAt, now)}
      </span>
      <span>
        <b>{shift.name}</b> <span className="quiet">{say(shiftRoles[shift.role])}</span>
      </span>
      {shift.handoverAt && <span className="quiet">✓ {say(words.handed)}</span>}
      {!shift.handoverAt && shift.takenAt && <span className="quiet">{say(words.taken)}</span>}
      {shift.takenWithout && <span className="quiet">{fillPlaces(say(words.takenWithout), { why: shift.takenWithout })}</span>}
      {shift.handover && <p className="shift-note">{shift.handover}</p>}
      {shift.mine && toCome && (
        <Button size="small" onClick={() => setSwap(true)}>
          {say(words.swap)}
        </Button>
      )}
      {swap && (
        <Modal open title={say(words.swap)} footer={null} onCancel={() => setSwap(false)} mask={{ closable: false }} width={560}>
          <StartForm kind="org.swap" start="request" initial={{ shift: shift.id }} onCancel={() => setSwap(false)} />
        </Modal>
      )}
    </div>
  );
}
