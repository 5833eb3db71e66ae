import { sql } from 'kysely';
import type { ParsedOf } from '#kernel/contract.ts';
import { fault } from '#kernel/fault.ts';
import { newId } from '#kernel/id.ts';
import type { Context } from '#kernel/server/context.ts';
import { rows, write } from '#kernel/server/db/pool.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { duty } from '../module.ts';
import { refusing } from './database-fault.ts';
import { getDesk, getShift, type Shift, shiftsWhere } from './desk-row.ts';
import { actingPersons } from './rights.ts';
import { getUnit } from './unit-actions.ts';

type Plan = ParsedOf<typeof duty.shiftPlan>;
type Planned = { startsAt: Date; endsAt: Date; person: string; role: Shift['role'] };

const hourMs = 3_600_000;
const longestShiftMs = 7 * 24 * hourMs;
/** A note may be completed for a while after going home; taking over may begin a little early. */
const noteHours = 24;
const earlyMs = hourMs;

export const deskSave = handleAction(
  duty.deskSave,
  async (ctx, { unit }) => ({ org: (await getUnit(ctx.tx, unit)).area, line: null, party: null }),
  async (ctx, { unit, name, phone }) => {
    const { area, lines, overall } = await getUnit(ctx.tx, unit);
    const line = overall ? null : (lines[0] ?? null);
    await write(
      ctx.tx,
      sql`insert into org.duty_desk (unit, name, phone, org, line) values (${unit}, ${name}, ${phone ?? null}, ${area}, ${line})
        on conflict (unit) do update set name = excluded.name, phone = excluded.phone`,
    );
    return { output: { unit }, kind: 'org.unit', data: { unit } };
  },
);

const keyOf = (one: Planned | Shift): string => `${one.startsAt.toISOString()} ${one.endsAt.toISOString()} ${one.person} ${one.role}`;

function planned(ctx: Context, input: Plan): Planned[] {
  const from = new Date(input.from);
  const to = new Date(input.to);
  if (to <= from) throw fault('org.period');
  return input.shifts.map(({ startsAt, endsAt, person, role }) => {
    const shift = { startsAt: new Date(startsAt), endsAt: new Date(endsAt), person, role };
    if (shift.endsAt <= shift.startsAt || shift.endsAt.getTime() - shift.startsAt.getTime() > longestShiftMs) throw fault('org.period');
    if (shift.startsAt < from || shift.startsAt >= to) throw fault('org.shift_outside', { from: input.from, to: input.to });
    if (shift.startsAt < ctx.now) throw fault('org.shift_begun', { at: startsAt });
    return shift;
  });
}

/** Duty is done by people of the government who are still there. */
async function requireStaff(ctx: Context, people: readonly string[]): Promise<void> {
  const known = await rows(
    ctx.tx,
    sql<{ id: string }>`select id from org.person where id = any(${[...people]}::uuid[]) and left_at is null and party is null`,
  );
  const unknown = people.filter((id) => !known.some((one) => one.id === id));
  if (unknown.length > 0) throw fault('person.unknown', { people: unknown });
}

export const shiftPlan = handleAction(
  duty.shiftPlan,
  async (ctx, { desk }) => {
    const { org, line } = await getDesk(ctx.tx, desk);
    return { org, line, party: null };
  },
  async (ctx, input) => {
    const wanted = planned(ctx, input);
    await requireStaff(ctx, [...new Set(wanted.map((shift) => shift.person))]);
    const desk = await getDesk(ctx.tx, input.desk);
    const from = new Date(Math.max(ctx.now.getTime(), new Date(input.from).getTime()));
    const there = await shiftsWhere(ctx.tx, sql`s.desk = ${input.desk} and s.starts_at >= ${from} and s.starts_at < ${new Date(input.to)}`);
    const keys = new Set(wanted.map(keyOf));
    const known = new Set(there.map(keyOf));
    const gone = there.filter((shift) => !keys.has(keyOf(shift)));
    const fresh = wanted.filter((shift) => !known.has(keyOf(shift)));
    await write(ctx.tx, sql`delete from org.duty_shift where id = any(${gone.map((shift) => shift.id)}::uuid[])`);
    await refusing(
      write(
        ctx.tx,
        sql`insert into org.duty_shift (id, desk, org, line, starts_at, ends_at, person, role)
          select t.id, ${desk.unit}, ${desk.org}, ${desk.line}, t.starts_at, t.ends_at, t.person, t.role
          from unnest(${fresh.map(() => newId(ctx.now.getTime()))}::uuid[], ${fresh.map((one) => one.startsAt.toISOString())}::timestamptz[],
            ${fresh.map((one) => one.endsAt.toISOString())}::timestamptz[], ${fresh.map((one) => one.person)}::uuid[], ${fresh.map((one) => one.role)}::text[])
            as t (id, starts_at, ends_at, person, role)`,
      ),
    );
    const counts = { added: fresh.length, kept: there.length - gone.length, removed: gone.length };
    return { output: counts, kind: 'org.desk', data: counts };
  },
);

async function ownShift(ctx: Context, id: string): Promise<Shift> {
  const shift = await getShift(ctx.tx, id);
  if (!actingPersons(ctx).includes(shift.person)) throw fault('org.shift_not_yours');
  return shift;
}

const place = ({ org, line }: Shift) => ({ org, line, party: null });

export const shiftHandover = handleAction(
  duty.shiftHandover,
  () => 'self',
  async (ctx, { shift: id, note }) => {
    const shift = await ownShift(ctx, id);
    const late = ctx.now.getTime() - shift.endsAt.getTime() > noteHours * hourMs;
    if (ctx.now < shift.startsAt || late) throw fault('org.shift_not_now', { hours: noteHours });
    const [next] = await shiftsWhere(ctx.tx, sql`s.desk = ${shift.desk} and s.role = ${shift.role} and s.starts_at = ${shift.endsAt}`);
    if (next?.takenAt) throw fault('org.handed_over');
    await write(ctx.tx, sql`update org.duty_shift set handover = ${note}, handover_at = ${ctx.now} where id = ${id}::uuid`);
    return { output: {}, subject: id, kind: 'org.shift', scope: place(shift) };
  },
);

export const takeOver = handleAction(
  duty.takeOver,
  () => 'self',
  async (ctx, { shift: id, without }) => {
    const shift = await ownShift(ctx, id);
    if (shift.takenAt) throw fault('org.taken_over');
    if (ctx.now.getTime() < shift.startsAt.getTime() - earlyMs || ctx.now >= shift.endsAt) throw fault('org.shift_not_now', { hours: 0 });
    const [before] = await shiftsWhere(ctx.tx, sql`s.desk = ${shift.desk} and s.role = ${shift.role} and s.ends_at = ${shift.startsAt}`);
    // 交接班 needs a note; in an emergency the desk must not stand empty for the want of one, but the reason stays on record.
    if (before && before.handoverAt === null && without === undefined)
      throw fault('org.handover_missing', { name: await nameOf(ctx, before.person) });
    await write(ctx.tx, sql`update org.duty_shift set taken_at = ${ctx.now}, taken_without = ${without ?? null} where id = ${id}::uuid`);
    return { output: {}, subject: id, kind: 'org.shift', scope: place(shift) };
  },
);

async function nameOf(ctx: Context, person: string): Promise<string> {
  const [found] = await rows(ctx.tx, sql<{ name: string }>`select name from org.person_names(array[${person}::uuid])`);
  return found?.name ?? '';
}
