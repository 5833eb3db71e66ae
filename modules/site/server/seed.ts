import { sql } from 'kysely';
import { type Tx, write } from '#kernel/server/db/pool.ts';
import { siteId } from '../fixture.ts';

/** Where a synthetic object of the demonstration city lies: the town's code and a plausible point (WGS84). */
type Spot = { town: string; name: string; lng: number; lat: number };

const spots: readonly Spot[] = [
  { town: '370102004', name: '泉城路', lng: 117.0231, lat: 36.6659 },
  { town: '370102003', name: '趵突泉', lng: 117.0129, lat: 36.6604 },
  { town: '370102001', name: '解放路', lng: 117.0512, lat: 36.6662 },
  { town: '370102011', name: '姚家', lng: 117.0968, lat: 36.6553 },
  { town: '370103002', name: '大观园', lng: 116.9989, lat: 36.6597 },
  { town: '370104001', name: '振兴街', lng: 116.9611, lat: 36.6568 },
  { town: '370105003', name: '工人新村南村', lng: 116.9742, lat: 36.6839 },
  { town: '370112001', name: '山大路', lng: 117.0673, lat: 36.6811 },
  { town: '370113001', name: '文昌', lng: 116.7461, lat: 36.5539 },
  { town: '370114001', name: '双山', lng: 117.5338, lat: 36.7112 },
  { town: '370115001', name: '济阳', lng: 117.1729, lat: 36.9786 },
  { town: '370116001', name: '凤城', lng: 117.6782, lat: 36.2141 },
  { town: '370117001', name: '艾山', lng: 117.8113, lat: 36.0588 },
  { town: '370124001', name: '榆山', lng: 116.4551, lat: 36.2887 },
  { town: '370126001', name: '许商', lng: 117.1561, lat: 37.3098 },
];

type Kind = { suffix: string; kind: string; line: string; level: number; headcount: number };

const kinds: readonly Kind[] = [
  { suffix: '百货商场', kind: 'public', line: 'commerce', level: 2, headcount: 420 },
  { suffix: '加油站', kind: 'enterprise', line: 'hazchem', level: 1, headcount: 14 },
  { suffix: '综合楼工程', kind: 'project', line: 'construction', level: 2, headcount: 160 },
  { suffix: '把子肉饭店', kind: 'small', line: 'gas', level: 3, headcount: 9 },
  { suffix: '机械加工厂', kind: 'enterprise', line: 'industry', level: 3, headcount: 86 },
  { suffix: '宾馆', kind: 'public', line: 'fire', level: 3, headcount: 45 },
];

/**
 * Inserts the synthetic supervised objects, each named 演示 so that nobody takes them for real ones.
 * `towns` gives the area id by town code; towns it lacks are passed over. Idempotent.
 */
export async function seedSites(tx: Tx, towns: ReadonlyMap<string, number>): Promise<number> {
  const values = spots.flatMap((spot, i) => {
    const org = towns.get(spot.town);
    if (org === undefined) return [];
    return kinds.map((kind, k) => ({ id: siteId(i, k), name: `${spot.name}${kind.suffix}（演示）`, org, spot, kind, k }));
  });
  return write(
    tx,
    sql`insert into site.site (id, name, kind, org, line, address, point, level, headcount, principal, phone)
      select * from unnest(${values.map((one) => one.id)}::uuid[], ${values.map((one) => one.name)}::text[], ${values.map((one) => one.kind.kind)}::text[],
        ${values.map((one) => one.org)}::int[], ${values.map((one) => one.kind.line)}::text[],
        ${values.map((one) => `${one.spot.name}街道演示路 ${one.k * 12 + 8} 号`)}::text[],
        ${values.map((one) => `(${(one.spot.lng + (one.k - 2.5) * 0.0041).toFixed(5)},${(one.spot.lat + ((one.k * 7) % 5) * 0.0023 - 0.004).toFixed(5)})`)}::point[],
        ${values.map((one) => one.kind.level)}::smallint[], ${values.map((one) => one.kind.headcount)}::int[],
        ${values.map(() => '演示负责人')}::text[], ${values.map((one) => `0531-8600${String(1000 + one.k * 37)}`)}::text[])
      on conflict (id) do nothing`,
  );
}
