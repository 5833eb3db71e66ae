import { type RawBuilder, sql } from 'kysely';
import { rows, type Tx } from '#kernel/server/db/pool.ts';
import type { PostLine } from '../schema.ts';

type PostRow = Omit<PostLine, 'from' | 'to'> & { from: Date; to: Date | null };

/** The posts that meet a condition on `po`, the highest first, with the names that go with them. */
export async function postsWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<PostLine[]> {
  const found = await rows(
    tx,
    sql<PostRow>`select po.id, po.person, coalesce(pe.name, '') as "personName", po.unit, coalesce(u.name, '') as "unitName", po.party, po.title, po.role,
        po.scope, s.short as "scopeName", po.lines, po.main, po.valid_from as "from", po.valid_to as "to"
      from org.post po left join org.person pe on pe.id = po.person left join org.unit u on u.id = po.unit join org.unit s on s.id = po.scope
      where ${condition}
      order by po.ordering, array_position(array['leader', 'officer', 'enforcer', 'duty', 'grid'], po.role), po.valid_from, po.id limit 500`,
  );
  return found.map((row) => ({ ...row, from: row.from.toISOString(), to: row.to?.toISOString() ?? null }));
}
