import { sql } from 'kysely';
import { inbox } from '../../matter-contract.ts';
import type { Principal } from '../../permission.ts';
import { rows, type Tx } from '../db/pool.ts';
import { directory } from '../directory.ts';
import { handleQuery } from '../implement.ts';
import { matterColumns } from '../matter-row.ts';
import { type KindRow, lineOf, namesFor } from './lines.ts';

type InboxRow = KindRow & { why: 'owner' | 'sign' | 'consult'; behalf: string | null };

const columns = sql.raw(
  matterColumns
    .split(', ')
    .map((column) => `m.${column}`)
    .join(', '),
);

/** What waits for this person: named on it, or holding the role it waits for; posts of absent colleagues included. */
function waiting(tx: Tx, who: Principal, limit: number): Promise<InboxRow[]> {
  const persons = [who.person, ...new Set(who.grants.flatMap((grant) => (grant.behalf === null ? [] : [grant.behalf])))];
  const seats = who.grants.filter((grant) => grant.unit !== null);
  const parties = who.grants.filter((grant) => grant.party !== null);
  return rows(
    tx,
    sql<InboxRow>`
    select * from (
      select m.kind, ${columns}, i.why, nullif(i.person, ${who.person}::uuid) as behalf
      from kernel.involvement i join kernel.matter m on m.id = i.subject
      where i.person = any(${persons}::uuid[]) and i.open and m.closed_at is null
      union all
      select m.kind, ${columns}, 'owner', g.behalf
      from unnest(${seats.map((grant) => grant.unit)}::int[], ${seats.map((grant) => grant.role)}::text[], ${seats.map((grant) => grant.behalf)}::uuid[]) g(unit, role, behalf)
      join kernel.matter m on m.owner_unit = g.unit and m.owner_role = g.role and m.closed_at is null and m.owner_person is null
      union all
      select m.kind, ${columns}, 'owner', g.behalf
      from unnest(${parties.map((grant) => grant.party)}::uuid[], ${parties.map((grant) => grant.role)}::text[], ${parties.map((grant) => grant.behalf)}::uuid[]) g(party, role, behalf)
      join kernel.matter m on m.party = g.party and m.owner_role = g.role and m.owner_unit is null and m.closed_at is null and m.owner_person is null
    ) w
    order by due nulls last, level nulls last, opened_at
    limit ${limit}`,
  );
}

const chinaDay = (at: Date) => Math.floor((at.getTime() + 8 * 3_600_000) / 86_400_000);

export const inboxQuery = handleQuery(inbox, async (ctx, input) => {
  const all = await waiting(ctx.tx, ctx.who, 2000);
  // The same matter can wait for me as owner and as signer, or through two posts: one line, own post first.
  const byId = new Map<string, InboxRow>();
  for (const row of all) {
    const known = byId.get(row.id);
    if (!known || (known.behalf !== null && row.behalf === null)) byId.set(row.id, row);
  }
  const found = [...byId.values()];
  const names = await namesFor(ctx, found);
  const behalf = await ctx.use(directory).personNames(ctx.tx, [...new Set(found.flatMap((row) => row.behalf ?? []))]);
  const today = chinaDay(ctx.now);
  const within = (row: InboxRow, days: number) => row.due !== null && row.due > ctx.now && chinaDay(row.due) <= today + days;
  return {
    items: found.slice(0, input.limit).map((row) => ({
      ...lineOf(row, names),
      why: row.why,
      behalfName: behalf.find((one) => one.id === row.behalf)?.name ?? null,
    })),
    counts: {
      all: found.length,
      overdue: found.filter((row) => row.due !== null && row.due <= ctx.now).length,
      today: found.filter((row) => within(row, 0)).length,
      week: found.filter((row) => within(row, 7)).length,
    },
  };
});
