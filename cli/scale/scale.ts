import pg from 'pg';
import { makeRuntime } from '#kernel/server/app.ts';
import { hashPassword } from '#kernel/server/auth/password.ts';
import type { Config } from '#kernel/server/config.ts';
import { type Cell, copyRows, withoutIndexes } from '#kernel/server/db/bulk.ts';
import type { Log } from '#kernel/server/log.ts';
import type { Database } from '#kernel/server/pg/open-database.ts';
import { makeRegistry } from '#kernel/server/registry.ts';
import { countAnew } from '#kernel/server/tally/fold.ts';
import { type TownUnit, townUnits } from '#modules/org/server/public.ts';
import { servers } from '../../modules/server.ts';
import { asOwner, demoPassword } from '../seed.ts';
import { type ScaleSite, scaleSites, type Town } from './city.ts';
import { drawing, idAt, pick } from './draw.ts';
import { eventColumns, eventRows, hazardColumns, hazardRow, type ScaleHazard, scaleHazards } from './hazards.ts';

export type Scale = { sites: number; hazards: number; people: number };
/** What so many objects have in a city: the proportions of 300,000 : 2,000,000 : 20,000. */
export const scaleFor = (sites: number): Scale => ({
  sites,
  hazards: Math.round((sites * 20) / 3),
  people: Math.max(200, Math.round(sites / 15)),
});

export type Progress = (step: string, done: number, of: number) => void;
type Person = { id: string; name: string; org: number; role: string };
type Made = { rows: number; seconds: number };

/** Every town of the seeded city, placed roughly around the middle of its district. */
function placeTowns(found: readonly TownUnit[]): Town[] {
  const draw = drawing(5);
  const middles = new Map<number, { lng: number; lat: number }>();
  return found.map((town) => {
    const middle = middles.get(town.district) ?? { lng: 116.5 + draw() * 1.1, lat: 36.2 + draw() * 0.9 };
    middles.set(town.district, middle);
    return { ...town, lng: middle.lng + (draw() - 0.5) * 0.25, lat: middle.lat + (draw() - 0.5) * 0.25 };
  });
}

function makePeople(towns: readonly Town[], count: number, ms: number): Person[] {
  const draw = drawing(11);
  const family = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
  const given = [
    '伟',
    '芳',
    '娜',
    '敏',
    '静',
    '磊',
    '军',
    '洋',
    '勇',
    '艳',
    '杰',
    '涛',
    '明',
    '超',
    '秀兰',
    '霞',
    '平',
    '刚',
    '桂英',
    '晓东',
  ];
  return Array.from({ length: count }, (_, n) => {
    const r = draw();
    return {
      id: idAt(ms + n, 2, n),
      name: pick(family, draw) + pick(given, draw),
      org: (towns[n % towns.length] as Town).org,
      role: r < 0.6 ? 'grid' : r < 0.95 ? 'officer' : r < 0.98 ? 'enforcer' : 'leader',
    };
  });
}

async function writePeople(client: pg.Client, people: readonly Person[], ms: number, tick: (n: number) => void): Promise<number> {
  const hash = await hashPassword(demoPassword);
  const joined = new Date(ms);
  const write = (table: string, columns: string[], row: (one: Person, n: number) => Cell[]) =>
    copyRows(client, table, columns, people.map(row));
  await write('org.person', ['id', 'name', 'org', 'joined_at'], (one) => [one.id, one.name, one.org, joined]);
  await write('org.post', ['id', 'person', 'unit', 'title', 'role', 'scope', 'main', 'valid_from'], (one, n) => [
    idAt(ms + n, 4, n),
    one.id,
    one.org,
    one.role === 'grid' ? '网格员' : '安全生产监管员',
    one.role,
    one.org,
    true,
    joined,
  ]);
  await write('kernel.account', ['person', 'login', 'password', 'password_at', 'demo', 'made_at'], (one, n) => [
    one.id,
    `s${String(n).padStart(5, '0')}`,
    hash,
    joined,
    true,
    joined,
  ]);
  tick(people.length * 3);
  return people.length * 3;
}

