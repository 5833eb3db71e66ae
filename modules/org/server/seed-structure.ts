import { sql } from 'kysely';
import { type Tx, write } from '#kernel/server/db/pool.ts';
import { divisions, findDivision, formerCodes, zones } from '../data/divisions.ts';
import { jinanCommittees, jinanUnits, type UnitSeed } from '../data/jinan-units.ts';
import { allVillages } from '../data/villages.ts';
import type { CommitteeDuty } from '../schema.ts';

type DivisionRow = { code: string; name: string; parent: string | null; level: number; kind: string; statistical: boolean };

const levels: Record<string, number> = { city: 1, district: 2, county: 2, zone: 2 };

function divisionRows(): DivisionRow[] {
  const published = divisions.map((one) => ({ ...one, level: levels[one.kind] ?? 3, statistical: one.kind === 'zone' }));
  const known = new Set(divisions.map((one) => one.code));
  const own = zones.filter((zone) => !known.has(zone.code));
  return [
    ...published,
    ...own.map((zone) => ({ code: zone.code, name: zone.short, parent: '370100', level: 2, kind: 'zone', statistical: true })),
    ...allVillages().map(({ code, name, town, kind }) => ({ code, name, parent: town, level: 4, kind, statistical: false })),
  ];
}

async function seedDivisions(tx: Tx): Promise<number> {
  const all = divisionRows();
  const added = await write(
    tx,
    sql`insert into org.division (code, name, parent, level, kind, statistical)
      select * from unnest(${all.map((one) => one.code)}::text[], ${all.map((one) => one.name)}::text[], ${all.map((one) => one.parent)}::text[],
        ${all.map((one) => one.level)}::smallint[], ${all.map((one) => one.kind)}::text[], ${all.map((one) => one.statistical)}::boolean[])
      on conflict do nothing`,
  );
  await write(
    tx,
    sql`insert into org.division_former (code, former, name, until, confidence)
      select * from unnest(${formerCodes.map((one) => one.current)}::text[], ${formerCodes.map((one) => one.code)}::text[],
        ${formerCodes.map((one) => one.name)}::text[], ${formerCodes.map((one) => one.until)}::text[], ${formerCodes.map((one) => one.confidence)}::text[])
      on conflict do nothing`,
  );
  return added;
}

/** Governments, towns, commissions and their offices answer for every line, and so does the emergency bureau (《安全生产法》第十条). */
function isOverall(unit: UnitSeed): boolean {
  if (unit.kind === 'department') return unit.code.endsWith('.yjj');
  return unit.lines.length === 0;
}

/** A territorial unit is called by its territory: 历下区, 济南高新区, 泉城路街道; its full name is the organ's. */
function shortOf(unit: UnitSeed): string {
  if (unit.kind === 'zone') return zones.find((one) => one.code === unit.code)?.short ?? unit.short;
  return unit.kind === 'government' ? (findDivision(unit.division ?? '')?.name ?? unit.short) : unit.short;
}

/** New ones only: what an administrator has renamed, moved or closed stays as it is. */
async function seedUnits(tx: Tx): Promise<number> {
  const all = jinanUnits();
  return write(
    tx,
    sql`with input as (
        select * from unnest(${all.map((one) => one.code)}::text[], ${all.map((one) => one.name)}::text[], ${all.map(shortOf)}::text[],
          ${all.map((one) => one.kind)}::text[], ${all.map((one) => one.parent)}::text[], ${all.map((one) => one.area)}::text[],
          ${all.map((one) => one.division)}::text[], ${all.map((one) => one.lines.join(','))}::text[], ${all.map(isOverall)}::boolean[])
          with ordinality as t (code, name, short, kind, parent, area, division, lines, overall, n)
      ), fresh as (
        select nextval('org.unit_id_seq')::int as id, i.* from (select * from input order by n) i
        where not exists (select from org.unit u where u.code = i.code)
      ), known as (select id, code from fresh union all select id, code from org.unit)
      insert into org.unit (id, code, name, short, kind, parent, area, division, lines, overall, ordering, valid_from)
      select f.id, f.code, f.name, f.short, f.kind, p.id, a.id, f.division,
        case when f.lines = '' then '{}' else string_to_array(f.lines, ',') end, f.overall, f.n, timestamptz '2025-01-01 00:00+08'
      from fresh f left join known p on p.code = f.parent join known a on a.code = f.area`,
  );
}

type Seat = { committee: string; member: string; duty: CommitteeDuty };

function seats(): Seat[] {
  const areaOf = new Map(jinanUnits().map((one) => [one.code, one.area]));
  return jinanCommittees().flatMap(({ unit, lead, members }) => {
    const chair: Seat = { committee: unit, member: areaOf.get(unit) ?? '', duty: 'chair' };
    return [
      chair,
      { committee: unit, member: lead, duty: 'lead' as const },
      ...members.map((member) => ({ committee: unit, member, duty: 'member' as const })),
    ];
  });
}

/** Members are filled in for committees that have none yet. */
async function seedCommittees(tx: Tx): Promise<number> {
  const all = seats();
  return write(
    tx,
    sql`insert into org.committee_member (committee, member, duty, ordering)
      select c.id, m.id, t.duty, t.n
      from unnest(${all.map((one) => one.committee)}::text[], ${all.map((one) => one.member)}::text[], ${all.map((one) => one.duty)}::text[])
        with ordinality as t (committee, member, duty, n)
      join org.unit c on c.code = t.committee join org.unit m on m.code = t.member
      where not exists (select from org.committee_member x where x.committee = c.id)
      on conflict do nothing`,
  );
}

/** A duty desk at every emergency bureau: the city's is the command centre. */
async function seedDesks(tx: Tx): Promise<void> {
  await write(
    tx,
    sql`insert into org.duty_desk (unit, name, org)
      select id, case when code = 'jn.yjj' then '济南市应急指挥中心值班室' else short || '值班室' end, area
      from org.unit where kind = 'department' and overall and valid_to is null on conflict do nothing`,
  );
}

/**
 * The real structure of the city: divisions with their former codes, units, committees, duty desks; no people. Idempotent. `tx` is the
 * owner's.
 */
export async function seedOrg(tx: Tx): Promise<{ divisions: number; units: number; seats: number }> {
  const divisionsAdded = await seedDivisions(tx);
  const units = await seedUnits(tx);
  const seatsAdded = await seedCommittees(tx);
  await seedDesks(tx);
  return { divisions: divisionsAdded, units, seats: seatsAdded };
}
