import type { Text } from '../text.ts';
import type { Parsed } from './columns.ts';

type Parse = (text: string) => Parsed;

/** Every code a cell can be given; a module adds its own. */
export const cellFaults: Readonly<Record<string, Text>> = {
  'cell.required': { zh: '必填项为空', en: 'Required, but empty' },
  'cell.too_short': { zh: '内容过短', en: 'Too short' },
  'cell.too_long': { zh: '内容过长', en: 'Too long' },
  'cell.not_integer': { zh: '应为整数', en: 'Not a whole number' },
  'cell.out_of_range': { zh: '数值超出范围', en: 'Out of range' },
  'cell.not_number': { zh: '应为数字', en: 'Not a number' },
  'cell.not_option': { zh: '不在可选项之内', en: 'Not one of the options' },
  'cell.not_date': { zh: '日期无效，应如 2026-01-31', en: 'Not a date such as 2026-01-31' },
  'cell.pattern': { zh: '格式不正确', en: 'Not in the expected form' },
  'cell.formula_error': { zh: '公式计算出错，请填入数值或文字', en: 'A formula that failed; enter its value' },
  'cell.lost_digits': {
    zh: '长数字被表格软件改成科学计数，已丢失尾数，请设为文本后重填',
    en: 'Digits were lost to scientific notation; format as text and enter again',
  },
  'cell.control': { zh: '含不可见的控制字符', en: 'Contains invisible control characters' },
  'cell.area_unknown': { zh: '没有这个属地（名称或区划代码）', en: 'No such area (name or code)' },
  'cell.area_ambiguous': { zh: '属地重名，请写明区县或填区划代码', en: 'Several areas have this name; add the district or give the code' },
  'cell.area_former': {
    zh: '已撤销区划的乡镇级代码，不能确定现属地，请填现行代码',
    en: 'A former code below the district; give the present code',
  },
  'cell.twice': { zh: '与本表前面的行重复', en: 'Stands in an earlier row of this sheet' },
};

export const asText =
  (min: number, max: number): Parse =>
  (text) => {
    const length = [...text].length;
    if (length < min) return { code: 'cell.too_short' };
    return length > max ? { code: 'cell.too_long' } : { value: text };
  };

/** Digits in any width, with separators of thousands as spreadsheets print them. */
export const asInt =
  (min: number, max: number): Parse =>
  (text) => {
    const plain = text.normalize('NFKC').replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
    if (!/^[+-]?\d{1,15}(\.0+)?$/.test(plain)) return { code: 'cell.not_integer' };
    const value = Number(plain);
    return value < min || value > max ? { code: 'cell.out_of_range' } : { value };
  };

export const asNumber =
  (min: number, max: number): Parse =>
  (text) => {
    const plain = text.normalize('NFKC');
    if (!/^[+-]?\d{1,15}(\.\d{1,20})?$/.test(plain)) return { code: 'cell.not_number' };
    const value = Number(plain);
    return value < min || value > max ? { code: 'cell.out_of_range' } : { value };
  };

/** One of the options by its key or its Chinese or English label. */
export function asOption(options: Readonly<Record<string, Text>>): Parse {
  const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
  const keys = new Map(Object.entries(options).flatMap(([key, { zh, en }]) => [key, zh, en].map((name) => [plain(name), key] as const)));
  return (text) => {
    const value = keys.get(plain(text));
    return value === undefined ? { code: 'cell.not_option' } : { value };
  };
}

/** A day as 2026-01-31, 2026/1/31, 2026.1.31, 2026年1月31日 or 20260131; the value is 2026-01-31. */
export const asDate: Parse = (text) => {
  const found = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?(?:[ T]00:00(?::00)?)?$/.exec(text.normalize('NFKC'));
  if (!found) return { code: 'cell.not_date' };
  const [, year = '', month = '', day = ''] = found;
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? { code: 'cell.not_date' } : { value };
};

export const asPattern =
  (pattern: RegExp, holds: (text: string) => boolean = () => true, code = 'cell.pattern'): Parse =>
  (text) => {
    const value = text.normalize('NFKC').toUpperCase();
    return pattern.test(value) && holds(value) ? { value } : { code };
  };
