import { type RawBuilder, sql } from 'kysely';
import { contains } from '#kernel/server/db/like.ts';
import { findRow, rows, type Tx } from '#kernel/server/db/pool.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { book } from '../module.ts';

type DivisionRow = {
  code: string;
  name: string;
  kind: string;
  level: number;
  parent: string | null;
  parentName: string | null;
  statistical: boolean;
  former: { code: string; name: string; until: string }[];
};
export type Resolved = { code: string; name: string; former: boolean };

/**
 * Today's division for a code in use now or before. `3701` means the city. Below a district whose code has changed only the district
 * is certain: the last digits were dealt out anew.
 */
export async function resolveDivision(tx: Tx, code: string): Promise<Resolved | null> {
  const full = code.length === 4 ? `${code}00` : code;
  const found = await findRow(
    tx,
    sql<Resolved>`select d.code, d.name, f.former is not null as former from org.division d
      left join org.division_former f on f.code = d.code and f.former = left(${full}, 6)
      where f.former is not null or d.code = ${full} order by f.former is null limit 1`,
  );
  return found ?? null;
}

export const divisionsQuery = handleQuery(book.divisions, async (ctx, input) => {
  const resolved = input.code === undefined ? null : await resolveDivision(ctx.tx, input.code);
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (input.code !== undefined) parts.push(sql`d.code = ${resolved?.code ?? ''}`);
  if (input.parent !== undefined) parts.push(sql`d.parent = ${input.parent}`);
  if (input.level !== undefined) parts.push(sql`d.level = ${input.level}`);
  if (input.text) {
    const like = contains(input.text);
    parts.push(sql`(d.name like ${like} or d.code like ${`${input.text}%`} or exists (
      select from org.division_former f where f.code = d.code and (f.name like ${like} or f.former = ${input.text})))`);
  }
  const where = sql.join(parts, sql` and `);
  const [items, total] = await Promise.all([
    rows(
      ctx.tx,
      sql<DivisionRow>`select d.code, d.name, d.kind, d.level, d.parent, p.name as "parentName", d.statistical,
          coalesce((select jsonb_agg(jsonb_build_object('code', f.former, 'name', f.name, 'until', f.until) order by f.former)
            from org.division_former f where f.code = d.code), '[]') as former
        from org.division d left join org.division p on p.code = d.parent where ${where}
        order by d.level, d.code limit ${input.limit} offset ${input.offset}`,
    ),
    findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from org.division d where ${where}`),
  ]);
  return { items, total: total?.total ?? 0, resolved };
});
