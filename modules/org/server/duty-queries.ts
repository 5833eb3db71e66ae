import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import type { Context } from '#kernel/server/context.ts';
import { rows } from '#kernel/server/db/pool.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { duty } from '../module.ts';
import type { ShiftRole } from '../schema.ts';
import { areaTree, upwards } from './area-tree.ts';
import { shiftLines, shiftsWhere } from './desk-row.ts';
import { actingPersons, mayAt } from './rights.ts';

const dayMs = 86_400_000;
const longestDays = 92;

type DeskRow = { unit: number; name: string; phone: string | null; org: number; orgName: string; line: string | null };

export const desksQuery = handleQuery(duty.desks, async (ctx) => {
  const found = await rows(
    ctx.tx,
    sql<DeskRow>`select d.unit, d.name, d.phone, d.org, a.short as "orgName", d.line
      from org.duty_desk d join org.unit u on u.id = d.unit and u.valid_to is null join org.unit a on a.id = d.org order by a.ordering, u.ordering, d.unit`,
  );
  return { items: found.map(({ line, ...desk }) => ({ ...desk, mayPlan: mayAt(ctx, ['leader', 'duty'], desk.org, line) })) };
});

export const rotaQuery = handleQuery(duty.rota, async (ctx, input) => {
  // Days are days in China.
  const from = new Date(`${input.from}T00:00:00+08:00`);
  const to = new Date(new Date(`${input.to}T00:00:00+08:00`).getTime() + dayMs);
  if (to <= from || to.getTime() - from.getTime() > longestDays * dayMs) throw fault('org.period', { days: longestDays });
  const whose = input.desk === undefined ? sql`s.person = any(${actingPersons(ctx)}::uuid[])` : sql`s.desk = ${input.desk}`;
  const found = await shiftsWhere(ctx.tx, sql`${whose} and s.starts_at < ${to} and s.ends_at > ${from}`);
  return { items: await shiftLines(ctx, found) };
});

/** The desks within the scope of the asker, and those of the areas above: whom to ring. */
async function desksToShow(ctx: Context): Promise<number[]> {
  const tree = await areaTree(ctx.tx);
  const mine = ctx.who.grants.filter((grant) => grant.party === null).flatMap((grant) => grant.orgs);
  const areas = [...new Set(mine.flatMap((org) => upwards(tree, org)))];
  const found = await rows(ctx.tx, sql<{ unit: number }>`select unit from org.duty_desk where org = any(${areas}::int[]) order by unit`);
  return found.map((one) => one.unit);
}

type DutyRow = {
  desk: number;
  deskName: string;
  phone: string | null;
  shift: string | null;
  person: string;
  name: string;
  title: string;
  role: ShiftRole;
  startsAt: Date;
  endsAt: Date;
  takenAt: Date | null;
};

export const onDutyQuery = handleQuery(duty.onDuty, async (ctx) => {
  const found = await rows(
    ctx.tx,
    sql<DutyRow>`select desk, desk_name as "deskName", phone, shift, person, name, title, role, starts_at as "startsAt", ends_at as "endsAt",
        taken_at as "takenAt" from org.duty_now(${await desksToShow(ctx)}::int[], ${ctx.now}::timestamptz)`,
  );
  const me = actingPersons(ctx);
  const desks = new Map<number, { desk: number; deskName: string; phone: string | null; people: ReturnType<typeof personOf>[] }>();
  for (const row of found) {
    const desk = desks.get(row.desk) ?? { desk: row.desk, deskName: row.deskName, phone: row.phone, people: [] };
    if (row.shift !== null) desk.people.push(personOf(row, row.shift, me));
    desks.set(row.desk, desk);
  }
  return { items: [...desks.values()] };
});

function personOf({ person, name, title, role, startsAt, endsAt, takenAt }: DutyRow, shift: string, me: readonly string[]) {
  const mine = me.includes(person);
  return {
    shift,
    person,
    name,
    title,
    role,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    takenAt: takenAt?.toISOString() ?? null,
    mine,
  };
}
