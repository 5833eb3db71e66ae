import { addDays, chinaDate } from '#kernel/calendar.ts';
import { useNow, When } from '#kernel/web/clock.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { duty } from '../module.ts';
import { shiftRoles } from '../schema.ts';
import { words } from './rota-words.ts';

const backDays = 2;
const shown = 4;

/** What the shifts before left to be known: read before taking over. */
export function DutyNotes({ desk }: { desk: number }) {
  const today = chinaDate(useNow());
  const found = useApi(duty.rota, { desk, from: addDays(today, -backDays), to: today }, { staleTime: 60_000 }).data;
  if (found === undefined) return null;
  const notes = found.items.flatMap(({ id, handover, handoverAt, name, role }) =>
    handover !== null && handoverAt !== null ? [{ id, handover, handoverAt, name, role }] : [],
  );
  const latest = notes.sort((a, b) => b.handoverAt.localeCompare(a.handoverAt)).slice(0, shown);
  return (
    <section className="card on-duty" aria-labelledby="duty-notes">
      <h2 id="duty-notes">{say(words.notes)}</h2>
      {latest.length === 0 && <p className="quiet">{say(words.noNotes)}</p>}
      <ul className="book-rows">
        {latest.map((note) => (
          <li key={note.id}>
            <b>{note.name}</b> <span className="tag">{say(shiftRoles[note.role])}</span>
            <span className="quiet">
              <When at={note.handoverAt} />
            </span>
            <p className="shift-note">{note.handover}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
