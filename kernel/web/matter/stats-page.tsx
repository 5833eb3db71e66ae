import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { addDays, chinaDate } from '../../calendar.ts';
import { stats } from '../../matter-contract.ts';
import { formatNumber } from '../../text.ts';
import { useNow } from '../clock.tsx';
import { lineWord } from '../lines.ts';
import { Bones, Failed, NotFound } from '../page-state.tsx';
import { findWorkflow } from '../registry.ts';
import { usePage } from '../shell/page-title.ts';
import { kindWord, stateWord } from '../state-tag.tsx';
import { useApi } from '../use-api.ts';
import { t } from '../words/words.ts';
import { areaHeight, findingOf, isEmpty, percent, type Stats, trendHeight } from './stats-finding.ts';
import './stats.css';

const StatsCharts = lazy(() =>
  import('./stats-charts.tsx').then(
    (module) => ({ default: module.StatsCharts }),
    () => ({ default: () => <p className="quiet">{t('stats.no_chart')}</p> }),
  ),
);

/** A sentence that says the finding, charts that show it, tables that prove it; every figure opens its records. */
export function StatsPage() {
  const { kind } = useParams({ from: '/signed-in/stats/$kind' });
  usePage({ title: t('stats.title', { kind: kindWord(kind) }) });
  return findWorkflow(kind) ? <Figures kind={kind} /> : <NotFound />;
}

function Figures({ kind }: { kind: string }) {
  const now = useNow();
  const { days = 90 } = useSearch({ from: '/signed-in/stats/$kind' });
  const navigate = useNavigate();
  const to = chinaDate(now);
  const from = addDays(to, -(days - 1));
  const { data, error, refetch } = useApi(stats, { kind, from, to }, { keep: true });
  const choose = (next: number) =>
    void navigate({ to: '/stats/$kind', params: { kind }, search: next === 90 ? {} : { days: next as 30 | 365 }, replace: true });
  return (
    <div className="page stats">
      <header className="page-head">
        <h1 className="page-title">{t('stats.title', { kind: kindWord(kind) })}</h1>
        <Segmented
          aria-label={t('stats.range')}
          value={days}
          onChange={choose}
          options={[
            { value: 30, label: t('stats.days_30') },
            { value: 90, label: t('stats.days_90') },
            { value: 365, label: t('stats.days_365') },
          ]}
        />
      </header>
      {data === undefined && (error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={6} />)}
      {data && (
        <>
          <p className="stats-finding">{findingOf(data, from, to, now)}</p>
          {!isEmpty(data) && (
            <>
              <Suspense fallback={<ChartBones areas={data.byOrg.length} />}>
                <StatsCharts data={data} kind={kind} from={from} to={to} />
              </Suspense>
              <AreaTable data={data} kind={kind} />
              {data.byLine.length > 1 && <LineTable data={data} />}
              <StateTable data={data} kind={kind} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** Keeps the room the charts will take, so that the tables below do not jump. */
function ChartBones({ areas }: { areas: number }) {
  return (
    <div className="stats-charts">
      <div className="card stats-chart" style={{ height: areaHeight(areas) + 66 }} />
      <div className="card stats-chart" style={{ height: trendHeight + 66 }} />
    </div>
  );
}

/** Wider than a phone, it scrolls; with the keyboard too, though nothing in it may be a link. */
const scrollable = { tabIndex: 0 } as const;

function StatsTable({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card stats-table" aria-label={title} {...scrollable}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function AreaTable({ data, kind }: { data: Stats; kind: string }) {
  const rows = data.byOrg.toSorted((a, b) => b.overdue - a.overdue || b.found - a.found);
  return (
    <StatsTable title={t('stats.by_area')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('stats.area')}</th>
            <th scope="col">{t('stats.found')}</th>
            <th scope="col">{t('stats.closed')}</th>
            <th scope="col">{t('stats.on_time')}</th>
            <th scope="col">{t('stats.open')}</th>
            <th scope="col">{t('stats.overdue')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.org}>
              <th scope="row">
                <Link to="/m/$kind" params={{ kind }} search={{ org: row.org, open: 'all' }}>
                  {row.own ? t('stats.own_level', { area: row.name }) : row.name}
                </Link>
              </th>
              <td>{formatNumber(row.found)}</td>
              <td>{formatNumber(row.closed)}</td>
              <td>{row.closed > 0 ? percent(row.onTime, row.closed) : '—'}</td>
              <td>{formatNumber(row.open)}</td>
              <td>
                {row.overdue > 0 ? (
                  <Link to="/m/$kind" params={{ kind }} search={{ org: row.org, overdue: true }}>
                    {formatNumber(row.overdue)}
                  </Link>
                ) : (
                  '0'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </StatsTable>
  );
}

function LineTable({ data }: { data: Stats }) {
  return (
    <StatsTable title={t('stats.by_line')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('stats.line')}</th>
            <th scope="col">{t('stats.found')}</th>
            <th scope="col">{t('stats.closed')}</th>
            <th scope="col">{t('stats.on_time')}</th>
            <th scope="col">{t('stats.open')}</th>
            <th scope="col">{t('stats.overdue')}</th>
          </tr>
        </thead>
        <tbody>
          {data.byLine.map((row) => (
            <tr key={row.line}>
              <th scope="row">{lineWord(row.line)}</th>
              <td>{formatNumber(row.found)}</td>
              <td>{formatNumber(row.closed)}</td>
              <td>{row.closed > 0 ? percent(row.onTime, row.closed) : '—'}</td>
              <td>{formatNumber(row.open)}</td>
              <td>{formatNumber(row.overdue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </StatsTable>
  );
}

function StateTable({ data, kind }: { data: Stats; kind: string }) {
  return (
    <StatsTable title={t('stats.by_state')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('matter.state')}</th>
            <th scope="col">{t('stats.count')}</th>
            <th scope="col">{t('stats.overdue')}</th>
          </tr>
        </thead>
        <tbody>
          {data.byState.map((row) => (
            <tr key={row.state}>
              <th scope="row">
                <Link to="/m/$kind" params={{ kind }} search={{ state: row.state }}>
                  {stateWord(kind, row.state)}
                </Link>
              </th>
              <td>{formatNumber(findWorkflow(kind)?.states[row.state]?.final ? row.closed : row.open)}</td>
              <td>{formatNumber(row.overdue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </StatsTable>
  );
}
