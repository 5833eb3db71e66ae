import pg from 'pg';
import type { Tile } from '#kernel/geo/mercator.ts';
import type { MapThing } from '#kernel/geo/point-columns.ts';

type Time = (tiles: readonly Tile[]) => Promise<number[]>;

/** The same points in PostGIS, grouped on the same 8 × 8 cells. */
const tileText = `with box as (select ST_TileEnvelope($1, $2, $3) as e),
  cell as (select floor((ST_X(p) - ST_XMin(e)) / ((ST_XMax(e) - ST_XMin(e)) / 8)) as cx, floor((ST_Y(p) - ST_YMin(e)) / ((ST_YMax(e) - ST_YMin(e)) / 8)) as cy,
      count(*)::int as count, min(level) as level, ST_SetSRID(ST_MakePoint(avg(ST_X(p)), avg(ST_Y(p))), 3857) as p
    from vigil_bench_point, box where p && e and level <= 2 and org = any($4) group by 1, 2)
  select ST_AsMVT(one, 'points') from (select count, level, ST_AsMVTGeom(p, e) as geom from cell, box) as one`;

/**
 * Runs `use` against a PostgreSQL with PostGIS named by VIGIL_BENCH_POSTGIS (a database that may be written); undefined without one.
 */
export async function withPeer<T>(things: readonly MapThing[], use: (time: Time) => Promise<T>): Promise<T | undefined> {
  const url = process.env.VIGIL_BENCH_POSTGIS;
  if (!url) return undefined;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create extension if not exists postgis');
    await client.query('create temporary table vigil_bench_point (p geometry(Point, 3857), org int, level int)');
    await client.query(
      `insert into vigil_bench_point select ST_Transform(ST_SetSRID(ST_MakePoint(lng, lat), 4326), 3857), org, level
       from unnest($1::float8[], $2::float8[], $3::int[], $4::int[]) as t(lng, lat, org, level)`,
      [things.map((one) => one.lng), things.map((one) => one.lat), things.map((one) => one.org), things.map((one) => one.level)],
    );
    await client.query('create index on vigil_bench_point using gist (p)');
    await client.query('analyze vigil_bench_point');
    const orgs = [...new Set(things.map((one) => one.org))];
    return await use(async (tiles) => {
      const times: number[] = [];
      for (const { z, x, y } of [...tiles.slice(0, 5), ...tiles]) {
        const start = performance.now();
        await client.query({ name: 'tile', text: tileText, values: [z, x, y, orgs] });
        times.push(performance.now() - start);
      }
      return times.slice(5);
    });
  } finally {
    await client.end();
  }
}
