import { type CodeBook, emptyBook, makeAreaFinder } from '#kernel/sheet/code-book.ts';
import type { Column, Parsed } from '#kernel/sheet/columns.ts';
import { asInt, asNumber, asOption, asPattern, asText } from '#kernel/sheet/parse-cell.ts';
import type { Text } from '#kernel/text.ts';
import { isCreditCode, siteKinds } from './schema.ts';

/** The object as a sheet and the table know it; absent or null: not given. Degrees in WGS84. */
export type SheetSite = {
  name: string;
  kind: string;
  credit_code: string | null;
  industry: string | null;
  org: number;
  line: string;
  address: string;
  lng: number | null;
  lat: number | null;
  level: number;
  headcount: number | null;
  principal: string | null;
  phone: string | null;
};

export const sheetLevels = {
  1: { zh: '重大', en: 'Major' },
  2: { zh: '较大', en: 'Serious' },
  3: { zh: '一般', en: 'General' },
  4: { zh: '低', en: 'Low' },
} as const satisfies Record<number, Text>;

/** Codes of cells that only these columns give. */
export const siteCellFaults: Readonly<Record<string, Text>> = {
  'cell.credit_code': { zh: '统一社会信用代码有误（18 位，含校验位）', en: 'Not a credit code (18 characters with a check character)' },
  'cell.industry': { zh: '不是国民经济行业代码（GB/T 4754）', en: 'Not an industry code (GB/T 4754)' },
  'cell.phone': { zh: '电话号码格式不正确', en: 'Not a telephone number' },
  'cell.point_half': { zh: '经度、纬度须同时填写', en: 'Longitude and latitude belong together' },
  'cell.point_swapped': { zh: '经度与纬度疑似填反', en: 'Longitude and latitude seem to be exchanged' },
  'cell.code_taken': { zh: '该代码已由其他属地登记，您无权修改', en: 'Registered elsewhere; you may not change it' },
  'cell.closed': { zh: '该对象已注销', en: 'This object is closed' },
  'cell.forbidden': { zh: '不在您的管辖范围（属地或行业）之内', en: 'Outside what you supervise (area or line)' },
};

/** What is worth a look, but keeps no row out. */
export const siteCellNotes: Readonly<Record<string, Text>> = {
  'note.former_code': { zh: '旧区划代码，已按现行区划识别', en: 'A former division code, understood as today’s' },
  'note.outside': { zh: '坐标不在所填区县范围内，请核实', en: 'The point lies outside the district given' },
};

const coordinate = (min: number, max: number): ((text: string) => Parsed) => {
  const plain = asNumber(-180, 180);
  return (text) => {
    const parsed = plain(text);
    if (!('value' in parsed) || typeof parsed.value !== 'number') return parsed;
    if (parsed.value >= min && parsed.value <= max) return parsed;
    const [low, high] = min < 60 ? [73, 136] : [3, 54];
    return { code: parsed.value >= low && parsed.value <= high ? 'cell.point_swapped' : 'cell.out_of_range' };
  };
};

const levelOf = asOption(Object.fromEntries(Object.entries(sheetLevels).map(([key, text]) => [key, text])));

/** The columns of the sheet of supervised objects, in the order of the template; `book` is what areas and lines refer to. */
export function siteColumns(book: CodeBook = emptyBook): readonly Column[] {
  const area = makeAreaFinder(book);
  const t = (zh: string, en: string): Text => ({ zh, en });
  return [
    { field: 'name', title: t('名称', 'Name'), aliases: ['单位名称', '企业名称', '场所名称'], required: true, parse: asText(2, 120) },
    {
      field: 'kind',
      title: t('类别', 'Kind'),
      required: true,
      options: Object.values(siteKinds).map((kind) => kind.zh),
      parse: asOption(siteKinds),
    },
    {
      field: 'credit_code',
      title: t('统一社会信用代码', 'Credit code'),
      aliases: ['信用代码', '社会信用代码'],
      parse: asPattern(/^.{1,40}$/, isCreditCode, 'cell.credit_code'),
    },
    {
      field: 'industry',
      title: t('国民经济行业代码', 'Industry'),
      aliases: ['行业代码'],
      parse: asPattern(/^[A-T]?\d{1,4}$/, undefined, 'cell.industry'),
    },
    {
      field: 'line',
      title: t('行业监管条线', 'Industry line'),
      aliases: ['行业条线', '条线', '行业领域'],
      required: true,
      options: Object.values(book.lines).map((line) => line.zh),
      parse: asOption(book.lines),
    },
    {
      field: 'org',
      title: t('属地', 'Area'),
      aliases: ['所属镇街', '镇街', '区划代码', '行政区划代码'],
      required: true,
      parse: (text) => {
        const found = area(text);
        return 'id' in found ? { value: found } : found;
      },
    },
    { field: 'address', title: t('地址', 'Address'), aliases: ['详细地址', '经营地址'], required: true, parse: asText(2, 200) },
    { field: 'lng', title: t('经度', 'Longitude'), aliases: ['lon', 'x'], parse: coordinate(73, 136) },
    { field: 'lat', title: t('纬度', 'Latitude'), aliases: ['y'], parse: coordinate(3, 54) },
    {
      field: 'level',
      title: t('风险等级', 'Risk level'),
      options: Object.values(sheetLevels).map((level) => level.zh),
      parse: (text) => {
        const parsed = levelOf(text.replace(/风险$/, ''));
        return 'value' in parsed ? { value: Number(parsed.value) } : parsed;
      },
    },
    { field: 'headcount', title: t('从业人数', 'Headcount'), aliases: ['从业人员数'], parse: asInt(0, 1_000_000) },
    { field: 'principal', title: t('主要负责人', 'Principal'), aliases: ['负责人', '法定代表人'], parse: asText(1, 40) },
    {
      field: 'phone',
      title: t('联系电话', 'Telephone'),
      aliases: ['电话', '手机'],
      parse: asPattern(/^[\d-]{7,20}$/, undefined, 'cell.phone'),
    },
  ];
}

/** One object as the cells of `siteColumns`, the way they are read back. `area` gives the code of an area. */
export function siteCells(site: SheetSite, book: CodeBook, areaCode: (org: number) => string): string[] {
  const word = (words: Readonly<Record<string, Text>>, key: string): string => words[key]?.zh ?? key;
  const number = (value: number | null): string => (value === null ? '' : String(value));
  const level = String(site.level);
  return [
    site.name,
    word(siteKinds, site.kind),
    site.credit_code ?? '',
    site.industry ?? '',
    word(book.lines, site.line),
    areaCode(site.org),
    site.address,
    number(site.lng),
    number(site.lat),
    word(sheetLevels, level),
    number(site.headcount),
    site.principal ?? '',
    site.phone ?? '',
  ];
}
