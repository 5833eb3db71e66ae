import { sql } from 'kysely';
import { type Tx, write } from '#kernel/server/db/pool.ts';

/**
 * Fills the register for the synthetic objects: the town's first officer answers for the territory, the first officer of
 * the district department that supervises the line for the industry. Every ninth object is left without an industry
 * official and every thirteenth gets a second one, so that orphans and overlaps can be seen. Idempotent.
 */
export async function seedRegister(tx: Tx): Promise<number> {
  const territory = await write(
    tx,
    sql`insert into duty.register (id, site, side, unit, official, item, org, line, party, since)
      select md5('t' || s.id)::uuid, s.id, 'territory', s.org, p.person, 'territory.supervision', s.org, s.line, s.id, timestamptz '2026-01-05 09:00+08'
      from site.site s join lateral (
        select person from org.post where unit = s.org and role = 'officer' and valid_to is null order by person limit 1
      ) p on true on conflict do nothing`,
  );
  const industry = await write(
    tx,
    sql`insert into duty.register (id, site, side, unit, official, item, org, line, party, since)
      select md5('i' || s.id || p.n)::uuid, s.id, 'industry', p.unit, p.person, 'industry.supervision', s.org, s.line, s.id, timestamptz '2026-01-05 09:00+08'
      from (select *, row_number() over (order by id) as nth from site.site) s
      join lateral (
        select u.id as unit, po.person, row_number() over (order by (u.area <> a.parent), u.id, po.person) as n
        from org.unit a join org.unit u on u.kind = 'department' and s.line = any(u.lines) and (u.area = a.parent or u.area = (select c.parent from org.unit c where c.id = a.parent))
        join org.post po on po.unit = u.id and po.role in ('officer', 'leader') and po.valid_to is null
        where a.id = s.org
      ) p on p.n = 1 or (p.n = 2 and s.nth % 13 = 0)
      where s.nth % 9 <> 0 on conflict do nothing`,
  );
  return territory + industry;
}
