import { drawing, idAt, pick } from './draw.ts';

/** A town of the real city, the middle of its synthetic objects and how many of the city's objects lie there. */
export type Town = { org: number; district: number; name: string; lng: number; lat: number };
export type ScaleSite = {
  id: string;
  name: string;
  kind: string;
  line: string;
  org: number;
  address: string;
  lng: number;
  lat: number;
  level: number;
  headcount: number;
  industry: string;
};

const marks = [
  '鑫源',
  '泰和',
  '众邦',
  '恒通',
  '齐鲁',
  '泉润',
  '明德',
  '华信',
  '瑞丰',
  '宏达',
  '金桥',
  '安泰',
  '福临',
  '永盛',
  '嘉禾',
  '东岳',
  '百川',
  '佳美',
  '顺达',
  '中天',
  '长清',
  '文昌',
  '锦绣',
  '舜耕',
  '历山',
  '北园',
  '万盛',
  '盛世',
  '兴业',
  '聚鑫',
];
const more = ['', '盛', '祥', '隆', '裕', '德', '诚', '远', '兴', '康'];

type Trade = { suffix: string; kind: string; line: string; industry: string; weight: number; level: number };
const trades: readonly Trade[] = [
  { suffix: '餐饮店', kind: 'small', line: 'gas', industry: 'H6210', weight: 18, level: 4 },
  { suffix: '超市', kind: 'small', line: 'commerce', industry: 'F5212', weight: 12, level: 4 },
  { suffix: '宾馆', kind: 'public', line: 'fire', industry: 'H6110', weight: 5, level: 3 },
  { suffix: '机械有限公司', kind: 'enterprise', line: 'industry', industry: 'C3411', weight: 12, level: 3 },
  { suffix: '化工有限公司', kind: 'enterprise', line: 'hazchem', industry: 'C2611', weight: 2, level: 1 },
  { suffix: '加油站', kind: 'enterprise', line: 'hazchem', industry: 'F5265', weight: 2, level: 1 },
  { suffix: '木业有限公司', kind: 'enterprise', line: 'industry', industry: 'C2021', weight: 4, level: 2 },
  { suffix: '物流有限公司', kind: 'enterprise', line: 'industry', industry: 'G5430', weight: 6, level: 3 },
  { suffix: '建筑工程项目部', kind: 'project', line: 'construction', industry: 'E4710', weight: 5, level: 2 },
  { suffix: '网吧', kind: 'small', line: 'fire', industry: 'R9013', weight: 3, level: 3 },
  { suffix: '养老服务中心', kind: 'public', line: 'fire', industry: 'Q8514', weight: 3, level: 2 },
  { suffix: '汽车修理厂', kind: 'small', line: 'industry', industry: 'O8111', weight: 8, level: 3 },
  { suffix: '美容美发店', kind: 'small', line: 'fire', industry: 'O8040', weight: 10, level: 4 },
  { suffix: '幼儿园', kind: 'public', line: 'fire', industry: 'P8310', weight: 4, level: 3 },
  { suffix: '食品有限公司', kind: 'enterprise', line: 'industry', industry: 'C1411', weight: 6, level: 2 },
];
const wheel = trades.flatMap((trade) => Array.from({ length: trade.weight }, () => trade));

/**
 * `count` synthetic objects over the towns: four in five in hot spots (markets, industrial parks), the rest spread out.
 * The same for the same `count`.
 */
export function* scaleSites(towns: readonly Town[], count: number, madeMs: number): Generator<ScaleSite> {
  const draw = drawing(20_261_124);
  const spots = Array.from({ length: 400 }, () => {
    const town = pick(towns, draw);
    return { town, lng: town.lng + (draw() - 0.5) * 0.12, lat: town.lat + (draw() - 0.5) * 0.1 };
  });
  const near = () => (draw() + draw() + draw() - 1.5) * 0.008;
  for (let n = 0; n < count; n++) {
    const hot = draw() < 0.8;
    const spot = pick(spots, draw);
    const town = hot ? spot.town : pick(towns, draw);
    const trade = pick(wheel, draw);
    yield {
      id: idAt(madeMs + n, 1, n),
      name: `济南${town.name}${pick(marks, draw)}${pick(more, draw)}${trade.suffix}${n}号`,
      kind: trade.kind,
      line: trade.line,
      org: town.org,
      address: `${town.name}${pick(marks, draw)}路 ${1 + Math.floor(draw() * 300)} 号`,
      lng: Math.round((hot ? spot.lng + near() : town.lng + (draw() - 0.5) * 0.2) * 1e6) / 1e6,
      lat: Math.round((hot ? spot.lat + near() : town.lat + (draw() - 0.5) * 0.16) * 1e6) / 1e6,
      level: draw() < 0.85 ? trade.level : 1 + Math.floor(draw() * 4),
      headcount: 1 + Math.floor(draw() * draw() * 300),
      industry: trade.industry,
    };
  }
}
