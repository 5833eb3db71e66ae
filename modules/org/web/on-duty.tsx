import { CallButton } from '#kernel/web/call-button.tsx';
import { clockText, useNow } from '#kernel/web/clock.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { say, t } from '#kernel/web/words/words.ts';
import { duty } from '../module.ts';
import { shiftRoles } from '../schema.ts';
import { words } from './words.ts';

/** Who keeps the watch at this moment, with hand-over and take-over for oneself. */
export function OnDuty({ desk }: { desk: number }) {
  const now = useNow();
  const found = useApi(duty.onDuty, {}).data?.items.find((one) => one.desk === desk);
  const refresh = ['org.onDuty', 'org.rota'];
  return (
    <section className="card on-duty">
      <h2>
        {say(words.onDuty)} {found?.phone && <span className="code quiet">{found.phone}</span>}
      </h2>
      {(found?.people ?? []).length === 0 && <p className="quiet">{say(words.nobody)}</p>}
      <ul className="book-rows">
        {found?.people.map((one) => (
          <li key={one.shift}>
            <span className="tag">{say(shiftRoles[one.role])}</span>
            <b>{one.name}</b>
            <span className="quiet">
              {one.title} · {t('me.delegation_time', { from: clockText(one.startsAt, now), to: clockText(one.endsAt, now) })}
              {one.takenAt && ` · ${say(words.taken)}`}
            </span>
            {one.mine && one.takenAt === null && (
              <CallButton contract={duty.takeOver} initial={{ shift: one.shift }} refresh={refresh} done={words.takenDone} />
            )}
            {one.mine && one.takenAt !== null && (
              <CallButton
                contract={duty.shiftHandover}
                initial={{ shift: one.shift }}
                draft={`org.handover.${one.shift}`}
                refresh={refresh}
                done={words.handoverDone}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
