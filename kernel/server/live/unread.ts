import { newId } from '../../id.ts';
import type { Runtime } from '../context.ts';
import { type Line, send } from './line.ts';
import { noticeText } from './message.ts';

/** Notices are committed a little after their ids are made, by other processes too: the look back overlaps by this much. */
const overlapMs = 5000;

/** Tells everybody connected how many notices are unread, when that changes. */
export function makeUnreadWatch(runtime: Runtime) {
  let mark = newId(Date.now() - overlapMs);

  /** Persons who got a notice since the last look. Ids are UUIDv7: their order is the order of time. */
  const told = async (): Promise<string[]> => {
    const next = newId(Date.now() - overlapMs);
    const guard = await runtime.system();
    const result = await runtime.db.read(guard, (tx) =>
      tx.client.run<{ person: string }>('select distinct person from kernel.notice where id > $1', [mark]),
    );
    mark = next;
    return result.rows.map((row) => row.person);
  };

  const count = async (persons: readonly string[]): Promise<Map<string, number>> => {
    const guard = await runtime.system();
    const result = await runtime.db.read(guard, (tx) =>
      tx.client.run<{ person: string; unread: number }>(
        'select person, count(*)::int as unread from kernel.notice where person = any($1::uuid[]) and read_at is null group by person',
        [[...persons]],
      ),
    );
    const found = new Map(result.rows.map((row) => [row.person, row.unread]));
    return new Map(persons.map((person) => [person, found.get(person) ?? 0]));
  };

  const tell = async (lines: readonly Line[]): Promise<void> => {
    if (lines.length === 0) return;
    const counts = await count([...new Set(lines.map((line) => line.person))]);
    for (const line of lines) {
      const unread = counts.get(line.person) ?? 0;
      if (line.unread === unread) continue;
      line.unread = unread;
      send(line, noticeText(unread));
    }
  };

  return {
    tell,
    /** After new notices, and after somebody has read some. */
    async look(lines: ReadonlySet<Line>, readers: readonly string[]): Promise<void> {
      const changed = new Set([...(await told()), ...readers]);
      if (changed.size > 0) await tell([...lines].filter((line) => changed.has(line.person)));
    },
  };
}

export type UnreadWatch = ReturnType<typeof makeUnreadWatch>;
