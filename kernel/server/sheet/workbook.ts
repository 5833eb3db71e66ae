import { fault } from '#kernel/fault.ts';
import type { SheetLimits } from '#kernel/sheet/sheet.ts';
import { readWhole } from './xml.ts';
import type { Parts } from './zip-parts.ts';

/** Where the first sheet lies, and whether its days count from 1904 (old Macintosh workbooks). */
export async function findFirstSheet(parts: Parts): Promise<{ path: string; from1904: boolean }> {
  let [id, from1904]: [string | undefined, boolean] = [undefined, false];
  await readWhole(await parts.read('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name === 'sheet') id ??= attributes['r:id'];
    },
    close: () => undefined,
  });
  let target: string | undefined;
  await readWhole(await parts.read('xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      if (name === 'Relationship' && attributes.Id === id) target = attributes.Target;
    },
    close: () => undefined,
  });
  if (id === undefined || target === undefined) throw fault('sheet.damaged');
  return { path: target.startsWith('/') ? target.slice(1) : `xl/${target}`, from1904 };
}

/** Texts that cells refer to by number. Phonetic readings (rPh) stand beside the text and are no part of it. */
export async function readSharedStrings(parts: Parts, limits: SheetLimits): Promise<string[]> {
  const texts: string[] = [];
  if (!parts.has('xl/sharedStrings.xml')) return texts;
  let [text, inText, phonetic] = ['', false, false];
  await readWhole(await parts.read('xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 't') inText = true;
      if (name === 'rPh') phonetic = true;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic = false;
      if (name !== 'si') return;
      if (texts.length >= limits.sharedStrings) throw fault('sheet.too_large', { what: 'texts', limit: limits.sharedStrings });
      texts.push(text);
    },
    text: (piece) => {
      if (inText && !phonetic) text += piece;
      if (text.length > limits.cellLength) throw fault('sheet.too_large', { what: 'cell', limit: limits.cellLength });
    },
  });
  return texts;
}

/** Built-in number formats that show a date (ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are those of the Chinese locale). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);

/** Which cell styles show a number as a date. */
export async function readDateStyles(parts: Parts): Promise<boolean[]> {
  const [own, styles] = [new Map<number, boolean>(), [] as boolean[]];
  if (!parts.has('xl/styles.xml')) return styles;
  let inCells = false;
  await readWhole(await parts.read('xl/styles.xml'), {
    open: (name, attributes) => {
      if (name === 'cellXfs') inCells = true;
      const id = Number(attributes.numFmtId ?? 0);
      if (name === 'numFmt') own.set(id, /[yd年日]/i.test((attributes.formatCode ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')));
      if (name === 'xf' && inCells) styles.push(own.get(id) ?? isBuiltInDate(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}
