import { cityCommittees, safetyCommission } from './committees.ts';
import { type Department, departments, weatherOffices, zoneDepartments } from './departments.ts';
import { type Division, divisions, towns, type Zone, zones } from './divisions.ts';
import type { CommitteeSeed, UnitSeed } from './unit-seed.ts';

export type { CommitteeSeed, UnitKind, UnitSeed } from './unit-seed.ts';

type Area = { code: string; name: string; short: string; confidence: UnitSeed['confidence'] };

const city = 'jn';

function department(area: Area, one: Department, name: string, short: string): UnitSeed {
  return {
    code: `${area.code}.${one.key}`,
    name,
    short,
    kind: 'department',
    parent: area.code,
    area: area.code,
    division: null,
    lines: one.lines,
    confidence: area.confidence,
  };
}

function cityUnits(): UnitSeed[] {
  const area: Area = { code: city, name: '济南市', short: '市', confidence: 'K' };
  return [
    {
      code: city,
      name: '济南市人民政府',
      short: '市政府',
      kind: 'government',
      parent: null,
      area: city,
      division: '370100',
      lines: [],
      confidence: 'V',
    },
    ...departments.map((one) => department(area, one, `济南市${one.name}`, `市${one.short}`)),
  ];
}

/** 历下区应急管理局 in districts and counties; some are branches of the city's organ. */
function districtDepartments(area: Area, kind: Division['kind']): UnitSeed[] {
  return departments.flatMap((one) => {
    if (one.local === null || (one.key === 'qxj' && !weatherOffices.includes(area.code))) return [];
    const { name, short } = one.local ?? one;
    const branch = one.branch !== undefined && (kind === 'district' || one.branch === 'stem_everywhere');
    return [branch ? branchOf(area, one) : department(area, one, `${area.name}${name}`, `${area.short}${short}`)];
  });
}

function branchOf(area: Area, one: Department): UnitSeed {
  const place = one.branch === 'full' ? area.name : area.name.replace(/[区县]$/, '');
  return department(area, one, `济南市${one.name}${place}分局`, `${area.short}${one.short.replace(/局$/, '')}分局`);
}

type Filled = { units: UnitSeed[]; seat: CommitteeSeed };

function withCommission(government: UnitSeed, area: Area, own: UnitSeed[]): Filled {
  const commission = safetyCommission(
    area,
    own.map((one) => one.code),
  );
  return { units: [government, ...own, ...commission.units], seat: commission.seat };
}

function district({ code, name, kind }: Division): Filled {
  const area: Area = { code, name, short: name, confidence: 'K' };
  const government: UnitSeed = {
    code,
    name: kind === 'county' ? `${name}人民政府` : `济南市${name}人民政府`,
    short: `${name}政府`,
    kind: 'government',
    parent: city,
    area: code,
    division: code,
    lines: [],
    confidence: 'V',
  };
  return withCommission(government, area, districtDepartments(area, kind));
}

/** The public names of the zones' organs vary; the town lists behind them are in `zones.ts`. */
function zoneUnits({ code, name, short }: Zone): Filled {
  const area: Area = { code, name: short, short, confidence: '?' };
  const committee: UnitSeed = {
    code,
    name: `${name}管理委员会`,
    short: `${short}管委会`,
    kind: 'zone',
    parent: city,
    area: code,
    division: code,
    lines: [],
    confidence: 'K',
  };
  const own = zoneDepartments.map((one) => {
    if (one.branch !== undefined) return branchOf(area, one);
    // The fire brigade belongs to the national fire and rescue service, not to the zone's committee.
    return department(area, one, `${short}${one.key === 'xfj' ? '' : '管委会'}${one.name}`, `${short}${one.short}`);
  });
  return withCommission(committee, area, own);
}

/** A town or street stands under the zone that runs it, otherwise under its district. */
function townUnit({ code, name, kind, parent }: Division): UnitSeed {
  const zone = zones.find((one) => one.towns.includes(code));
  return {
    code,
    name: kind === 'town' ? `${name}人民政府` : `${name}办事处`,
    short: name,
    kind: 'town',
    parent: zone?.code ?? parent,
    area: code,
    division: code,
    lines: [],
    confidence: zone?.confidence ?? 'V',
  };
}

function structure(): { units: UnitSeed[]; committees: CommitteeSeed[] } {
  const districts = divisions.filter((one) => one.kind === 'district' || one.kind === 'county').map(district);
  const local = [...districts, ...zones.map(zoneUnits)];
  const organs = cityCommittees();
  return {
    units: [...cityUnits(), ...organs.flatMap((one) => one.units), ...local.flatMap((one) => one.units), ...towns.map(townUnit)],
    committees: [...organs, ...local].map((one) => one.seat),
  };
}

/**
 * The structure of the city: governments, departments, committees and their offices, zones, towns and streets. Parents come before
 * their children. No people, no telephone numbers.
 */
export function jinanUnits(): UnitSeed[] {
  return structure().units;
}

/** Who sits in the committees of `jinanUnits`. */
export function jinanCommittees(): CommitteeSeed[] {
  return structure().committees;
}
