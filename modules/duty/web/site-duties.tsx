import { dateText, useNow } from '#kernel/web/clock.tsx';
import { Bones, Failed } from '#kernel/web/page-state.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { fillPlaces, say } from '#kernel/web/words/words.ts';
import { register } from '../module.ts';
import { side as sideSchema, sides } from '../schema.ts';
import { AssignButton } from './assign-button.tsx';
import { EndButton } from './end-button.tsx';
import { SiteLink } from './site-link.tsx';
import { words } from './words.ts';

/** Everybody who answers for one object, by side: where a gap is filled and a crossing is settled. */
export function SiteDuties({ site, name }: { site: string; name?: string | undefined }) {
  const now = useNow();
  const { data, error, refetch } = useApi(register, { site, limit: 200 });
  if (data === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={3} />;
  const siteName = name ?? data.items[0]?.siteName ?? '';
  return (
    <>
      <h2>
        <SiteLink id={site} name={siteName || say(words.site)} />
      </h2>
      {sideSchema.options.map((side) => {
        const lines = data.items.filter((line) => line.side === side);
        return (
          <section key={side}>
            <h3>
              {say(sides[side])} <AssignButton site={site} siteName={siteName} side={side} />
            </h3>
            {lines.length === 0 && <p className="quiet">{say(words.why_none)}</p>}
            <ul className="book-rows">
              {lines.map((line) => (
                <li key={line.id}>
                  <b>{line.officialName}</b>
                  <span>{line.unitName}</span>
                  <span className="quiet">
                    {line.itemTitle} · {fillPlaces(say(words.from), { day: dateText(line.since, now) })}
                  </span>
                  <EndButton id={line.id} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}
