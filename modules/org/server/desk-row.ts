import { type RawBuilder, sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, rows, type Tx } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import type { ShiftLine, ShiftRole } from '../schema.ts';
import { actingPersons } from './rights.ts';

export type Desk = { unit: number; name: string; phone: string | null; org: number; line: string | null };
export type Shift = {
  id: string;
  desk: number;
  org: number;
  line: string | null;
  startsAt: Date;
  endsAt: Date;
  person: string;
  role: ShiftRole;
  handover: string | null;
  handoverAt: Date | null;
  takenAt: Date | null;
  takenWithout: string | null;
};

/** @throws fault org.desk_unknown */
export async function getDesk(tx: Tx, unit: number): Promise<Desk> {
  const desk = await findRow(tx, sql<Desk>`select unit, name, phone, org, line from org.duty_desk where unit = ${unit}`);
  if (!desk) throw fault('org.desk_unknown', { unit });
  return desk;
}

const shiftColumns = sql`s.id, s.desk, s.org, s.line, s.starts_at as "startsAt", s.ends_at as "endsAt", s.person, s.role, s.handover,
  s.handover_at as "handoverAt", s.taken_at as "takenAt", s.taken_without as "takenWithout"`;

/** The shifts (alias `s`) that meet a condition and that row-level security shows, in order of time. */
export function shiftsWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<Shift[]> {
  return rows(
    tx,
    sql<Shift>`select ${shiftColumns} from org.duty_shift s where ${condition}
      order by s.starts_at, s.desk, array_position(array['lead', 'main', 'second'], s.role), s.id limit 5000`,
  );
}

/** @throws fault org.shift_unknown when there is none or it cannot be seen */
export async function getShift(tx: Tx, id: string): Promise<Shift> {
  const [shift] = await shiftsWhere(tx, sql`s.id = ${id}::uuid`);
  if (!shift) throw fault('org.shift_unknown', { shift: id });
  return shift;
}

/** As the screens show them, with names. */
export async function shiftLines(ctx: Context, shifts: readonly Shift[]): Promise<ShiftLine[]> {
  const people = await ctx.use(directory).personNames(ctx.tx, [...new Set(shifts.map((shift) => shift.person))]);
  const known = new Map(people.map((one) => [one.id, one]));
  const me = actingPersons(ctx);
  return shifts.map((shift) => ({
    id: shift.id,
    desk: shift.desk,
    person: shift.person,
    name: known.get(shift.person)?.name ?? '',
    title: known.get(shift.person)?.title ?? '',
    role: shift.role,
    startsAt: shift.startsAt.toISOString(),
    endsAt: shift.endsAt.toISOString(),
    handover: shift.handover,
    handoverAt: shift.handoverAt?.toISOString() ?? null,
    takenAt: shift.takenAt?.toISOString() ?? null,
    takenWithout: shift.takenWithout,
    mine: me.includes(shift.person),
  }));
}
