import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { isFault } from '#kernel/fault.ts';
import { type SheetRow, sheetLimits } from '#kernel/sheet/sheet.ts';
import { detectEncoding, readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-sheet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
function put(bytes: Uint8Array): string {
  const path = join(folder, String(count++));
  writeFileSync(path, bytes);
  return path;
}

async function all(rows: AsyncIterable<SheetRow>): Promise<SheetRow[]> {
  const found: SheetRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** The code of the refusal and what it names. */
async function refusal(rows: AsyncIterable<SheetRow>): Promise<string> {
  try {
    await all(rows);
    return 'read';
  } catch (error) {
    if (isFault(error)) return [error.code, error.details.what].filter(Boolean).join(' ');
    throw error;
  }
}

const xlsx = async (data: unknown[][]): Promise<string> => put(await writeXlsxFile(data as SheetData).toBuffer());

describe('.xlsx', () => {
  test('text keeps its zeros, numbers and dates read as shown, what begins with = as the text it is, a merged cell once', async () => {
    const path = await xlsx([
      [{ value: '名称', columnSpan: 2 }, null, '日期'],
      [
        { value: '007', type: String },
        { value: 0.1 + 0.2, type: Number },
        { value: new Date(Date.UTC(2026, 0, 31)), type: Date, format: 'yyyy-mm-dd' },
      ],
      [null, { value: 123456789012345, type: Number }, '=1+1 & <b>'],
    ]);
    const rows = await all(readXlsx(path));
    expect(rows.map(({ row, cells }) => [row, cells.join('|')])).toEqual([
      [1, '名称||日期'],
      [2, '007|0.3|2026-01-31'],
      [3, '|123456789012345|=1+1 & <b>'],
    ]);
  });
  test('beyond the limits nothing is read', async () => {
    const path = await xlsx([['a', 'b', 'c'], ['d'], ['e'.repeat(50)]]);
    expect(await refusal(readXlsx(path, { ...sheetLimits, rows: 2 }))).toBe('sheet.too_large rows');
    expect(await refusal(readXlsx(path, { ...sheetLimits, columns: 2 }))).toBe('sheet.too_large columns');
    expect(await refusal(readXlsx(path, { ...sheetLimits, cellLength: 49 }))).toBe('sheet.too_large cell');
    expect(await refusal(readXlsx(path, { ...sheetLimits, sharedStrings: 1 }))).toBe('sheet.too_large texts');
    expect(await refusal(readXlsx(path, { ...sheetLimits, entries: 3 }))).toBe('sheet.too_large entries');
    expect(await refusal(readXlsx(path, { ...sheetLimits, unpacked: 1000 }))).toBe('sheet.too_large bytes');
    expect(await refusal(readXlsx(await xlsx([Array.from({ length: 200 }, (_, i) => `c${i}`)])))).toBe('sheet.too_large columns');
  });
  test('a bomb is known by its ratio before it is unpacked', async () => {
    const path = await xlsx(Array.from({ length: 8000 }, () => ['同', '同', '同', '同', '同', '同']));
    expect(await refusal(readXlsx(path, { ...sheetLimits, ratio: 5 }))).toBe('sheet.too_large ratio');
  });
  test('what is encrypted, old or broken is refused in plain words', async () => {
    expect(await refusal(readXlsx(put(Buffer.from('d0cf11e0a1b11ae100000000', 'hex'))))).toBe('sheet.locked_or_old');
    expect(await refusal(readXlsx(put(Buffer.from('no archive'))))).toBe('sheet.damaged');
    expect(await refusal(readXlsx(put(Buffer.alloc(0))))).toBe('sheet.damaged');
  });
});

describe('.csv', () => {
  const text = '名称,地址\r\n"甲,""乙""",路\r\n';
  const gb = Buffer.from('c3fbb3c62cb5d8d6b70d0a22bcd72c2222d2d22222222cc2b70d0a', 'hex');
  const wide = Buffer.from(text, 'utf16le');
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['gb18030', gb],
    ['utf-16le', Buffer.concat([Buffer.from('fffe', 'hex'), wide])],
    ['utf-16be', Buffer.concat([Buffer.from('feff', 'hex'), Buffer.from(wide).swap16()])],
    ['utf-16le', wide],
  ])('%s', async (encoding, bytes) => {
    const path = put(bytes);
    expect(await detectEncoding(path)).toBe(encoding);
    expect(await all(readCsv(path))).toEqual([
      { row: 1, cells: ['名称', '地址'] },
      { row: 2, cells: ['甲,"乙"', '路'] },
    ]);
  });
  test('tabs, and what is refused', async () => {
    expect(await all(readCsv(put(Buffer.from('a\tb,c\td\n007\t\t'))))).toEqual([
      { row: 1, cells: ['a', 'b,c', 'd'] },
      { row: 2, cells: ['007', '', ''] },
    ]);
    expect(await refusal(readCsv(put(Buffer.from('a,b\n"c,d\n'))))).toBe('sheet.csv');
    expect(await refusal(readCsv(put(Buffer.from('61ff80ff', 'hex'))))).toBe('sheet.encoding');
    expect(await refusal(readCsv(put(Buffer.from(','.repeat(100)))))).toBe('sheet.too_large columns');
  });
});
