import type { Cell } from '#kernel/server/db/bulk.ts';
import type { ScaleSite } from './city.ts';
import { drawing, idAt, pick } from './draw.ts';

const wordings = [
  ['fire', '疏散通道堆放杂物，影响人员疏散'],
  ['fire', '灭火器压力不足，未及时更换'],
  ['fire', '安全出口上锁，未设置应急照明'],
  ['fire', '消防栓箱被遮挡，水带缺失'],
  ['electrical', '配电箱未接地，箱门缺少警示标识'],
  ['electrical', '临时用电线路私拉乱接'],
  ['electrical', '电动自行车在楼道内充电'],
  ['safety', '有限空间作业未办理审批手续'],
  ['safety', '特种作业人员无证上岗'],
  ['safety', '未开展岗前安全培训，记录缺失'],
  ['equipment', '叉车未按期检验，转向灯损坏'],
  ['equipment', '压力容器安全阀超期未校验'],
  ['instrument', '可燃气体报警器未检定，探头被遮挡'],
  ['process', '反应釜温度联锁被旁路，未履行审批'],
  ['layout', '厂房与仓库防火间距不足'],
  ['other', '安全警示标识缺失、褪色'],
] as const;
const spots = ['一楼', '二楼东侧', '后厨', '仓库', '配电室', '车间北门', '地下室', '装卸区', '办公楼', '锅炉房'];

export type ScaleHazard = {
  id: string;
  n: number;
  site: ScaleSite;
  starter: string;
  category: string;
  description: string;
  grade: 'general' | 'major';
  state: 'found' | 'rectifying' | 'rechecking' | 'closed' | 'dismissed';
  openedMs: number;
  enteredMs: number;
  dueMs: number | null;
  closedMs: number | null;
  ladder: number;
};

const day = 86_400_000;
const years = 3;

/**
 * `count` hazards over three years before `nowMs`, more from year to year, fewer in the night and on a weak-spot few of the
 * sites; 19 in 20 closed. `starters` gives those who may report in an area. The same for the same arguments.
 */
export function* scaleHazards(
  sites: readonly ScaleSite[],
  starters: ReadonlyMap<number, readonly string[]>,
  count: number,
  nowMs: number,
): Generator<ScaleHazard> {
  const draw = drawing(37);
  const begin = nowMs - years * 365 * day;
  for (let n = 0; n < count; n++) {
    const site = sites[Math.floor(draw() ** 1.6 * sites.length)] as ScaleSite;
    const [category, words] = pick(wordings, draw);
    const major = draw() < 0.02;
    const openedMs = Math.floor(begin + Math.sqrt((n + 0.5) / count) * (nowMs - begin));
    const took = (0.2 + draw() ** 3 * (major ? 160 : 40)) * day;
    const dueMs = openedMs + (major ? 90 : 15) * day;
    const stuck = draw() < 0.004;
    const closedMs = !stuck && openedMs + took < nowMs ? Math.floor(openedMs + took) : null;
    const dismissed = closedMs !== null && draw() < 0.03;
    const age = nowMs - openedMs;
    const state = dismissed ? 'dismissed' : closedMs !== null ? 'closed' : age < day ? 'found' : draw() < 0.8 ? 'rectifying' : 'rechecking';
    yield {
      id: idAt(openedMs, 3, n),
      n,
      site,
      starter: pick(starters.get(site.org) ?? [''], draw),
      category,
      description: `${pick(spots, draw)}${words}`,
      grade: major ? 'major' : 'general',
      state,
      openedMs,
      enteredMs: closedMs ?? Math.min(nowMs, openedMs + day),
      dueMs: closedMs === null ? dueMs : null,
      closedMs,
      ladder: (closedMs ?? nowMs) > dueMs + 3 * day ? 2 : (closedMs ?? nowMs) > dueMs ? 1 : 0,
    };
  }
}

const at = (ms: number | null): Cell => (ms === null ? null : new Date(ms).toISOString());

export const hazardColumns =
  'id,site,grade,category,description,requirement,measures,code,title,state,version,level,org,line,party,owner_unit,owner_role,due,next_at,ladder,point,place,starter,opened_at,entered_at,closed_at,course'.split(
    ',',
  );

function owner(hazard: ScaleHazard): [Cell, Cell] {
  if (hazard.closedMs !== null) return [null, null];
  return hazard.state === 'rectifying' ? [null, 'enterprise'] : [hazard.site.org, 'officer'];
}

export function hazardRow(hazard: ScaleHazard, nowMs: number): Cell[] {
  const { site, starter, state, openedMs, closedMs, dueMs } = hazard;
  const hands = closedMs === null ? { report: [starter] } : { report: [starter], submit: [site.id] };
  const trail = state === 'found' ? [] : [{ state: 'found', owner: { unit: site.org, role: 'officer' }, at: at(openedMs), due: null }];
  const course = { trail, hands, sign: null, asked: [], last: null, urgedAt: null };
  const china = new Date(openedMs + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '');
  const [unit, role] = owner(hazard);
  return [
    hazard.id,
    site.id,
    hazard.grade,
    hazard.category,
    hazard.description,
    state === 'found' ? null : '立即整改，完善台账，举一反三。',
    closedMs === null ? null : '已按要求整改到位。',
    `YH${china}S${String(hazard.n).padStart(7, '0')}`,
    `${site.name}：${hazard.description}`,
    state,
    closedMs === null ? 2 : 4,
    hazard.grade === 'major' ? 1 : 3,
    site.org,
    site.line,
    site.id,
    unit,
    role,
    at(dueMs),
    dueMs !== null && dueMs > nowMs ? at(dueMs) : null,
    hazard.ladder,
    `(${site.lng},${site.lat})`,
    site.address,
    starter,
    at(openedMs),
    at(hazard.enteredMs),
    at(closedMs),
    JSON.stringify(course),
  ];
}

export const eventColumns = ['at', 'name', 'kind', 'subject', 'org', 'line', 'party', 'actor', '"from"', '"to"', 'data'];
const kind = 'inspection.hazard';

/** What the ledger says of it: how it came, and how it went. */
export function* eventRows(hazard: ScaleHazard): Generator<Cell[]> {
  const { site, starter, id } = hazard;
  const place = [kind, id, site.org, site.line, site.id];
  yield [
    at(hazard.openedMs),
    `${kind}.report`,
    ...place,
    starter,
    null,
    'found',
    JSON.stringify({ description: hazard.description, site: site.id }),
  ];
  if (hazard.closedMs !== null)
    yield [
      at(hazard.closedMs),
      `${kind}.${hazard.state === 'closed' ? 'pass' : 'dismiss'}`,
      ...place,
      starter,
      'rechecking',
      hazard.state,
      '{}',
    ];
}
