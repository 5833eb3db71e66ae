import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Cell = string | number | boolean | Date | null;

const awkward = /[\\\t\n\r]/g;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One value in PostgreSQL's COPY text format. */
export function copyCell(value: Cell): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return awkward.test(value) ? value.replace(awkward, (one) => escapes[one] ?? one) : value;
  return value instanceof Date ? value.toISOString() : String(value);
}

const pieceLength = 1 << 17;

/**
 * Streams rows into a table at the speed of COPY; memory holds one piece. For seeding and staging: no ledger row is written.
 * @param columns names of columns, written by us and never by a user
 * @param tick is told the number of rows sent so far, about every few hundred
 */
export async function copyRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
  tick: (rows: number) => void = () => {},
): Promise<number> {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  let piece = '';
  let count = 0;
  for await (const row of rows) {
    let line = '';
    for (let i = 0; i < row.length; i++) line += (i === 0 ? '' : '\t') + copyCell(row[i] ?? null);
    piece += `${line}\n`;
    count++;
    if (piece.length > pieceLength) {
      if (!stream.write(piece)) await once(stream, 'drain');
      piece = '';
      tick(count);
    }
  }
  stream.end(piece);
  await finished(stream);
  tick(count);
  return count;
}

type Index = { schema: string; name: string; definition: string };

/**
 * Does `work` while these tables have neither secondary indexes nor user triggers, and makes the indexes anew afterwards: many
 * times faster than growing them row by row. Owner only, in the caller's transaction; unique constraints and primary keys stay.
 */
export async function withoutIndexes<T>(
  client: pg.Client,
  tables: readonly string[],
  work: () => Promise<T>,
  onIndex: (name: string) => void = () => {},
): Promise<T> {
  const { rows } = await client.query<Index>(
    `select n.nspname as schema, c.relname as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where i.indrelid = any($1::regclass[]) and not i.indisunique`,
    [tables],
  );
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
  for (const index of rows) await client.query(`drop index "${index.schema}"."${index.name}"`);
  const result = await work();
  await client.query(`set local maintenance_work_mem = '512MB'`);
  for (const index of rows) {
    onIndex(index.name);
    await client.query(index.definition);
  }
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
  return result;
}
