import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { fault } from '#kernel/fault.ts';
import { type SheetLimits, type SheetRow, sheetLimits } from '#kernel/sheet/sheet.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** Zero bytes stand where UTF-16 writes the high half of ASCII: a heading row, its commas and line ends always have some. */
function findUtf16(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const [even, odd] = [0, 1].map((start) => head.filter((byte, i) => byte === 0 && i % 2 === start).length);
  if (even === 0 && odd === 0) return undefined;
  return (odd ?? 0) > (even ?? 0) ? 'utf-16le' : 'utf-16be';
}

async function decodes(path: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Uint8Array, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The whole file decides: a file of GB18030 may begin with thousands of rows of plain ASCII. @throws sheet.encoding */
export async function detectEncoding(path: string): Promise<Encoding> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0).finally(() => file.close());
  const wide = findUtf16(buffer.subarray(0, bytesRead));
  for (const encoding of wide ? [wide] : (['utf-8', 'gb18030'] as const)) if (await decodes(path, encoding)) return encoding;
  throw fault('sheet.encoding');
}

async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Uint8Array, { stream: true });
  yield decoder.decode();
}

async function findDelimiter(path: string, encoding: Encoding): Promise<string> {
  let first = '';
  for await (const text of textOf(path, encoding)) {
    first += text;
    if (/[\r\n]/.test(first) || first.length > 10_000) break;
  }
  const [line = ''] = first.split(/[\r\n]/);
  const count = (sign: string): number => line.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/**
 * The rows of a CSV file, as a stream. `row` counts records, as the spreadsheet shows them.
 * @throws sheet.encoding, sheet.csv, sheet.too_large
 */
export async function* readCsv(path: string, limits: SheetLimits = sheetLimits): AsyncGenerator<SheetRow> {
  const encoding = await detectEncoding(path);
  const delimiter = await findDelimiter(path, encoding);
  const parser = Readable.from(textOf(path, encoding)).compose(
    parse({ delimiter, relax_column_count: true, max_record_size: limits.cellLength * limits.columns }),
  );
  let row = 0;
  try {
    for await (const record of parser) {
      const cells = record as string[];
      row += 1;
      if (row > limits.rows) throw fault('sheet.too_large', { what: 'rows', limit: limits.rows });
      if (cells.length > limits.columns) throw fault('sheet.too_large', { what: 'columns', limit: limits.columns });
      if (cells.some((cell) => cell.length > limits.cellLength)) throw fault('sheet.too_large', { what: 'cell', limit: limits.cellLength });
      yield { row, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? fault('sheet.csv', { row: row + 1 }) : error;
  }
}
