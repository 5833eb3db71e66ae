import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { addDays, chinaDate } from '#kernel/calendar.ts';
import { useNow } from '#kernel/web/clock.tsx';
import { Bones, Empty, Failed } from '#kernel/web/page-state.tsx';
import { useMe } from '#kernel/web/session.ts';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { duty } from '../module.ts';
import { swap } from '../swap.workflow.ts';
import { DutyNotes } from './duty-notes.tsx';
import { MyShifts } from './my-shifts.tsx';
import { OnDuty } from './on-duty.tsx';
import { CopyWeek } from './plan-buttons.tsx';
import { dayOf, daysFrom, mondayOf, shownDays } from './rota-days.ts';
import { RotaSheet } from './rota-sheet.tsx';
import { dayWord, sayWith, words } from './rota-words.ts';
import './rota.css';

/** Who keeps watch: now, my own shifts, and two weeks of one desk. */
export function RotaPage() {
  usePage({ title: say(words.title) });
  const { desk: wanted } = useSearch({ from: '/signed-in/rota' });
  const navigate = useNavigate();
  const me = useMe();
  const found = useApi(duty.desks, {}, { staleTime: 300_000 });
  const desks = found.data?.items;
  if (desks === undefined) {
    return (
      <div className="page">{found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Bones rows={6} />}</div>
    );
  }
  const own = desks.find((desk) => me.posts.some((post) => post.unit === desk.unit));
  const desk = desks.find((one) => one.unit === wanted) ?? own ?? desks[0];
  return (
    <div className="page">
      <header className="page-head">
        <h1 className="page-title">{say(words.title)}</h1>
        <Select
          aria-label={say(words.desk)}
          className="rota-desk"
          value={desk?.unit ?? null}
          onChange={(unit) => void navigate({ to: '/rota', search: (before) => ({ ...before, desk: unit ?? undefined }), replace: true })}
          showSearch={{ optionFilterProp: 'label' }}
          options={desks.map((one) => ({ value: one.unit, label: one.name }))}
        />
        <Link to="/m/$kind" params={{ kind: swap.kind }}>
          {say(swap.title)}
        </Link>
      </header>
      <div className="rota-top">
        {desk && <OnDuty desk={desk.unit} />}
        <MyShifts desks={desks} />
        {desk && <DutyNotes desk={desk.unit} />}
      </div>
      {desk ? <TwoWeeks desk={desk.unit} mayPlan={desk.mayPlan} /> : <Empty title={say(words.noDesk)} help={say(words.noDeskHelp)} />}
    </div>
  );
}

function TwoWeeks({ desk, mayPlan }: { desk: number; mayPlan: boolean }) {
  const now = useNow();
  const { from: asked } = useSearch({ from: '/signed-in/rota' });
  const from = mondayOf(asked ?? chinaDate(now));
  // The week before is read along: an empty week can be planned from it.
  const found = useApi(duty.rota, { desk, from: addDays(from, -7), to: addDays(from, shownDays - 1) }, { keep: true });
  const shifts = found.data?.items;
  const days = daysFrom(from, shownDays);
  return (
    <section aria-labelledby="rota-sheet">
      <div className="filters">
        <h2 id="rota-sheet">{say(words.sheet)}</h2>
        <Weeks from={from} />
        {mayPlan &&
          shifts &&
          [from, addDays(from, 7)].map((monday) => <CopyWeek key={monday} desk={desk} monday={monday} shifts={shifts} />)}
      </div>
      {shifts === undefined && (found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Bones rows={8} />)}
      {shifts && !mayPlan && !shifts.some((shift) => dayOf(shift) >= from) && <Empty title={say(words.none)} />}
      {shifts && (mayPlan || shifts.some((shift) => dayOf(shift) >= from)) && (
        <RotaSheet days={days} shifts={shifts} desk={desk} mayPlan={mayPlan} />
      )}
    </section>
  );
}

function Weeks({ from }: { from: string }) {
  const now = useNow();
  const navigate = useNavigate();
  const thisWeek = mondayOf(chinaDate(now));
  const go = (monday: string) =>
    void navigate({ to: '/rota', search: (before) => ({ ...before, from: monday === thisWeek ? undefined : monday }), replace: true });
  return (
    <span className="rota-week">
      <Button icon={<LeftOutlined />} aria-label={say(words.earlier)} onClick={() => go(addDays(from, -7))} />
      <span>{sayWith(words.range, { from: dayWord(from, now), to: dayWord(addDays(from, shownDays - 1), now) })}</span>
      <Button icon={<RightOutlined />} aria-label={say(words.later)} onClick={() => go(addDays(from, 7))} />
      {from !== thisWeek && <Button onClick={() => go(thisWeek)}>{say(words.back)}</Button>}
    </span>
  );
}
