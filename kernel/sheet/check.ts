import type { Column, Mapping } from './columns.ts';
import { type SheetRow, undefuse } from './sheet.ts';

/** One cell that is wrong: `row` from 1 as the spreadsheet shows it, `column` the declared field. */
export type CellFault = { row: number; column: string; code: string; text: string };

export type Checked = { row: number; values: Readonly<Record<string, unknown>>; faults: readonly CellFault[] };

const control = /[^\P{Cc}\t\n\r]/u;

/** What no column takes: the error value of a formula, digits a spreadsheet has rounded away, signs that cannot be seen. */
function brokenCell(text: string): string | undefined {
  if (/^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/.test(text)) return 'cell.formula_error';
  if (/^\d(\.\d+)?E\+\d{2,}$/i.test(text)) return 'cell.lost_digits';
  return control.test(text) ? 'cell.control' : undefined;
}

/** Makes the check of one sheet: rows come in order, `unique` names the sets of fields of which no two rows may agree. */
export function makeCheck(
  columns: readonly Column[],
  mapping: Mapping,
  unique: readonly (readonly string[])[] = [],
): (row: SheetRow) => Checked {
  const seen = unique.map(() => new Set<string>());
  return ({ row, cells }) => {
    const values: Record<string, unknown> = {};
    const faults: CellFault[] = [];
    for (const column of columns) {
      const index = mapping.at.get(column.field);
      const text = index === undefined ? '' : undefuse(cells[index] ?? '').trim();
      const broken = index === undefined ? undefined : brokenCell(text);
      const parsed = broken
        ? { code: broken }
        : text === ''
          ? column.required
            ? { code: 'cell.required' }
            : undefined
          : column.parse(text);
      if (parsed && 'code' in parsed) faults.push({ row, column: column.field, code: parsed.code, text });
      else if (parsed) values[column.field] = parsed.value;
    }
    unique.forEach((fields, index) => {
      const parts = fields.map((field) => values[field]);
      if (parts.includes(undefined)) return;
      const [key, set] = [JSON.stringify(parts), seen[index]];
      if (set?.has(key)) faults.push({ row, column: fields[0] ?? '', code: 'cell.twice', text: String(parts[0]) });
      set?.add(key);
    });
    return { row, values, faults };
  };
}

/** A row without any text: spreadsheets keep thousands of them below the data. */
export function isBlank({ cells }: SheetRow): boolean {
  return cells.every((cell) => cell.trim() === '');
}
