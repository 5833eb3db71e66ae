/**
 * Writes kernel/calendar-holidays.ts from the npm package `chinese-days` (MIT), which collects the yearly notices of the General
 * Office of the State Council (国务院办公厅关于节假日安排的通知). Run again when a new year has been announced:
 * `node tools/extract/holidays.ts [tarball]`.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readPackageFiles } from './npm-pack.ts';

const source = { name: 'chinese-days', version: '1.5.7' };

type Table = Record<string, string>;

const dayAfter = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** `['2026-01-01','2026-01-02','2026-01-04']` → `01-01~01-02 01-04` */
export function toRanges(dates: readonly string[]): string {
  const ranges: { first: string; last: string }[] = [];
  for (const date of [...dates].sort()) {
    const open = ranges.at(-1);
    if (open !== undefined && dayAfter(open.last) === date) open.last = date;
    else ranges.push({ first: date, last: date });
  }
  return ranges.map(({ first, last }) => (first === last ? first.slice(5) : `${first.slice(5)}~${last.slice(5)}`)).join(' ');
}

function yearLines(holidays: Table, workdays: Table): string {
  const years = [...new Set(Object.keys(holidays).map((date) => date.slice(0, 4)))].sort();
  const of = (table: Table, year: string): string => toRanges(Object.keys(table).filter((date) => date.startsWith(year)));
  return years.map((year) => `${year} | ${of(holidays, year)} | ${of(workdays, year)}`).join('\n');
}

const file = (
  table: string,
): string => `// Written by tools/extract/holidays.ts from npm ${source.name} ${source.version} (MIT, Copyright (c) 2024 Yawei sun): do not edit by hand.
// Source: the yearly notices of the General Office of the State Council on the arrangement of holidays.

/**
 * One year's holiday notice. \`off\` are the days off, \`work\` the weekend days worked in exchange (调休), as \`MM-DD\` or
 * \`MM-DD~MM-DD\`, separated by spaces. A year may come in several parts; they add up.
 */
export type HolidayYear = { year: number; off: string; work: string };

const table = \`
${table}
\`;

export const shippedHolidays: readonly HolidayYear[] = table
  .trim()
  .split('\\n')
  .map((line) => {
    const [year, off = '', work = ''] = line.split(' | ');
    return { year: Number(year), off, work };
  });
`;

export async function extractHolidays(tarball?: string): Promise<string> {
  const [json = ''] = await readPackageFiles(source.name, source.version, ['dist/chinese-days.json'], tarball);
  const data: { holidays: Table; workdays: Table } = JSON.parse(json);
  return file(yearLines(data.holidays, data.workdays));
}

if (import.meta.main) {
  const target = fileURLToPath(new URL('../../kernel/calendar-holidays.ts', import.meta.url));
  const code = await extractHolidays(process.argv[2]);
  await writeFile(target, code);
  process.stdout.write(`${target}: ${Buffer.byteLength(code)} bytes\n`);
}
