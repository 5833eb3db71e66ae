import { fault, isFault } from '#kernel/fault.ts';
import { type SheetLimits, type SheetRow, sheetLimits } from '#kernel/sheet/sheet.ts';
import { findFirstSheet, readDateStyles, readSharedStrings } from './workbook.ts';
import { type Attributes, readXml, type XmlEvents } from './xml.ts';
import { openParts, type Parts } from './zip-parts.ts';

type Known = { texts: readonly string[]; dates: readonly boolean[]; from1904: boolean; limits: SheetLimits };

/** Column number from 0 of a reference such as AB12. */
function columnOf(reference: string): number {
  let column = 0;
  for (const sign of reference) {
    const digit = sign.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26) break;
    column = column * 26 + digit;
  }
  return column - 1;
}

const dayMs = 86_400_000;

function dateText(serial: number, from1904: boolean): string {
  const time = Math.round((from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)) + serial * dayMs);
  if (!Number.isFinite(time) || Math.abs(time) > 8e15) return String(serial);
  const iso = new Date(time).toISOString();
  return time % dayMs === 0 ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
}

/** What the person who made the sheet sees in the cell; of a formula the value it had when the file was saved. */
function cellText({ t, s }: Attributes, raw: string, { texts, dates, from1904 }: Known): string {
  if (t === 's') return texts[Number(raw)] ?? '';
  if (t === 'b') return raw === '1' ? 'TRUE' : 'FALSE';
  if (t !== undefined && t !== 'n') return raw;
  const value = Number(raw);
  if (raw === '' || Number.isNaN(value)) return raw;
  if (dates[Number(s ?? 0)]) return dateText(value, from1904);
  // Binary fractions are stored with 17 digits (0.1 + 0.2); the spreadsheet shows 15.
  return Number.isInteger(value) ? value.toLocaleString('en', { useGrouping: false }) : String(Number(value.toPrecision(15)));
}

function gather(known: Known, rows: SheetRow[]): XmlEvents {
  const { limits } = known;
  let [row, cells, raw, inValue, phonetic]: [number, string[], string, boolean, boolean] = [0, [], '', false, false];
  let [attributes, column]: [Attributes, number] = [{}, -1];
  const openCell = (found: Attributes): void => {
    [attributes, raw] = [found, ''];
    column = found.r === undefined ? column + 1 : columnOf(found.r);
    if (column < 0) throw fault('sheet.damaged');
    if (column >= limits.columns) throw fault('sheet.too_large', { what: 'columns', limit: limits.columns });
  };
  const openRow = (found: Attributes): void => {
    [row, cells, column] = [found.r === undefined ? row + 1 : Number(found.r), [], -1];
    if (!(row <= limits.rows)) throw fault('sheet.too_large', { what: 'rows', limit: limits.rows });
  };
  return {
    open: (name, found) => {
      if (name === 'row') openRow(found);
      else if (name === 'c') openCell(found);
      else if (name === 'rPh') phonetic = true;
      else if (name === 'v' || name === 't') inValue = !phonetic;
    },
    text: (piece) => {
      if (inValue) raw += piece;
      if (raw.length > limits.cellLength) throw fault('sheet.too_large', { what: 'cell', limit: limits.cellLength });
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'c') {
        while (cells.length < column) cells.push('');
        cells[column] = cellText(attributes, raw, known);
      } else if (name === 'row') rows.push({ row, cells });
    },
  };
}

async function* rowsOf(parts: Parts, limits: SheetLimits): AsyncGenerator<SheetRow> {
  const { path, from1904 } = await findFirstSheet(parts);
  const [texts, dates] = [await readSharedStrings(parts, limits), await readDateStyles(parts)];
  const rows: SheetRow[] = [];
  for await (const _ of readXml(await parts.read(path), gather({ texts, dates, from1904, limits }, rows))) yield* rows.splice(0);
  yield* rows.splice(0);
}

/**
 * The rows of the first sheet of an .xlsx, as a stream: in memory are its shared texts and one piece of the sheet.
 * @throws sheet.locked_or_old, sheet.damaged, sheet.too_large
 */
export async function* readXlsx(path: string, limits: SheetLimits = sheetLimits): AsyncGenerator<SheetRow> {
  const parts = await openParts(path, limits);
  try {
    yield* rowsOf(parts, limits);
  } catch (error) {
    // The unpacker's own errors (a wrong checksum, a part longer than declared) say nothing to a person.
    throw isFault(error) || !(error instanceof Error) || 'syscall' in error ? error : fault('sheet.damaged');
  } finally {
    parts.close();
  }
}
