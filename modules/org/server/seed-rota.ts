import { sql } from 'kysely';
import { rows, type Tx, write } from '#kernel/server/db/pool.ts';
import type { ShiftRole } from '../schema.ts';
import { seedId } from './seed-names.ts';

type Desk = { unit: number; code: string; org: number; leaders: string[]; officers: string[] };
type Shift = { desk: Desk; startsAt: number; endsAt: number; person: string; role: ShiftRole };

const hour = 3_600_000;
const day = 24 * hour;
const daysEachWay = 30;
const notes = [
  '本班共接报信息 3 件，均已核实并转办；设备运行正常，无未办结事项。',
  '夜间接气象预警信息 1 条，已转发各区县值班室并完成叫应；其余正常。',
  '接 12345 转办事项 2 件，已转属地街道处理，请下一班跟踪反馈。',
  '视频调度抽查 4 个区县值班室，均在岗；无重要情况。',
];

/** Days since 1970 in China time, so that who is on duty depends on the day alone and not on when the rota was made. */
const dayNumber = (at: number): number => Math.floor((at + 8 * hour) / day);
/** 08:00 China time is 00:00 UTC. */
const shiftStart = (n: number): number => n * day;

const pick = (people: readonly string[], n: number): string | undefined => people[n % people.length];

/** Districts change once a day at 08:00; the city's command centre changes at 08:00 and 20:00. */
function dayShifts(desk: Desk, n: number): Shift[] {
  const start = shiftStart(n);
  const half = Math.floor(desk.officers.length / 2);
  const mains = desk.officers.slice(0, half);
  const seconds = desk.officers.slice(half);
  const turns = desk.code === 'jn.yjj' ? 2 : 1;
  const made: [ShiftRole, string | undefined, number, number][] = [['lead', pick(desk.leaders, n), start, start + day]];
  for (let turn = 0; turn < turns; turn++) {
    const from = start + (turn * day) / turns;
    const nth = n * turns + turn;
    made.push(['main', pick(mains, nth), from, from + day / turns], ['second', pick(seconds, nth), from, from + day / turns]);
  }
  return made.flatMap(([role, person, startsAt, endsAt]) => (person === undefined ? [] : [{ desk, role, person, startsAt, endsAt }]));
}

async function readDesks(tx: Tx): Promise<Desk[]> {
  return rows(
    tx,
    sql<Desk>`select d.unit, u.code, d.org,
        array(select p.person from org.post p where p.unit = d.unit and p.role = 'leader' and p.valid_to is null order by p.ordering, p.id)::text[] as leaders,
        array(select p.person from org.post p where p.unit = d.unit and p.role = 'duty' and p.valid_to is null order by p.ordering, p.id)::text[] as officers
      from org.duty_desk d join org.unit u on u.id = d.unit order by d.unit`,
  );
}

/** A rota of 60 days around `now` for every desk. Days that a desk has planned already are left alone. */
export async function seedRota(tx: Tx, now: Date): Promise<number> {
  const desks = await readDesks(tx);
  const today = dayNumber(now.getTime());
  const days = Array.from({ length: 2 * daysEachWay }, (_, i) => today - daysEachWay + i);
  const all = desks.flatMap((desk) => days.flatMap((n) => dayShifts(desk, n)));
  const iso = (at: number) => new Date(at).toISOString();
  const over = all.map((one) => one.endsAt <= now.getTime());
  return write(
    tx,
    sql`insert into org.duty_shift (id, desk, org, starts_at, ends_at, person, role, handover, handover_at, taken_at)
      select t.* from unnest(
        ${all.map((one) => seedId('shift', `${one.desk.code}:${one.startsAt}:${one.role}`))}::uuid[], ${all.map((one) => one.desk.unit)}::int[],
        ${all.map((one) => one.desk.org)}::int[], ${all.map((one) => iso(one.startsAt))}::timestamptz[], ${all.map((one) => iso(one.endsAt))}::timestamptz[],
        ${all.map((one) => one.person)}::uuid[], ${all.map((one) => one.role)}::text[],
        ${all.map((one, i) => (over[i] && one.role === 'main' ? notes[i % notes.length] : null))}::text[],
        ${all.map((one, i) => (over[i] && one.role === 'main' ? iso(one.endsAt - 5 * 60_000) : null))}::timestamptz[],
        ${all.map((one) => (one.startsAt <= now.getTime() ? iso(one.startsAt) : null))}::timestamptz[]
      ) as t (id, desk, org, starts_at, ends_at, person, role, handover, handover_at, taken_at)
      where t.starts_at >= coalesce((select max(s.ends_at) from org.duty_shift s where s.desk = t.desk), '-infinity')
      on conflict do nothing`,
  );
}
