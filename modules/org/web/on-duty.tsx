import type { OutputOf } from '#kernel/contract.ts';
import { clockText, useNow } from '#kernel/web/clock.tsx';
import { Failed } from '#kernel/web/page-state.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { say, t } from '#kernel/web/words/words.ts';
import { duty } from '../module.ts';
import { shiftRoles } from '../schema.ts';
import { sayWith, words } from './rota-words.ts';

type Desk = OutputOf<typeof duty.onDuty>['items'][number];

/** Who keeps the watch at this moment: the chosen desk, and behind a fold the other desks one may ring. */
export function OnDuty({ desk }: { desk: number }) {
  const found = useApi(duty.onDuty, {}, { staleTime: 60_000 });
  if (found.data === undefined) return found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : null;
  const here = found.data.items.find((one) => one.desk === desk);
  const others = found.data.items.filter((one) => one.desk !== desk);
  return (
    <section className="card on-duty" aria-labelledby="on-duty">
      <h2 id="on-duty">{say(words.now)}</h2>
      {here && <Watch desk={here} />}
      {!here && <p className="quiet">{say(words.nobody)}</p>}
      {others.length > 0 && (
        <details>
          <summary>{sayWith(words.others, { n: others.length })}</summary>
          {others.map((other) => (
            <Watch key={other.desk} desk={other} />
          ))}
        </details>
      )}
    </section>
  );
}

function Watch({ desk }: { desk: Desk }) {
  const now = useNow();
  return (
    <>
      <h3>
        {desk.deskName} {desk.phone && <a href={`tel:${desk.phone}`}>{desk.phone}</a>}
      </h3>
      {desk.people.length === 0 && <p className="is-empty">{say(words.nobody)}</p>}
      <ul className="book-rows">
        {desk.people.map((one) => (
          <li key={one.shift}>
            <span className="tag">{say(shiftRoles[one.role])}</span>
            <b>{one.name}</b>
            <span className="quiet">{one.title}</span>
            <span className="quiet">{t('me.delegation_time', { from: clockText(one.startsAt, now), to: clockText(one.endsAt, now) })}</span>
            <span className={one.takenAt === null ? 'is-empty' : 'quiet'}>{say(one.takenAt === null ? words.notTaken : words.taken)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
