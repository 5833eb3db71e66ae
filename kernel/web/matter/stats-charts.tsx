import { useNavigate } from '@tanstack/react-router';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'react';
import { useDark } from '../look.ts';
import { t } from '../words/words.ts';
import { areaHeight, bucketed, everyDay, type Stats, trendHeight } from './stats-finding.ts';
import { areaOption, trendOption } from './stats-options.ts';

use([BarChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

export function StatsCharts({ data, kind, from, to }: { data: Stats; kind: string; from: string; to: string }) {
  const dark = useDark();
  const navigate = useNavigate();
  const areas = useMemo(() => areaOption(data, dark), [data, dark]);
  const days = useMemo(() => everyDay(data, from, to), [data, from, to]);
  const weekly = days.length > 45;
  const trend = useMemo(() => trendOption(bucketed(days, weekly ? 7 : 1), dark), [days, weekly, dark]);
  const byName = new Map(data.byOrg.map((row) => [row.name, row.org]));
  const open = (name: string) => void navigate({ to: '/m/$kind', params: { kind }, search: { org: byName.get(name), open: 'all' } });
  return (
    <div className="stats-charts">
      <figure className="card stats-chart">
        <figcaption>
          <h2>{t('stats.by_area')}</h2>
          <span className="quiet">{t('stats.by_area_note')}</span>
        </figcaption>
        <Chart option={areas} height={areaHeight(data.byOrg.length)} onPick={open} />
      </figure>
      <figure className="card stats-chart">
        <figcaption>
          <h2>{t(weekly ? 'stats.by_week' : 'stats.by_day')}</h2>
          <span className="quiet">{t('stats.unit')}</span>
        </figcaption>
        <Chart option={trend} height={trendHeight} />
      </figure>
    </div>
  );
}

type Props = { option: EChartsCoreOption; height: number; onPick?: (name: string) => void };

/** One ECharts picture, drawn as SVG, following its place and the theme. */
function Chart({ option, height, onPick }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!holder.current) return;
    const chart = init(holder.current, null, { renderer: 'svg' });
    chart.setOption(option);
    chart.on('click', (event) => typeof event.name === 'string' && pick.current?.(event.name));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(holder.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={holder} style={{ height }} />;
}
