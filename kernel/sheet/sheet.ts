import { defineFaults } from '../fault.ts';

/** One row as it stands in the file: `row` counts from 1 as the spreadsheet shows it; a cell that holds nothing is ''. */
export type SheetRow = { row: number; cells: readonly string[] };

/** Bounds of what is read. A spreadsheet is a zip archive: a small upload can unfold to any size. */
export type SheetLimits = {
  entries: number;
  /** Bytes of all parts together, unpacked. */
  unpacked: number;
  /** Unpacked bytes over packed bytes of one part; parts below a megabyte are not asked. */
  ratio: number;
  rows: number;
  columns: number;
  sharedStrings: number;
  cellLength: number;
};

export const sheetLimits: SheetLimits = {
  entries: 500,
  unpacked: 600_000_000,
  ratio: 200,
  rows: 200_001,
  columns: 100,
  sharedStrings: 2_000_000,
  cellLength: 5000,
};

const say = (zh: string, en: string) => ({ status: 422, text: { zh, en } });

/** The file as a whole is refused. */
export const sheetFaults = defineFaults({
  'sheet.locked_or_old': say(
    '文件已加密或为旧版 .xls，请去除密码并另存为 .xlsx 后上传',
    'The file is encrypted or an old .xls; save it as .xlsx without a password',
  ),
  'sheet.damaged': say('文件不是有效的 .xlsx 表格，或已损坏', 'Not a valid .xlsx workbook, or damaged'),
  'sheet.too_large': say('表格超出上限：{what} 不得超过 {limit}', 'The sheet is too large: {what} must not exceed {limit}'),
  'sheet.encoding': say('无法识别文件编码，请另存为 UTF-8 编码的 CSV', 'The encoding was not recognised; save as CSV in UTF-8'),
  'sheet.csv': say('第 {row} 行不是有效的 CSV，请检查引号', 'Line {row} is not valid CSV; look at its quotes'),
  'sheet.no_header': say('表格为空，未找到表头', 'The sheet is empty; it has no header'),
  'sheet.columns_missing': say('缺少必填列：{columns}', 'Required columns are missing: {columns}'),
  'sheet.columns_twice': say('同一列出现多次：{columns}', 'A column stands twice: {columns}'),
});

/**
 * Text that a spreadsheet would run as a formula is made plain text by a leading apostrophe (OWASP "CSV Injection"). Full-width forms
 * are taken too: Excel of Chinese and Japanese locales reads them as the half-width sign.
 */
export function defuse(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** Takes off the apostrophe that `defuse` put before it, so that what was exported comes back as it was. */
export function undefuse(text: string): string {
  return /^'[=+\-@\t\r\n＝＋－＠]/.test(text) ? text.slice(1) : text;
}
