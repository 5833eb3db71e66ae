import { describe, expect, test } from 'vitest';
import { isFault } from '../fault.ts';
import { isBlank, makeCheck } from './check.ts';
import { type Column, mapColumns } from './columns.ts';
import { asDate, asInt, asNumber, asOption, asPattern, asText, cellFaults } from './parse-cell.ts';
import { defuse } from './sheet.ts';

const columns: readonly Column[] = [
  { field: 'name', title: { zh: '名称', en: 'Name' }, aliases: ['企业名称'], required: true, parse: asText(2, 10) },
  { field: 'headcount', title: { zh: '从业人数', en: 'Headcount' }, parse: asInt(0, 1000) },
  { field: 'level', title: { zh: '风险等级', en: 'Level' }, parse: asOption({ high: { zh: '高', en: 'High' } }) },
  { field: 'since', title: { zh: '成立日期', en: 'Since' }, parse: asDate },
];

function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return isFault(error) ? error.code : error;
  }
}

describe('headings', () => {
  test('are known by Chinese, English, alias, with star, width and remark; others are said', () => {
    const { at, unknown } = mapColumns(columns, ['序号', '＊企业名称（全称）', 'HEADCOUNT', '', '成立 日期']);
    expect([...at]).toEqual([
      ['name', 1],
      ['headcount', 2],
      ['since', 4],
    ]);
    expect(unknown).toEqual(['序号']);
  });
  test('missing, doubled and absent ones are refused', () => {
    expect(codeOf(() => mapColumns(columns, ['从业人数']))).toBe('sheet.columns_missing');
    expect(codeOf(() => mapColumns(columns, ['名称', 'Name']))).toBe('sheet.columns_twice');
    expect(codeOf(() => mapColumns(columns, ['', ' ']))).toBe('sheet.no_header');
  });
});

test('a thousand rows with faults put in: exactly these are reported', () => {
  const bad: Record<number, [number, string, string, string]> = {
    5: [0, '', 'name', 'cell.required'],
    17: [0, '厂', 'name', 'cell.too_short'],
    40: [0, '很长很长很长很长很长很长', 'name', 'cell.too_long'],
    77: [1, '十二', 'headcount', 'cell.not_integer'],
    78: [1, '1.5', 'headcount', 'cell.not_integer'],
    300: [1, '1001', 'headcount', 'cell.out_of_range'],
    301: [1, '-1', 'headcount', 'cell.out_of_range'],
    512: [2, '特高', 'level', 'cell.not_option'],
    640: [3, '2026-02-29', 'since', 'cell.not_date'],
    641: [3, '去年', 'since', 'cell.not_date'],
    900: [0, '企业899', 'name', 'cell.twice'],
  };
  const check = makeCheck(columns, mapColumns(columns, ['名称', '从业人数', '风险等级', '成立日期']), [['name']]);
  const found = Array.from({ length: 1000 }, (_, i) => i + 2).flatMap((row) => {
    const cells = [`企业${row}`, '1,000', 'high', '2024年2月29日'];
    const put = bad[row];
    if (put) cells[put[0]] = put[1];
    return check({ row, cells }).faults;
  });
  expect(found.map(({ row, column, code }) => [row, column, code])).toEqual(
    Object.entries(bad).map(([row, [, , column, code]]) => [Number(row), column, code]),
  );
  for (const { code } of found) expect(cellFaults[code]?.zh).toBeTruthy();
});

test('cells become values', () => {
  expect(asDate('20260131')).toEqual({ value: '2026-01-31' });
  expect(asDate('2026/1/3')).toEqual({ value: '2026-01-03' });
  expect(asInt(0, 9999)('１，２３４')).toEqual({ value: 1234 });
  expect(asInt(0, 9999)('1,23')).toEqual({ code: 'cell.not_integer' });
  expect(asNumber(-1, 1)('1e9')).toEqual({ code: 'cell.not_number' });
  expect(asPattern(/^[A-Z]\d$/)('ａ1')).toEqual({ value: 'A1' });
  expect(isBlank({ row: 1, cells: ['', ' '] })).toBe(true);
});

test('what a spreadsheet would run is made text', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1']) expect(defuse(text)).toBe(`'${text}`);
  for (const text of ['企业', '1-2', "'=1", '']) expect(defuse(text)).toBe(text);
});
