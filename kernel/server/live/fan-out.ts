import type { Tx } from '../db/pool.ts';
import type { LedgerEvent } from '../implement.ts';
import { alreadySeen, type Line, send } from './line.ts';
import { ledgerText } from './message.ts';
import { type Reach, within } from './reach.ts';

/** Whom each subject names, whatever their posts. */
export type Involved = ReadonlyMap<string, readonly string[]>;

export async function readInvolved(tx: Tx, events: readonly LedgerEvent[]): Promise<Involved> {
  const subjects = [...new Set(events.map((event) => event.subject).filter((id) => id !== null))];
  if (subjects.length === 0) return new Map();
  const result = await tx.client.run<{ subject: string; persons: string[] }>(
    'select subject, array_agg(distinct person) as persons from kernel.involvement where subject = any($1::uuid[]) group by subject',
    [subjects],
  );
  return new Map(result.rows.map((row) => [row.subject, row.persons]));
}

/**
 * Sends each row to whoever may see it: those whose posts reach it, who did it, for whom it was done, who is named on it. Each
 * text is made once, the reach is decided once for all who reach the same, so that 10,000 readers cost 10,000 writes and
 * little else.
 */
export function fanOut(lines: Iterable<Line>, events: readonly LedgerEvent[], involved: Involved): number {
  const texts = events.map(ledgerText);
  const personal = personalRows(events, involved);
  const byReach = new Map<Reach, { rows: Set<number>; text: string }>();
  let sent = 0;
  for (const line of lines) {
    const common = byReach.get(line.reach) ?? commonTo(line.reach, events, texts);
    byReach.set(line.reach, common);
    const own = line.persons.flatMap((person) => personal.get(person) ?? []).filter((i) => !common.rows.has(i));
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

function personalRows(events: readonly LedgerEvent[], involved: Involved): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  events.forEach((event, i) => {
    const named = event.subject === null ? [] : (involved.get(event.subject) ?? []);
    for (const person of new Set([event.actor, event.behalf, ...named])) {
      if (person !== null) rows.set(person, [...(rows.get(person) ?? []), i]);
    }
  });
  return rows;
}
