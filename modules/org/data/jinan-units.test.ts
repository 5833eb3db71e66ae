import { describe, expect, test } from 'vitest';
import { divisions, towns, zones } from './divisions.ts';
import { jinanCommittees, jinanUnits, type UnitSeed } from './jinan-units.ts';
import { findLine, lines } from './lines.ts';

const units = jinanUnits();
const committees = jinanCommittees();
const byCode = new Map(units.map((one) => [one.code, one]));
const get = (code: string): UnitSeed => {
  const unit = byCode.get(code);
  if (unit === undefined) throw new Error(`no unit ${code}`);
  return unit;
};
const isTerritory = (unit: UnitSeed) => ['government', 'zone', 'town'].includes(unit.kind);

/** The unit and everything above it; throws on a ring. */
function upward(unit: UnitSeed): UnitSeed[] {
  const path = [unit];
  for (let at = unit; at.parent !== null; ) {
    at = get(at.parent);
    if (path.includes(at)) throw new Error(`ring at ${at.code}`);
    path.push(at);
  }
  return path;
}

describe('the structure of the city', () => {
  test('between 500 and 700 units with unique codes and full names', () => {
    expect(units.length).toBeGreaterThan(500);
    expect(units.length).toBeLessThan(700);
    expect(byCode.size).toBe(units.length);
    expect(
      units.filter((one) => one.name.length < 4 || one.short.length < 2 || /undefined|null|市市人民|区区|局局/.test(one.name)),
    ).toEqual([]);
    const names = units.filter((one) => one.kind !== 'town').map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
  });
  test('parents exist, come first, and lead to the city without rings', () => {
    const seen = new Set<string>();
    for (const unit of units) {
      if (unit.parent !== null) expect(seen.has(unit.parent)).toBe(true);
      expect(upward(unit).at(-1)?.code).toBe('jn');
      seen.add(unit.code);
    }
  });
  test('the area of a unit is the nearest territory above it, and of a territory itself', () => {
    for (const unit of units) {
      expect(unit.area).toBe(upward(unit).find(isTerritory)?.code);
      expect(unit.division !== null).toBe(isTerritory(unit));
    }
  });
  test('every territory governs a known division or zone, each once', () => {
    const governed = units.flatMap((one) => (one.division === null ? [] : [one.division]));
    expect(new Set(governed).size).toBe(governed.length);
    const known = new Set([...divisions.filter((one) => one.kind !== 'other').map((one) => one.code), ...zones.map((one) => one.code)]);
    expect(governed.sort()).toEqual([...known].sort());
  });
  test('all 161 towns and streets stand under exactly one of the sixteen areas, those of a zone under the zone', () => {
    const areas = units.filter((one) => one.parent === 'jn' && isTerritory(one));
    expect(areas).toHaveLength(16);
    for (const town of towns) {
      const above = upward(get(town.code)).filter((one) => areas.includes(one));
      expect(above).toHaveLength(1);
      expect(above[0]?.code).toBe(zones.find((zone) => zone.towns.includes(town.code))?.code ?? town.parent);
    }
    expect(get('370102004')).toMatchObject({ name: '泉城路街道办事处', short: '泉城路街道', parent: '370102' });
    expect(get('370113107').name).toBe('马山镇人民政府');
    expect(get('370112018').parent).toBe('3701Z1');
  });
  test('names as they are written', () => {
    const names = [
      'jn.yjj',
      '370102',
      '370102.yjj',
      '370102.gaj',
      '370102.sthj',
      '370124',
      '370124.gaj',
      '370124.sthj',
      '370114.jyj',
      '3701Z1',
      '3701Z1.yjj',
      '370176.xfj',
      '370102.awh',
    ];
    expect(names.map((code) => get(code).name)).toEqual([
      '济南市应急管理局',
      '济南市历下区人民政府',
      '历下区应急管理局',
      '济南市公安局历下区分局',
      '济南市生态环境局历下分局',
      '平阴县人民政府',
      '平阴县公安局',
      '济南市生态环境局平阴分局',
      '章丘区教育和体育局',
      '济南市南部山区管理委员会',
      '南部山区管委会应急管理局',
      '济南高新区消防救援大队',
      '历下区安全生产委员会',
    ]);
  });
});

describe('lines', () => {
  test('nineteen, and every one is supervised by a department in the city and in each of the sixteen areas', () => {
    expect(lines).toHaveLength(19);
    expect(new Set(lines.map((one) => one.code)).size).toBe(19);
    for (const area of units.filter((one) => one.code === 'jn' || (one.parent === 'jn' && isTerritory(one)))) {
      const supervised = new Set(units.filter((one) => one.kind === 'department' && one.area === area.code).flatMap((one) => one.lines));
      expect(lines.filter((one) => !supervised.has(one.code)).map((one) => `${area.code} ${one.code}`)).toEqual([]);
    }
  });
  test('no unit supervises a line that does not exist', () => {
    expect(units.flatMap((one) => one.lines).filter((code) => findLine(code) === undefined)).toEqual([]);
  });
});

describe('committees', () => {
  test('every committee has a seat list, an office, a lead that supervises its line, and members of its own area', () => {
    expect(committees.map((one) => one.unit).sort()).toEqual(
      units
        .filter((one) => one.kind === 'committee')
        .map((one) => one.code)
        .sort(),
    );
    for (const { unit, office, lead, members, line } of committees) {
      const own = get(unit);
      expect(office === null ? null : get(office)).toMatchObject({ kind: 'committee_office', parent: unit });
      expect(members).not.toContain(lead);
      expect(new Set(members).size).toBe(members.length);
      expect(members.length).toBeGreaterThan(2);
      for (const code of [lead, ...members]) expect(get(code)).toMatchObject({ kind: 'department', area: own.area });
      if (line !== null) expect(get(lead).lines).toContain(line);
    }
  });
  test('nineteen industry committees under the commission, four commands under disaster reduction', () => {
    const industry = committees.filter((one) => one.line !== null);
    expect(industry.map((one) => one.line)).toEqual(lines.map((one) => one.code));
    expect(industry.every((one) => get(one.unit).parent === 'jn.awh')).toBe(true);
    expect(units.filter((one) => one.parent === 'jn.jzw' && one.kind === 'committee').map((one) => one.short)).toEqual([
      '气象灾害指挥部',
      '水旱灾害指挥部',
      '森林火灾指挥部',
      '地质灾害指挥部',
    ]);
  });
});
