import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { addDays, chinaDate } from '#kernel/calendar.ts';
import { formatNumber } from '#kernel/text.ts';
import { useNow } from '#kernel/web/clock.tsx';
import { Bones, Empty, Failed } from '#kernel/web/page-state.tsx';
import type { CheckSearch } from '#kernel/web/search-params.ts';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { checks } from '../module.ts';
import { CheckRow } from './check-row.tsx';
import { checkWords } from './words.ts';
import './risk.css';

const states = ['open', 'done', 'missed'] as const;

/** The day's rounds: an enterprise does them here with one press each, an officer sees what was missed. */
export function ChecksPage() {
  usePage({ title: say(checkWords.title) });
  const search = useSearch({ from: '/signed-in/checks' });
  const navigate = useNavigate();
  const today = chinaDate(useNow());
  const day = search.day ?? today;
  const found = useApi(checks, { day, site: search.site, state: search.state, limit: 200 }, { keep: true });
  const change = (part: Partial<CheckSearch>) => void navigate({ to: '/checks', search: { ...search, ...part }, replace: true });
  const go = (to: string) => change({ day: to === today ? undefined : to });
  const { counts, items } = found.data ?? {};
  return (
    <div className="page">
      <header className="page-head">
        <h1 className="page-title">{say(checkWords.title)}</h1>
        <Button icon={<LeftOutlined />} aria-label={say(checkWords.before)} onClick={() => go(addDays(day, -1))} />
        <b>{day === today ? `${say(checkWords.today)} ${day.slice(5)}` : day}</b>
        <Button icon={<RightOutlined />} aria-label={say(checkWords.next)} disabled={day > today} onClick={() => go(addDays(day, 1))} />
      </header>
      {counts && (
        <p className="check-counts">
          <Button aria-pressed={search.state === undefined} onClick={() => change({ state: undefined })}>
            {say(checkWords.planned)}
            <b>{formatNumber(counts.planned)}</b>
          </Button>
          {states.map((state) => (
            <Button key={state} aria-pressed={search.state === state} onClick={() => change({ state })}>
              {say(checkWords[state])}
              <b>{formatNumber(counts[state])}</b>
            </Button>
          ))}
        </p>
      )}
      {items === undefined && (found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Bones rows={6} />)}
      {items?.length === 0 && <Empty title={say(checkWords.none)} />}
      <ul className="check-list">
        {items?.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
    </div>
  );
}
