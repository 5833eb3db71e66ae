import type { MatterLine } from '../../matter-contract.ts';
import { type Role, roles } from '../../permission.ts';
import type { Context } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { directory } from '../directory.ts';
import type { MatterRow } from '../matter-row.ts';
import { defineProviders } from '../providers.ts';

/** Names of things by id (supervised objects, plans …): each module names its own, so that a record reads as sentences. */
export type Labels = (tx: Tx, ids: readonly string[]) => Promise<{ id: string; name: string }[]>;
export const labels = defineProviders<Labels>('labels');

export type KindRow = MatterRow & { kind: string };

type Names = { person: Map<string, string>; unit: Map<number, string> };

/** Names of all persons and units that occur in these rows, asked once. */
export async function namesFor(ctx: Pick<Context, 'tx' | 'use'>, found: readonly KindRow[]): Promise<Names> {
  const persons = new Set<string>();
  const units = new Set<number>();
  for (const row of found) {
    persons.add(row.starter);
    if (row.owner_person) persons.add(row.owner_person);
    if (row.owner_unit !== null) units.add(row.owner_unit);
    if (row.org !== null) units.add(row.org);
  }
  const book = ctx.use(directory);
  const [people, named] = await Promise.all([book.personNames(ctx.tx, [...persons]), book.unitNames(ctx.tx, [...units])]);
  return { person: new Map(people.map((one) => [one.id, one.name])), unit: new Map(named.map((one) => [one.id, one.short || one.name])) };
}

function ownerLine(row: KindRow, names: Names): MatterLine['owner'] {
  if (row.owner_person) return { person: row.owner_person, unit: null, role: null, name: names.person.get(row.owner_person) ?? '' };
  if (row.owner_role === null) return null;
  const role = roles[row.owner_role as Role].zh;
  const unit = row.owner_unit === null ? '' : (names.unit.get(row.owner_unit) ?? '');
  return { person: null, unit: row.owner_unit, role: row.owner_role, name: unit ? `${unit} · ${role}` : role };
}

export function lineOf(row: KindRow, names: Names): MatterLine {
  return {
    id: row.id,
    kind: row.kind,
    code: row.code,
    title: row.title,
    state: row.state,
    level: row.level,
    org: row.org,
    orgName: row.org === null ? '' : (names.unit.get(row.org) ?? ''),
    line: row.line,
    place: row.place,
    lng: row.point?.x ?? null,
    lat: row.point?.y ?? null,
    owner: ownerLine(row, names),
    starterName: names.person.get(row.starter) ?? '',
    due: row.due?.toISOString() ?? null,
    openedAt: row.opened_at.toISOString(),
    enteredAt: row.entered_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    version: row.version,
    exercise: row.exercise,
  };
}
