import { sql } from 'kysely';
import { type Owner, type Principal, reaches, type Scope } from '../permission.ts';
import { actionName } from '../workflow.ts';
import type { Next } from '../workflow-step.ts';
import type { Context } from './context.ts';
import { rows } from './db/pool.ts';
import { directory } from './directory.ts';
import { involveOwner } from './involvement.ts';
import { sendEvent } from './ledger.ts';
import { type MatterRow, matterOf, ownerColumns } from './matter-row.ts';

type Mover = Pick<Context, 'tx' | 'now' | 'use'>;
type Place = Scope & { org: number };

/**
 * Takes the open matters of a supervised object along when the object moves: what lay in the old area is the new area's work.
 * Whoever held one by a post there, or as a person whose posts do not reach the new place, hands it to the officers there;
 * those named on it keep their sight, nobody else of the old area has any. Each is a ledger row. For the server's own name.
 */
export async function rehomeMatters(ctx: Mover, party: string, to: Place): Promise<void> {
  const open = await rows(
    ctx.tx,
    sql<{ kind: string; id: string }>`select kind, id from kernel.matter
      where party = ${party} and closed_at is null and (org <> ${to.org} or line is distinct from ${to.line}) order by opened_at, id`,
  );
  for (const { kind, id } of open) await rehome(ctx, kind, id, to);
}

async function rehome(ctx: Mover, kind: string, id: string, to: Place): Promise<void> {
  const { client } = ctx.tx;
  await client.run(`select set_config('vigil.act', $1, true)`, [id]);
  const [row] = (await client.run<MatterRow>(`select * from ${kind} where id = $1 and closed_at is null for update`, [id])).rows;
  if (!row) return;
  const matter = matterOf(row);
  const known = new Map<string, Owner>();
  const take = async (owner: Owner | null) => (owner === null ? null : newOwner(ctx, owner, row.org, to, known));
  const owner = await take(matter.owner);
  const trail = [];
  for (const visit of matter.course.trail) trail.push({ ...visit, owner: await take(visit.owner) });
  // What was done under the former area is not taken back in the new one.
  const course = { ...matter.course, trail, last: null };
  const [person, unit, role] = ownerColumns(owner);
  await client.run(
    `update ${kind} set version = version + 1, org = $2, line = $3, owner_person = $4, owner_unit = $5, owner_role = $6, course = $7 where id = $1`,
    [id, to.org, to.line, person, unit, role, JSON.stringify(course)],
  );
  await client.run('select kernel.rehome($1, $2, $3, $4, $5)', [id, kind, to.org, to.line, row.party]);
  const place = { kind, subject: id, org: to.org, line: to.line, party: row.party };
  await involveOwner(ctx.tx, place, row, { owner, course } as Next);
  const changed = JSON.stringify(owner) !== JSON.stringify(matter.owner);
  await sendEvent(client, {
    name: actionName(kind, 'rehomed'),
    ...place,
    from: row.state,
    to: row.state,
    data: { fromOrg: row.org, fromLine: row.line, ...(changed && owner ? { owner } : {}) },
  });
}

async function newOwner(ctx: Mover, owner: Owner, from: number | null, to: Place, known: Map<string, Owner>): Promise<Owner> {
  if ('party' in owner) return owner;
  if ('unit' in owner) return owner.unit === from ? { unit: to.org, role: owner.role } : owner;
  const before = known.get(owner.person);
  if (before) return before;
  const who = await ctx.use(directory).findPrincipal(ctx.tx, owner.person, ctx.now);
  const next: Owner = who && stillReaches(who, to) ? owner : { unit: to.org, role: 'officer' };
  known.set(owner.person, next);
  return next;
}

const stillReaches = (who: Principal, to: Place) => who.grants.some((grant) => grant.behalf === null && reaches(grant, to));
