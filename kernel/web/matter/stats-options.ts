import type { EChartsCoreOption } from 'echarts/core';
import { t } from '../words/words.ts';
import type { Stats } from './stats-finding.ts';

const shown = 20;

/** Inks for both themes. Levels' colours are for levels alone: counts are drawn in the brand's blue-grey and a crimson for late. */
const inks = {
  light: { text: '#4b5563', line: '#e4e7ec', open: '#7d9cc4', late: '#a8123f', closed: '#2b8a3e', found: '#1559b3', box: '#ffffff' },
  dark: {
    text: 'rgba(255,255,255,.68)',
    line: '#2b323a',
    open: '#5d7fa8',
    late: '#f0668c',
    closed: '#56b96b',
    found: '#7db8f2',
    box: '#20262e',
  },
} as const;

function shared(dark: boolean) {
  const ink = inks[dark ? 'dark' : 'light'];
  return {
    ink,
    base: {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink.text },
      aria: { enabled: true },
      tooltip: {
        trigger: 'axis',
        backgroundColor: ink.box,
        borderColor: ink.line,
        textStyle: { color: ink.text },
        axisPointer: { type: 'shadow' },
      },
      legend: { top: 0, right: 0, textStyle: { color: ink.text }, itemWidth: 12, itemHeight: 12 },
    },
    counts: { type: 'value', min: 0, minInterval: 1, axisLabel: { color: ink.text }, splitLine: { lineStyle: { color: ink.line } } },
  };
}

/** Open matters by area, overdue ones as the dark part; from zero, most overdue on top. */
export function areaOption(data: Stats, dark: boolean): EChartsCoreOption {
  const { ink, base, counts } = shared(dark);
  const rows = data.byOrg
    .toSorted((a, b) => b.overdue - a.overdue || b.found - a.found)
    .slice(0, shown)
    .reverse();
  return {
    ...base,
    grid: { left: 8, right: 24, top: 32, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: counts,
    yAxis: {
      type: 'category',
      data: rows.map((row) => row.name),
      axisLabel: { color: ink.text },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
    },
    series: [
      {
        type: 'bar',
        stack: 'all',
        name: t('stats.overdue'),
        data: rows.map((row) => row.overdue),
        itemStyle: { color: ink.late },
        barMaxWidth: 18,
      },
      {
        type: 'bar',
        stack: 'all',
        name: t('stats.closed'),
        data: rows.map((row) => row.closed),
        itemStyle: { color: ink.closed },
        barMaxWidth: 18,
      },
      {
        type: 'bar',
        stack: 'all',
        name: t('stats.open_in_time'),
        data: rows.map((row) => Math.max(0, row.found - row.closed - row.overdue)),
        itemStyle: { color: ink.open },
        barMaxWidth: 18,
      },
    ],
  };
}

/** Reported and closed, side by side, over time. */
export function trendOption(days: Stats['byDay'], dark: boolean): EChartsCoreOption {
  const { ink, base, counts } = shared(dark);
  const bars = (name: string, colour: string, values: number[]) => ({
    type: 'bar',
    name,
    data: values,
    barMaxWidth: 18,
    itemStyle: { color: colour },
  });
  return {
    ...base,
    grid: { left: 8, right: 16, top: 36, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: days.map((row) => row.day.slice(5)),
      axisLabel: { color: ink.text },
      axisLine: { lineStyle: { color: ink.line } },
    },
    yAxis: counts,
    series: [
      bars(
        t('stats.found'),
        ink.found,
        days.map((row) => row.found),
      ),
      bars(
        t('stats.closed'),
        ink.closed,
        days.map((row) => row.closed),
      ),
    ],
  };
}
