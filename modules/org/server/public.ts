import { type RawBuilder, sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { findRow, rows, type Tx } from '#kernel/server/db/pool.ts';
import { areaTree, upwards } from './area-tree.ts';

/** What higher modules may ask of the organisation, inside their own transactions and under the rights of who asks. */
export type UnitRef = {
  id: number;
  code: string;
  name: string;
  short: string;
  kind: string;
  area: number;
  parent: number | null;
  lines: string[];
  overall: boolean;
};

const unitColumns = sql`u.id, u.code, u.name, u.short, u.kind, u.area, u.parent, u.lines, u.overall`;

/** Ids of all open units by their code, e.g. `370102004` (a town) or `370102.yjj` (a department). */
export async function unitsByCode(tx: Tx): Promise<Map<string, number>> {
  const found = await rows(tx, sql<{ code: string; id: number }>`select code, id from org.unit where valid_to is null`);
  return new Map(found.map((one) => [one.code, one.id]));
}

export async function findUnit(tx: Tx, id: number): Promise<UnitRef | undefined> {
  return findRow(tx, sql<UnitRef>`select ${unitColumns} from org.unit u where u.id = ${id} and u.valid_to is null`);
}

export async function findUnitByCode(tx: Tx, code: string): Promise<UnitRef | undefined> {
  return findRow(tx, sql<UnitRef>`select ${unitColumns} from org.unit u where u.code = ${code} and u.valid_to is null`);
}

/** The territorial unit a unit belongs to. @throws fault org.unit_unknown */
export async function areaOf(tx: Tx, unit: number): Promise<number> {
  const found = await findUnit(tx, unit);
  if (!found) throw fault('org.unit_unknown', { unit });
  return found.area;
}

/** The area and those above it, up to the city; empty when it is no area. */
export async function areaPath(tx: Tx, area: number): Promise<number[]> {
  const tree = await areaTree(tx);
  return tree.parent.has(area) ? upwards(tree, area) : [];
}

/**
 * The departments that supervise a line for an area: those of the nearest level that has any (a town has none, then its
 * district's; then the city's). The one whose only line it is comes first.
 */
export async function lineDepartments(tx: Tx, area: number, line: string): Promise<UnitRef[]> {
  const path = await areaPath(tx, area);
  const found = await rows(
    tx,
    sql<UnitRef>`select ${unitColumns} from org.unit u
      where u.area = any(${path}::int[]) and u.kind = 'department' and u.valid_to is null and ${line} = any(u.lines)
      order by array_position(${path}::int[], u.area), cardinality(u.lines), u.ordering, u.id`,
  );
  return found.filter((one) => one.area === found[0]?.area);
}

/** The emergency bureau of an area, or of the nearest level above that has one (应急管理部门, office of the safety commission). */
export async function emergencyBureau(tx: Tx, area: number): Promise<UnitRef | undefined> {
  const path = await areaPath(tx, area);
  return findRow(
    tx,
    sql<UnitRef>`select ${unitColumns} from org.unit u
      where u.area = any(${path}::int[]) and u.kind = 'department' and u.overall and u.valid_to is null
      order by array_position(${path}::int[], u.area), u.ordering, u.id limit 1`,
  );
}

/** Does this person hold a post (no administrator's) in this unit at that time? */
export async function postsInUnit(tx: Tx, person: string, unit: number, now: Date): Promise<boolean> {
  const found = await findRow(
    tx,
    sql`select 1 as one from ${activeOfficials(now)} o where o.person = ${person}::uuid and o.unit = ${unit}`,
  );
  return found !== undefined;
}

/** For joins: one row `(person, unit)` for every unit in which somebody holds a post at that time, administrators aside. */
export function activeOfficials(now: Date): RawBuilder<{ person: string; unit: number }> {
  return sql`(select distinct po.person, po.unit from org.post po join org.person pe on pe.id = po.person and pe.left_at is null
    where po.unit is not null and not org.is_administrator(po.role) and org.in_force(po.valid_from, po.valid_to, ${now}::timestamptz))`;
}

export type TownUnit = { org: number; district: number; name: string };

/** Every town and street with the district it lies in. */
export const townUnits = (tx: Tx): Promise<TownUnit[]> =>
  rows(tx, sql<TownUnit>`select id as org, parent as district, short as name from org.unit where kind = 'town' order by code`);
