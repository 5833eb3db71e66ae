import { z } from 'zod';
import { addDays, startOfDay } from '#kernel/calendar.ts';
import { ask } from '#kernel/field.ts';
import { CallButton } from '#kernel/web/call-button.tsx';
import { useNow } from '#kernel/web/clock.tsx';
import { rememberNames } from '#kernel/web/form/picked-names.ts';
import { duty } from '../module.ts';
import type { ShiftLine } from '../schema.ts';
import { dayOf, planOf } from './rota-days.ts';
import { dayWord, sayWith, words } from './rota-words.ts';

type Counts = { added: number; kept: number; removed: number };

const { shape } = duty.shiftPlan.input;
const known = {
  desk: shape.desk.meta({ hidden: true }),
  from: shape.from.meta({ hidden: true }),
  to: shape.to.meta({ hidden: true }),
};
const ofDay = z.object({ ...known, shifts: shape.shifts.meta(ask(words.shifts.zh, words.shifts.en, { help: words.shiftsHelp })) });
const asItStands = z.object({ ...known, shifts: shape.shifts.meta({ hidden: true }) });

const refresh = ['org.rota', 'org.onDuty'];
const counted = ({ added, kept, removed }: Counts): string => sayWith(words.planned, { added, kept, removed });
const span = (first: string, days: number) => ({
  from: startOfDay(first).toISOString(),
  to: startOfDay(addDays(first, days)).toISOString(),
});

/** Plans one day: what has begun stays as it is, what is taken off the list is taken off the rota. */
export function PlanDay({ desk, day, shifts }: { desk: number; day: string; shifts: readonly ShiftLine[] }) {
  const now = useNow();
  return (
    <CallButton<Counts>
      contract={duty.shiftPlan}
      type="link"
      label={{ zh: sayWith(words.planDay, { day: dayWord(day, now) }), en: sayWith(words.planDay, { day: dayWord(day, now) }) }}
      schema={ofDay}
      initial={() => {
        rememberNames(Object.fromEntries(shifts.map((shift) => [shift.person, shift.name])));
        return { desk, ...span(day, 1), shifts: planOf(shifts, now) };
      }}
      refresh={refresh}
      done={counted}
    />
  );
}

type CopyProps = { desk: number; monday: string; shifts: readonly ShiftLine[] };

/** An empty week gets the people and hours of the week before; nothing to offer where there is none, or where the week is planned. */
export function CopyWeek({ desk, monday, shifts }: CopyProps) {
  const now = useNow();
  const end = addDays(monday, 7);
  const planned = shifts.some((shift) => dayOf(shift) >= monday && dayOf(shift) < end);
  const before = shifts.filter((shift) => dayOf(shift) >= addDays(monday, -7) && dayOf(shift) < monday);
  const plan = planOf(before, now, 7);
  if (planned || plan.length === 0) return null;
  const label = sayWith(words.copy, { from: dayWord(monday, now), to: dayWord(addDays(end, -1), now) });
  return (
    <CallButton<Counts>
      contract={duty.shiftPlan}
      label={{ zh: label, en: label }}
      schema={asItStands}
      initial={{ desk, ...span(monday, 7), shifts: plan }}
      refresh={refresh}
      done={counted}
    />
  );
}
