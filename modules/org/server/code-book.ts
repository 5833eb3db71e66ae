import { sql } from 'kysely';
import { rows, type Tx } from '#kernel/server/db/pool.ts';
import type { AreaEntry, CodeBook } from '#kernel/sheet/code-book.ts';
import { lines } from '../data/lines.ts';

/** Areas with their former codes, and the industry lines by code. */
export async function readCodeBook(tx: Tx): Promise<CodeBook> {
  const areas = await rows(
    tx,
    sql<AreaEntry>`select u.id, u.code, u.name, u.short, u.parent,
        coalesce((select array_agg(f.former) from org.division_former f where f.code = u.division), '{}') as former
      from org.unit u where u.area = u.id and u.valid_to is null order by u.code`,
  );
  return { areas, lines: Object.fromEntries(lines.map((line) => [line.code, line.name])) };
}
