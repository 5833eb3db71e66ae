import { departments } from './departments.ts';
import { lines } from './lines.ts';
import type { CommitteeSeed, UnitSeed } from './unit-seed.ts';

type Organ = { units: UnitSeed[]; seat: CommitteeSeed };

const city = 'jn';
const at = (key: string): string => `${city}.${key}`;

/** A committee with its office; `parent` is the government, or the commission above a specialised committee. */
function organ(
  code: string,
  name: string,
  short: string,
  own: Pick<UnitSeed, 'parent' | 'area' | 'lines' | 'confidence'>,
  seat: Pick<CommitteeSeed, 'lead' | 'members' | 'line'>,
  office: { code: string; short: string },
): Organ {
  const common = { area: own.area, lines: own.lines, division: null, confidence: own.confidence };
  const board: UnitSeed = { ...common, code, name, short, kind: 'committee', parent: own.parent };
  const desk: UnitSeed = {
    ...common,
    code: office.code,
    name: `${name}办公室`,
    short: office.short,
    kind: 'committee_office',
    parent: code,
  };
  return { units: [board, desk], seat: { ...seat, unit: code, office: office.code, confidence: own.confidence } };
}

/** 安全生产委员会 of an area with its office at the emergency bureau (安全生产法 §9: governments of counties and above set up coordination). */
export function safetyCommission(
  area: { code: string; name: string; short: string; confidence: UnitSeed['confidence'] },
  members: readonly string[],
): Organ {
  const { code, name, short, confidence } = area;
  const own = { parent: code, area: code, lines: [], confidence };
  const lead = `${code}.yjj`;
  return organ(
    `${code}.awh`,
    `${name}安全生产委员会`,
    `${short}安委会`,
    own,
    { lead, members: members.filter((one) => one !== lead), line: null },
    {
      code: `${code}.awb`,
      short: `${short}安委办`,
    },
  );
}

/** The nineteen industry committees under the city's commission, each with its office at the lead department. */
function industryCommittees(): Organ[] {
  return lines.map(({ code, name, lead, members, confidence }) => {
    const unit = at(`awh.${code}`);
    return organ(
      unit,
      `济南市安全生产委员会${name.zh}安全专业委员会`,
      `${name.zh}安全专委会`,
      { parent: at('awh'), area: city, lines: [code], confidence },
      { lead: at(lead), members: members.map(at), line: code },
      { code: `${unit}.b`, short: `${name.zh}安全专委办` },
    );
  });
}

/** The four special commands under the commission for disaster reduction. Key, name, lead, members. */
const commands: readonly [string, string, string, string][] = [
  ['qx', '气象灾害', 'qxj', 'yjj swz zrj jtj gaj jyj cgj nyj wlj zjj'],
  ['sh', '水旱灾害', 'swz', 'yjj qxj zrj zjj cgj jtj nyj gaj wjw mzj'],
  ['sl', '森林火灾', 'ylj', 'yjj xfj gaj qxj zrj wlj nyj mzj'],
  ['dz', '地质灾害', 'zrj', 'yjj qxj swz jtj zjj wlj jyj gaj'],
];

/** 减灾委员会 as the bureau names it; since 2024 many cities say 防灾减灾救灾委员会, so the name is editable. */
function disasterCommittees(): Organ[] {
  const name = '济南市减灾委员会';
  const own = { parent: city, area: city, lines: [], confidence: 'V' as const };
  const members = departments.filter((one) => one.key !== 'yjj').map((one) => at(one.key));
  const board = organ(at('jzw'), name, '市减灾委', own, { lead: at('yjj'), members, line: null }, { code: at('jzb'), short: '市减灾办' });
  const special = commands.map(([key, hazard, lead, others]) =>
    organ(
      at(`jzw.${key}`),
      `${name}${hazard}专项指挥部`,
      `${hazard}指挥部`,
      { parent: at('jzw'), area: city, lines: [], confidence: 'K' },
      { lead: at(lead), members: others.split(' ').map(at), line: null },
      { code: at(`jzw.${key}.b`), short: `${hazard}指挥部办公室` },
    ),
  );
  return [board, ...special];
}

/** All committees of the city itself: the commission for work safety with its nineteen, the one for disaster reduction with its four. */
export function cityCommittees(): Organ[] {
  const commission = safetyCommission(
    { code: city, name: '济南市', short: '市', confidence: 'V' },
    departments.map((one) => at(one.key)),
  );
  return [commission, ...industryCommittees(), ...disasterCommittees()];
}
