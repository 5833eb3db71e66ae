import { type RawBuilder, sql } from 'kysely';
import type { MapThing } from '../../geo/point-columns.ts';
import { rows, type Tx } from '../db/pool.ts';
import type { ThingSource } from './layers.ts';

type Row = Omit<MapThing, 'lng' | 'lat' | 'due'> & { point: { x: number; y: number }; due: Date | null };
/** `state` names the column that tiles give as `state`; `due` that of a deadline; `open` says what is on the map at all. */
type Table = { table: string; state: string; due: string | null; open: RawBuilder<unknown> };

/** Reads the things of a table with the columns that every guarded table has. */
export async function readThings(tx: Tx, from: Table, which: Parameters<ThingSource['read']>[1]): Promise<MapThing[]> {
  const due = from.due === null ? sql`null::timestamptz` : sql.ref(from.due);
  const bound =
    'ids' in which
      ? sql`id = any(${[...which.ids]}::uuid[])`
      : sql`(${which.after}::uuid is null or id > ${which.after}::uuid) order by id limit ${which.limit}`;
  const found = await rows(
    tx,
    sql<Row>`select id, org, line, party, level, ${sql.ref(from.state)} as state, ${due} as due, point from ${sql.table(from.table)}
      where point is not null and ${from.open} and ${bound}`,
  );
  return found.map(({ point, due: deadline, ...row }) => ({ ...row, due: deadline?.getTime() ?? null, lng: point.x, lat: point.y }));
}
