import type { Tx } from '../db/pool.ts';
import type { LedgerEvent } from '../implement.ts';
import { alreadySeen, type Line, send } from './line.ts';
import { ledgerText } from './message.ts';
import { type Reach, within } from './reach.ts';

/**
 * Whom each matter concerns whatever their areas: persons named on it, the unit whose role it waits for; by kind and id, since an
 * id alone may be another record's. Mirror of kernel.involved() and kernel.kinds().
 */
export type Involved = { persons: ReadonlyMap<string, readonly string[]>; units: ReadonlyMap<string, number> };

export async function readInvolved(tx: Tx, events: readonly LedgerEvent[]): Promise<Involved> {
  const subjects = [...new Set(events.map((event) => event.subject).filter((id) => id !== null))];
  if (subjects.length === 0) return { persons: new Map(), units: new Map() };
  const [named, waiting] = await Promise.all([
    tx.client.run<{ kind: string; subject: string; persons: string[] }>(
      `select kind, subject, array_agg(distinct person) as persons from kernel.involvement
       where subject = any($1::uuid[]) group by kind, subject`,
      [subjects],
    ),
    tx.client.run<{ kind: string; id: string; unit: number }>(
      'select kind, id, owner_unit as unit from kernel.matter where id = any($1::uuid[]) and owner_unit is not null and closed_at is null',
      [subjects],
    ),
  ]);
  return {
    persons: new Map(named.rows.map((row) => [matterKey(row.kind, row.subject), row.persons])),
    units: new Map(waiting.rows.map((row) => [matterKey(row.kind, row.id), row.unit])),
  };
}

const matterKey = (kind: string | null, id: string | null): string => `${kind} ${id}`;

/**
 * Sends each row to whoever may see it: those whose posts reach it, who did it, for whom it was done, whom it names or waits
 * for. Each text is made once, the reach is decided once for all who reach the same, so that 10,000 readers cost 10,000 writes
 * and little else.
 */
export function fanOut(lines: Iterable<Line>, events: readonly LedgerEvent[], involved: Involved): number {
  const texts = events.map(ledgerText);
  const keyOf = (event: LedgerEvent) => matterKey(event.kind, event.subject);
  const byPerson = rowsBy(events, (event) => [event.actor, event.behalf, ...(involved.persons.get(keyOf(event)) ?? [])]);
  const byUnit = rowsBy(events, (event) => [involved.units.get(keyOf(event)) ?? null]);
  const byReach = new Map<Reach, { rows: Set<number>; text: string }>();
  let sent = 0;
  for (const line of lines) {
    const common = byReach.get(line.reach) ?? commonTo(line.reach, events, texts);
    byReach.set(line.reach, common);
    const own = [
      ...line.persons.flatMap((person) => byPerson.get(person) ?? []),
      ...line.units.flatMap((unit) => byUnit.get(unit) ?? []),
    ].filter((i) => !common.rows.has(i));
    const plain = own.length === 0 && line.seen === undefined;
    const text = plain ? common.text : ownText(line, [...common.rows, ...own], events, texts);
    if (text !== '' && send(line, text)) sent++;
  }
  return sent;
}

function commonTo(reach: Reach, events: readonly LedgerEvent[], texts: readonly string[]): { rows: Set<number>; text: string } {
  const rows = new Set(events.flatMap((event, i) => (within(reach, event) ? [i] : [])));
  return { rows, text: [...rows].map((i) => texts[i]).join('') };
}

function ownText(line: Line, rows: readonly number[], events: readonly LedgerEvent[], texts: readonly string[]): string {
  return [...new Set(rows)]
    .sort((a, b) => a - b)
    .filter((i) => {
      const event = events[i];
      return event !== undefined && !alreadySeen(line, event);
    })
    .map((i) => texts[i])
    .join('');
}

/** The places of the rows that concern each person, or each unit. */
function rowsBy<K>(events: readonly LedgerEvent[], concerns: (event: LedgerEvent) => readonly (K | null)[]): Map<K, number[]> {
  const rows = new Map<K, number[]>();
  events.forEach((event, i) => {
    for (const key of new Set(concerns(event))) if (key !== null) rows.set(key, [...(rows.get(key) ?? []), i]);
  });
  return rows;
}
