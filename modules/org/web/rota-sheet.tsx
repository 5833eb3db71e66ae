import { chinaDate, isWorkday } from '#kernel/calendar.ts';
import { useNow } from '#kernel/web/clock.tsx';
import { say } from '#kernel/web/words/words.ts';
import { type ShiftLine, type ShiftRole, shiftRoles } from '../schema.ts';
import { PlanDay } from './plan-buttons.tsx';
import { dayOf, isOn, weekdayOf } from './rota-days.ts';
import { dayWord, hoursWord, sayWith, standing, weekdayWord, words } from './rota-words.ts';

const roles = Object.keys(shiftRoles) as ShiftRole[];

type Props = { days: readonly string[]; shifts: readonly ShiftLine[]; desk: number; mayPlan: boolean };

/** Two weeks of one desk by day and role; each shift stands on the day it begins. On a phone each day is a card. */
export function RotaSheet({ days, shifts, desk, mayPlan }: Props) {
  const now = useNow();
  const today = chinaDate(now);
  return (
    <table className="card rota-sheet">
      <thead>
        <tr>
          <th scope="col">{say(words.day)}</th>
          {roles.map((role) => (
            <th key={role} scope="col">
              {say(shiftRoles[role])}
            </th>
          ))}
          {mayPlan && <th scope="col">{say(words.plan)}</th>}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => {
          const begun = shifts.filter((shift) => dayOf(shift) === day);
          return (
            <tr key={day} className={day === today ? 'is-today' : ''} {...(day === today ? { 'aria-current': 'date' as const } : {})}>
              <th scope="row">
                {dayWord(day, now)} <span className="quiet">{weekdayWord(weekdayOf(day))}</span>
                {day === today && <span className="tag">{say(words.today)}</span>}
                {!isWorkday(day) && <span className="tag">{say(words.rest)}</span>}
              </th>
              {roles.map((role) => (
                <td key={role} data-label={say(shiftRoles[role])}>
                  <Cell shifts={begun.filter((shift) => shift.role === role)} />
                </td>
              ))}
              {mayPlan && <td>{day >= today && <PlanDay desk={desk} day={day} shifts={begun} />}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Cell({ shifts }: { shifts: readonly ShiftLine[] }) {
  const now = useNow();
  if (shifts.length === 0) return <span className="quiet">—</span>;
  return (
    <ul>
      {shifts.map((shift) => (
        <li key={shift.id} className={shift.mine ? 'is-mine' : ''} title={shift.title}>
          <span className="quiet nowrap">{hoursWord(shift)}</span> <b>{shift.name}</b>
          {shift.mine && <span className="tag">{say(words.me)}</span>}
          {isOn(shift, now) && <span className="tag is-on">{say(shift.takenAt === null ? words.notTaken : words.on)}</span>}
          {!isOn(shift, now) && standing(shift) && <span className="quiet">{standing(shift)}</span>}
          {shift.takenWithout && <span className="quiet">{sayWith(words.without, { why: shift.takenWithout })}</span>}
        </li>
      ))}
    </ul>
  );
}
