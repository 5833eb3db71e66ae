import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { addDays, chinaDate, endOfDay, formatDate, startOfDay } from '#kernel/calendar.ts';
import { CallButton } from '#kernel/web/call-button.tsx';
import { useNow } from '#kernel/web/clock.tsx';
import { rememberNames } from '#kernel/web/form/picked-names.ts';
import { Bones, Empty, Failed } from '#kernel/web/page-state.tsx';
import { useMe } from '#kernel/web/session.ts';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { fillPlaces, getLang, say } from '#kernel/web/words/words.ts';
import { duty } from '../module.ts';
import type { ShiftLine } from '../schema.ts';
import { OnDuty } from './on-duty.tsx';
import { ShiftCard } from './shift-card.tsx';
import { words } from './words.ts';
import './rota.css';

/** The Monday of the week a China date lies in. */
const mondayOf = (date: string): string => addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));

/** Who keeps watch: now, and week by week at one desk. */
export function RotaPage() {
  usePage({ title: say(words.rota) });
  const search = useSearch({ from: '/signed-in/rota' });
  const navigate = useNavigate();
  const me = useMe();
  const now = useNow();
  const desks = useApi(duty.desks, {}, { staleTime: 300_000 });
  const list = desks.data?.items ?? [];
  const own = list.find((desk) => me.posts.some((post) => post.unit === desk.unit));
  const desk = list.find((one) => one.unit === search.desk) ?? own ?? list.find((one) => one.mayPlan) ?? list[0];
  const from = mondayOf(search.from ?? chinaDate(now));
  const change = (part: { desk?: number; from?: string | undefined }) =>
    void navigate({ to: '/rota', search: { ...search, ...part }, replace: true });
  return (
    <div className="page">
      <header className="page-head">
        <h1 className="page-title">{say(words.rota)}</h1>
        <Select
          aria-label={say(words.desk)}
          className="rota-desk"
          value={desk?.unit ?? null}
          onChange={(unit) => change({ desk: unit ?? undefined })}
          showSearch={{ optionFilterProp: 'label' }}
          options={list.map((one) => ({ value: one.unit, label: one.name }))}
        />
        <span className="rota-week">
          <Button icon={<LeftOutlined />} aria-label={say(words.earlier)} onClick={() => change({ from: addDays(from, -7) })} />
          <span>{fillPlaces(say(words.week), { from: dayWord(from, now), to: dayWord(addDays(from, 6), now) })}</span>
          <Button icon={<RightOutlined />} aria-label={say(words.later)} onClick={() => change({ from: addDays(from, 7) })} />
          <Button onClick={() => change({ from: undefined })}>{say(words.thisWeek)}</Button>
        </span>
        <Link to="/m/$kind" params={{ kind: 'org.swap' }}>
          {say(words.swaps)}
        </Link>
      </header>
      {desk && <OnDuty desk={desk.unit} />}
      {desk && <Week desk={desk.unit} mayPlan={desk.mayPlan} from={from} />}
      {desks.error && <Failed error={desks.error} retry={() => void desks.refetch()} />}
    </div>
  );
}

const dayWord = (date: string, now: Date): string => formatDate(startOfDay(date), now, getLang());

function Week({ desk, mayPlan, from }: { desk: number; mayPlan: boolean; from: string }) {
  const now = useNow();
  const found = useApi(duty.rota, { desk, from, to: addDays(from, 6) }, { keep: true });
  const shifts = found.data?.items;
  if (shifts === undefined) return found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Bones rows={4} />;
  const days = Array.from({ length: 7 }, (_, i) => addDays(from, i));
  return (
    <>
      {mayPlan && <PlanButton desk={desk} from={from} shifts={shifts} />}
      {shifts.length === 0 && <Empty title={say(words.noShift)} />}
      {shifts.length > 0 && (
        <ol className="rota-days">
          {days.map((day) => (
            <li key={day} className={day === chinaDate(now) ? 'card rota-day is-today' : 'card rota-day'}>
              <h2>{dayWord(day, now)}</h2>
              {shifts
                .filter((shift) => chinaDate(new Date(shift.startsAt)) === day)
                .map((shift) => (
                  <ShiftCard key={shift.id} shift={shift} />
                ))}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** The whole week is planned at once: what is taken off the list is taken off the rota. */
function PlanButton({ desk, from, shifts }: { desk: number; from: string; shifts: readonly ShiftLine[] }) {
  rememberNames(Object.fromEntries(shifts.map((shift) => [shift.person, shift.name])));
  const plan = shifts.map(({ startsAt, endsAt, person, role }) => ({ startsAt, endsAt, person, role }));
  return (
    <p className="rota-plan">
      <CallButton<{ added: number; kept: number; removed: number }>
        contract={duty.shiftPlan}
        initial={{
          desk,
          from: startOfDay(from).toISOString(),
          to: new Date(endOfDay(addDays(from, 6)).getTime() + 1).toISOString(),
          shifts: plan,
        }}
        refresh={['org.rota', 'org.onDuty']}
        done={(output) => fillPlaces(say(words.planDone), output)}
      />
    </p>
  );
}
