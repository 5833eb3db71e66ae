import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { newId } from '#kernel/id.ts';
import { separatedRoles } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, rows, write } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleAction, handleQuery } from '#kernel/server/implement.ts';
import { longestDelegationDays } from '../data/limits.ts';
import { duty } from '../module.ts';
import type { DelegationLine } from '../schema.ts';
import { refusing } from './database-fault.ts';
import { administers } from './rights.ts';

const dayMs = 86_400_000;

type Row = { id: string; from: string; to: string; fromAt: Date; toAt: Date; reason: string; revokedAt: Date | null };

async function linesOf(ctx: Context, found: readonly Row[]): Promise<DelegationLine[]> {
  const people = await ctx.use(directory).personNames(ctx.tx, [...new Set(found.flatMap((row) => [row.from, row.to]))]);
  const name = (id: string) => people.find((one) => one.id === id)?.name ?? '';
  return found.map((row) => ({
    ...row,
    fromName: name(row.from),
    toName: name(row.to),
    fromAt: row.fromAt.toISOString(),
    toAt: row.toAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    inForce: row.revokedAt === null && row.fromAt <= ctx.now && row.toAt > ctx.now,
  }));
}

export const delegationsQuery = handleQuery(duty.delegations, async (ctx) => {
  const found = await rows(
    ctx.tx,
    sql<Row>`select id, from_person as "from", to_person as "to", from_at as "fromAt", to_at as "toAt", reason, revoked_at as "revokedAt"
      from org.delegation where ${ctx.who.person}::uuid in (from_person, to_person) order by from_at desc, id limit 200`,
  );
  const lines = await linesOf(ctx, found);
  return { given: lines.filter((one) => one.from === ctx.who.person), received: lines.filter((one) => one.to === ctx.who.person) };
});

type Side = { party: string | null };

/** Who takes over must work on the same side: an enterprise's rights do not leave the enterprise, an office's not the office. */
async function requireSameSide(ctx: Context, to: string): Promise<void> {
  const own = await findRow(ctx.tx, sql<Side>`select party from org.person where id = ${ctx.who.person}::uuid`);
  const other = await findRow(ctx.tx, sql<Side>`select party from org.person where id = ${to}::uuid and left_at is null`);
  if (!other) throw fault('person.unknown', { people: [to] });
  if (own?.party !== other.party) throw fault('org.delegate_apart');
}

export const delegateAction = handleAction(
  duty.delegate,
  () => 'self',
  async (ctx, input) => {
    const { person, grants } = ctx.who;
    // Never backwards: what was done before was done without being asked to.
    const from = new Date(Math.max(ctx.now.getTime(), input.from === undefined ? 0 : new Date(input.from).getTime()));
    const until = new Date(input.until);
    if (input.to === person) throw fault('org.delegate_self');
    if (until <= from) throw fault('org.period');
    if (until <= ctx.now) throw fault('org.past');
    if (until.getTime() - from.getTime() > longestDelegationDays * dayMs) throw fault('org.delegate_long', { days: longestDelegationDays });
    const own = grants.filter((grant) => grant.behalf === null);
    if (own.some((grant) => separatedRoles.includes(grant.role))) throw fault('org.delegate_admin');
    if (own.length === 0) throw fault('org.delegate_nothing');
    await requireSameSide(ctx, input.to);
    const id = newId(ctx.now.getTime());
    await refusing(
      write(
        ctx.tx,
        sql`insert into org.delegation (id, from_person, to_person, from_at, to_at, reason, made_at)
          values (${id}, ${person}, ${input.to}, ${from}, ${until}, ${input.reason}, ${ctx.now})`,
      ),
    );
    return { output: { id }, subject: id, kind: 'org.delegation' };
  },
);

/** By the one who gave it, the one who stands in, or a security administrator of their area (the absent person cannot be reached). */
export const revokeAction = handleAction(
  duty.delegationRevoke,
  () => 'self',
  async (ctx, { id }) => {
    const row = await findRow(
      ctx.tx,
      sql<{ from: string; to: string; org: number | null }>`select d.from_person as "from", d.to_person as "to", p.org
        from org.delegation d join org.person p on p.id = d.from_person where d.id = ${id}::uuid and d.revoked_at is null`,
    );
    if (!row) throw fault('org.delegation_unknown', { delegation: id });
    if (![row.from, row.to].includes(ctx.who.person) && !administers(ctx, 'secadmin', row.org))
      throw fault('org.delegation_unknown', { delegation: id });
    await write(ctx.tx, sql`update org.delegation set revoked_at = ${ctx.now} where id = ${id}::uuid and revoked_at is null`);
    return { output: {}, subject: id, kind: 'org.delegation' };
  },
);
