import { Button } from 'antd';
import { useState } from 'react';
import { addDays, chinaDate } from '#kernel/calendar.ts';
import { CallButton } from '#kernel/web/call-button.tsx';
import { useNow } from '#kernel/web/clock.tsx';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { duty } from '../module.ts';
import { type ShiftLine, shiftRoles } from '../schema.ts';
import { swap } from '../swap.workflow.ts';
import { dayOf, isOn, movesOf, weekdayOf } from './rota-days.ts';
import { dayWord, hoursWord, sayWith, standing, weekdayWord, words } from './rota-words.ts';
import { SwapDialog } from './swap-dialog.tsx';

const refresh = ['org.rota', 'org.onDuty'];
const aheadDays = 14;
/** The present one and the next two; the rest behind a fold. */
const near = 3;

type Desks = readonly { unit: number; name: string }[];

/** My own shifts at all desks, with what can be done with each of them now. */
export function MyShifts({ desks }: { desks: Desks }) {
  const now = useNow();
  const today = chinaDate(now);
  const found = useApi(duty.rota, { from: addDays(today, -1), to: addDays(today, aheadDays) }, { staleTime: 60_000 });
  const shifts = found.data?.items.filter((shift) => {
    const moves = movesOf(shift, now);
    return moves.take || moves.hand || moves.swap || isOn(shift, now);
  });
  if (shifts === undefined) return null;
  return (
    <section className="card on-duty" aria-labelledby="my-shifts">
      <h2 id="my-shifts">{say(words.mine)}</h2>
      {shifts.length === 0 && <p className="quiet">{say(words.noMine)}</p>}
      <Shifts shifts={shifts.slice(0, near)} desks={desks} />
      {shifts.length > near && (
        <details>
          <summary>{sayWith(words.further, { n: shifts.length - near })}</summary>
          <Shifts shifts={shifts.slice(near)} desks={desks} />
        </details>
      )}
    </section>
  );
}

function Shifts({ shifts, desks }: { shifts: readonly ShiftLine[]; desks: Desks }) {
  return (
    <ul className="book-rows">
      {shifts.map((shift) => (
        <li key={shift.id}>
          <MyShift shift={shift} deskName={desks.find((desk) => desk.unit === shift.desk)?.name ?? ''} />
        </li>
      ))}
    </ul>
  );
}

function MyShift({ shift, deskName }: { shift: ShiftLine; deskName: string }) {
  const now = useNow();
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const day = dayOf(shift);
  const moves = movesOf(shift, now);
  const own = shift.person === me.person;
  return (
    <>
      <b className="nowrap">
        {dayWord(day, now)} {weekdayWord(weekdayOf(day))} {hoursWord(shift)}
      </b>
      <span className="tag">{say(shiftRoles[shift.role])}</span>
      <span className="quiet">
        {[deskName, own ? undefined : sayWith(words.behalf, { name: shift.name }), standing(shift)].filter(Boolean).join(' · ')}
      </span>
      {moves.take && (
        <CallButton type="primary" contract={duty.takeOver} initial={{ shift: shift.id }} refresh={refresh} done={words.takenDone} />
      )}
      {moves.hand && (
        <CallButton
          contract={duty.shiftHandover}
          initial={{ shift: shift.id, ...(shift.handover ? { note: shift.handover } : {}) }}
          draft={`org.handover.${shift.id}`}
          refresh={refresh}
          done={words.handedDone}
        />
      )}
      {moves.swap && own && mayUse(me, swap.starts.request.by) && (
        <Button size="small" onClick={() => setAsking(true)}>
          {say(words.swap)}
        </Button>
      )}
      {asking && <SwapDialog shift={shift} onClose={() => setAsking(false)} />}
    </>
  );
}
