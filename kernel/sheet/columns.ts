import { fault } from '../fault.ts';
import type { Text } from '../text.ts';

/** What a cell became, or the code of what is wrong with it. */
export type Parsed = { value: unknown } | { code: string };

/** One column of a sheet, declared by the module that takes it in. `parse` gets the trimmed text, never ''. */
export type Column = {
  field: string;
  title: Text;
  aliases?: readonly string[];
  required?: boolean;
  note?: Text;
  /** Offered as a drop-down list in the template. */
  options?: readonly string[];
  parse: (text: string) => Parsed;
};

/** Where each declared column stands in the sheet (from 0), and the headings nobody knows. */
export type Mapping = { at: ReadonlyMap<string, number>; unknown: readonly string[] };

/** Headings differ in width, case, spaces, the star of required columns and remarks in brackets. */
export function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]/g, '')
    .replace(/[\s*:_./-]+/g, '');
}

/** @throws sheet.columns_missing, sheet.columns_twice, sheet.no_header */
export function mapColumns(columns: readonly Column[], header: readonly string[]): Mapping {
  const known = new Map<string, string>();
  for (const { field, title, aliases = [] } of columns) {
    for (const name of [field, title.zh, title.en, ...aliases]) known.set(plainHeading(name), field);
  }
  const at = new Map<string, number>();
  const [unknown, twice]: [string[], string[]] = [[], []];
  header.forEach((heading, index) => {
    if (heading.trim() === '') return;
    const field = known.get(plainHeading(heading));
    if (field === undefined) unknown.push(heading);
    else if (at.has(field)) twice.push(heading);
    else at.set(field, index);
  });
  if (at.size + unknown.length === 0) throw fault('sheet.no_header');
  const missing = columns.filter((column) => column.required && !at.has(column.field)).map((column) => column.title.zh);
  if (missing.length > 0) throw fault('sheet.columns_missing', { columns: missing.join('、') });
  if (twice.length > 0) throw fault('sheet.columns_twice', { columns: twice.join('、') });
  return { at, unknown };
}