function* mapped<T>(source: Iterable<T>, rows: (one: T) => Iterable<Cell[]>): Generator<Cell[]> {
  for (const one of source) yield* rows(one);
}

const siteRow = (site: ScaleSite, made: Date): Cell[] => [
  site.id,
  site.name,
  site.kind,
  site.industry,
  site.org,
  site.line,
  site.address,
  `(${site.lng},${site.lat})`,
  site.level,
  site.headcount,
  '演示负责人',
  made,
];
const siteColumns = ['id', 'name', 'kind', 'industry', 'org', 'line', 'address', 'point', 'level', 'headcount', 'principal', 'made_at'];

/** What every hazard leaves behind: its row, its id, who started it, its ledger rows. */
function hazardTables(nowMs: number): [table: string, columns: string[], rows: (one: ScaleHazard) => Iterable<Cell[]>][] {
  const kind = 'inspection.hazard';
  return [
    [kind, hazardColumns, (one) => [hazardRow(one, nowMs)]],
    ['kernel.matter_id', ['id', 'kind'], (one) => [[one.id, kind]]],
    [
      'kernel.involvement',
      ['subject', 'kind', 'person', 'why', 'open', 'at', 'org', 'line', 'party'],
      (one) => [[one.id, kind, one.starter, 'starter', false, new Date(one.openedMs), one.site.org, one.site.line, one.site.id]],
    ],
    ['kernel.event', eventColumns, eventRows],
  ];
}

/**
 * A city of synthetic objects, people and three years of hazards, by COPY, in one transaction; then the statistics are counted.
 * For measuring and for trying out: names are invented, logins s00000 … have the demonstration's password.
 */
export async function seedScale(config: Config, log: Log, database: Database, scale: Scale, now: Date, progress: Progress): Promise<Made> {
  const begun = performance.now();
  const client = new pg.Client(database.owner);
  await client.connect();
  let rows = 0;
  try {
    await client.query('begin');
    const nowMs = now.getTime();
    const madeMs = nowMs - 4 * 365 * 86_400_000;
    const towns = placeTowns(await asOwner(database.owner, townUnits));
    const people = makePeople(towns, scale.people, madeMs);
    rows += await writePeople(client, people, madeMs, (n) => progress('people', n, scale.people * 3));
    const starters = Map.groupBy(people, (one) => one.org);
    const startersOf = new Map([...starters].map(([org, list]) => [org, list.map((one) => one.id)]));
    const sites = [...scaleSites(towns, scale.sites, madeMs)];
    const tables = hazardTables(nowMs);
    const indexed = ['site.site', ...tables.map(([table]) => table).filter((table) => table !== 'kernel.event')];
    await withoutIndexes(
      client,
      indexed,
      async () => {
        const made = new Date(madeMs);
        rows += await copyRows(
          client,
          'site.site',
          siteColumns,
          mapped(sites, (site) => [siteRow(site, made)]),
          (n) => progress('objects', n, scale.sites),
        );
        for (const [table, columns, rowsOf] of tables) {
          const hazards = scaleHazards(sites, startersOf, scale.hazards, nowMs);
          rows += await copyRows(client, table, columns, mapped(hazards, rowsOf), (n) => progress(table, n, scale.hazards));
        }
      },
      (name) => progress(`index ${name}`, 0, 0),
    );
    await client.query('commit');
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
  progress('statistics', 0, 0);
  await countAll(config, log, database);
  return { rows, seconds: (performance.now() - begun) / 1000 };
}

async function countAll(config: Config, log: Log, database: Database): Promise<void> {
  const runtime = makeRuntime({ config, log, database: database.app, servers });
  try {
    await countAnew(
      runtime,
      [...makeRegistry(servers).workflows.values()].map((one) => one.workflow),
    );
  } finally {
    await runtime.db.pool.end();
  }
}
