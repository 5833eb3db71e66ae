import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { currentCode, divisions, findDivision, formerCodes, towns, zones } from './divisions.ts';
import { allVillages, villagesOf } from './villages.ts';

const beside = new URL('../../../../shared/', import.meta.url);
const vectors = new URL('vectors/jinan_divisions.json', beside);
const villagesCsv = new URL('data/divisions/jinan_villages_2023.csv', beside);
const warningsCsv = new URL('data/cap/cma_warnings_shandong_2026-07-13_08-04.csv', beside);

describe('divisions', () => {
  test('one city, ten districts, two counties, one zone, 132 streets, 29 towns, three that are none', () => {
    const count = (kind: string) => divisions.filter((one) => one.kind === kind).length;
    expect(['city', 'district', 'county', 'zone', 'street', 'town', 'other'].map(count)).toEqual([1, 10, 2, 1, 132, 29, 3]);
    expect(towns).toHaveLength(161);
  });
  test('codes are unique and every parent exists', () => {
    expect(new Set(divisions.map((one) => one.code)).size).toBe(divisions.length);
    for (const { code, parent } of divisions) {
      if (parent === null) expect(code).toBe('370100');
      else expect(findDivision(parent)).toBeDefined();
    }
  });
  test('every zone runs towns that exist, and no town is run twice', () => {
    const run = zones.flatMap((zone) => zone.towns);
    expect(new Set(run).size).toBe(run.length);
    expect(run.filter((code) => !towns.some((town) => town.code === code))).toEqual([]);
    expect(zones.map((zone) => zone.towns.map((code) => findDivision(code)?.name))).toEqual([
      ['舜华路街道', '孙村街道', '巨野河街道', '遥墙街道', '临港街道'],
      ['仲宫街道', '柳埠街道', '西营街道'],
      ['大桥街道', '崔寨街道', '孙耿街道', '太平街道'],
      ['鹏泉街道'],
    ]);
  });
  test.skipIf(!existsSync(vectors))('names and codes equal the checked list (needs ../shared/vectors)', () => {
    const list: {
      streets: { code: string; name: string; areaCode: string; isTownship: boolean }[];
      functionalZones: { streets: string[] }[];
    } = JSON.parse(readFileSync(vectors, 'utf8'));
    const plain = (rows: { code: string; name: string }[]) => rows.map(({ code, name }) => `${code} ${name}`).sort();
    expect(plain([...towns])).toEqual(plain(list.streets.filter((one) => one.isTownship)));
    expect(plain(divisions.filter((one) => one.kind === 'other'))).toEqual(plain(list.streets.filter((one) => !one.isTownship)));
    expect(list.streets.map((one) => findDivision(one.code)?.parent)).toEqual(list.streets.map((one) => one.areaCode));
    expect(zones.map((zone) => zone.towns)).toEqual(list.functionalZones.map((zone) => zone.streets));
  });
});

describe('codes in use now and before', () => {
  test('today stays, before becomes today, strangers are unknown', () => {
    expect(currentCode('370114')).toBe('370114');
    expect(currentCode('370181')).toBe('370114');
    expect(currentCode('370125')).toBe('370115');
    expect(currentCode('371202')).toBe('370116');
    expect(currentCode('3712')).toBe('370100');
    expect(currentCode('3701')).toBe('370100');
    expect(currentCode('370502')).toBeUndefined();
    expect(currentCode('')).toBeUndefined();
  });
  test('towns: today by their own code, from before a change by their district', () => {
    expect(currentCode('370102001')).toBe('370102001');
    expect(currentCode('370102001002')).toBe('370102001002');
    expect(currentCode('370181001')).toBe('370114');
    expect(currentCode('370102999')).toBeUndefined();
  });
  test('every former code leads to a division of today and is none itself', () => {
    for (const { code, current } of formerCodes) {
      expect(findDivision(current)).toBeDefined();
      expect(findDivision(code)).toBeUndefined();
    }
  });
  test.skipIf(!existsSync(warningsCsv))('no official warning of summer 2026 for Jinan is lost (needs ../shared/data)', () => {
    const codes = readFileSync(warningsCsv, 'utf8')
      .split('\n')
      .map((line) => line.slice(0, 6))
      .filter((code) => /^37(01|12)/.test(code));
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter((code) => findDivision(code) === undefined).length).toBeGreaterThan(40);
    expect(codes.filter((code) => currentCode(code) === undefined)).toEqual([]);
  });
});

describe('villages', () => {
  test('5,758 of them, each in a town or in one of the three other rows', () => {
    const all = allVillages();
    expect(all).toHaveLength(5758);
    expect(new Set(all.map((one) => one.code)).size).toBe(5758);
    expect(all.filter((one) => !/^\d{12}$/.test(one.code) || one.name === '' || findDivision(one.town) === undefined)).toEqual([]);
    expect(villagesOf('370102004').every((one) => one.kind === 'community')).toBe(true);
    expect(villagesOf('370113107').some((one) => one.kind === 'village')).toBe(true);
    expect(villagesOf('999')).toEqual([]);
  });
  test.skipIf(!existsSync(villagesCsv))('names and codes equal the statistics (needs ../shared/data)', () => {
    const lines = readFileSync(villagesCsv, 'utf8').trim().split('\n').slice(1);
    const mine = allVillages().map(({ code, name, town }) => `${code},${name},${town},${town.slice(0, 6)}`);
    expect(mine.sort()).toEqual(lines.map((line) => line.trim()).sort());
  });
});
