import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCheck } from '#kernel/sheet/check.ts';
import type { CodeBook } from '#kernel/sheet/code-book.ts';
import { mapColumns } from '#kernel/sheet/columns.ts';
import { cellFaults } from '#kernel/sheet/parse-cell.ts';
import { defuse } from '#kernel/sheet/sheet.ts';
import { type SheetSite, siteCellFaults, siteCells, siteColumns } from './columns.ts';
import { isCreditCode, siteKinds } from './schema.ts';

const area = (id: number, code: string, name: string, parent: number | null, former: string[] = []) => ({
  id,
  code,
  name,
  short: name,
  parent,
  former,
});
const book: CodeBook = {
  areas: [
    area(1, '370114', '章丘区', null, ['370181']),
    area(2, '370114001', '双山街道', 1),
    area(3, '370102', '历下区', null),
    area(4, '370102004', '建设街道', 3),
    area(5, '370114009', '建设街道', 1),
  ],
  lines: { fire: { zh: '消防', en: 'Fire safety' }, gas: { zh: '燃气', en: 'Gas' } },
};
const columns = siteColumns(book);
const header = columns.map((column) => column.title.zh);
const mapping = mapColumns(columns, header);
const at = (field: string): number => columns.findIndex((column) => column.field === field);
const codeOf = (org: number): string => book.areas.find((one) => one.id === org)?.code ?? '';

/** A valid credit code for each number: the check character is the one that fits. */
function creditCode(n: number): string {
  const body = `91370102MA${String(n).padStart(7, '0')}`;
  return [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((sign) => body + sign).find(isCreditCode) ?? '';
}

const wrong: readonly (readonly [field: string, text: string, code: string])[] = [
  ['name', '', 'cell.required'],
  ['name', '厂', 'cell.too_short'],
  ['name', '长'.repeat(121), 'cell.too_long'],
  ['name', '甲\u0007厂', 'cell.control'],
  ['kind', '工厂', 'cell.not_option'],
  ['credit_code', '91370102MA0000000A', 'cell.credit_code'],
  ['credit_code', '9.13701E+17', 'cell.lost_digits'],
  ['credit_code', creditCode(1), 'cell.twice'],
  ['industry', 'Z99', 'cell.industry'],
  ['line', '煤矿', 'cell.not_option'],
  ['org', '不存在街道', 'cell.area_unknown'],
  ['org', '建设街道', 'cell.area_ambiguous'],
  ['org', '370181001', 'cell.area_former'],
  ['lng', '36.6', 'cell.point_swapped'],
  ['lng', '170', 'cell.out_of_range'],
  ['lat', '东经', 'cell.not_number'],
  ['headcount', '3.5', 'cell.not_integer'],
  ['headcount', '#REF!', 'cell.formula_error'],
  ['phone', '见门牌', 'cell.phone'],
  ['address', '路', 'cell.too_short'],
];

test('a sheet of 1,000 rows with 37 wrong cells: exactly these are reported, by row and column', () => {
  const put = new Map(Array.from({ length: 37 }, (_, i) => [13 + 26 * i, wrong[i % wrong.length] ?? wrong[0]] as const));
  const check = makeCheck(columns, mapping, [['credit_code']]);
  const found = Array.from({ length: 1000 }, (_, i) => i + 2).flatMap((row) => {
    const cells = [
      `企业${row}`,
      '企业',
      creditCode(row - 1),
      'C26',
      '消防',
      '双山街道',
      '双山路 1 号',
      '117.5',
      '36.7',
      '一般',
      '12',
      '张某',
      '0531-86001000',
    ];
    const bad = put.get(row);
    if (bad) cells[at(bad[0])] = bad[1];
    return check({ row, cells }).faults.map((one) => [one.row, one.column, one.code]);
  });
  expect(found).toEqual([...put].map(([row, bad]) => [row, bad?.[0], bad?.[2]]));
  for (const [, , code] of wrong) expect({ ...cellFaults, ...siteCellFaults }[code]?.zh, code).toBeTruthy();
});

test('areas are known by code, by the statistical form of it, by a former code of the district, and by name with the district', () => {
  const check = makeCheck(columns, mapping);
  const org = (text: string) => {
    const cells = header.map(() => '');
    cells[at('org')] = text;
    return check({ row: 2, cells }).values.org;
  };
  expect(org('370114001')).toEqual({ id: 2, former: false });
  expect(org('370114001000')).toEqual({ id: 2, former: false });
  expect(org('370114000000')).toEqual({ id: 1, former: false });
  expect(org('370181')).toEqual({ id: 1, former: true });
  expect(org('历下区建设街道')).toEqual({ id: 4, former: false });
});

// An apostrophe before a formula sign is the mark of defusing itself, so a text that begins with both does not come back.
const text = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...'=+-@甲乙丙AB1 ,"\'（）'), { minLength: min, maxLength: max })
    .map((signs) => signs.join(''))
    .filter((one) => one.trim() === one && one.length >= min && !/^'[=+\-@]/.test(one));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const site: fc.Arbitrary<SheetSite> = fc.record({
  name: text(2, 30),
  kind: fc.constantFrom(...Object.keys(siteKinds)),
  credit_code: maybe(fc.nat(9_999_999).map(creditCode)),
  industry: maybe(fc.constantFrom('C26', '5212', 'H6110')),
  org: fc.constantFrom(...book.areas.map((one) => one.id)),
  line: fc.constantFrom('fire', 'gas'),
  address: text(2, 40),
  lng: fc.constantFrom(117.02314, 135.9),
  lat: fc.constantFrom(36.6659, 3.5),
  level: fc.constantFrom(1, 2, 3, 4),
  headcount: maybe(fc.nat(1_000_000)),
  principal: maybe(text(1, 12)),
  phone: maybe(fc.constantFrom('0531-86001000', '13900000000')),
});

test('what is exported reads back as it was, and nothing in it is run as a formula', () => {
  fc.assert(
    fc.property(site, (one) => {
      const cells = siteCells(one, book, codeOf).map(defuse);
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      const { values, faults } = makeCheck(columns, mapping)({ row: 2, cells });
      expect(faults).toEqual([]);
      const given = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null));
      expect(values).toEqual({ ...given, org: { id: one.org, former: false } });
    }),
    { numRuns: 200 },
  );
});
