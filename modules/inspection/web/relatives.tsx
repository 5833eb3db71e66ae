import { Link } from '@tanstack/react-router';
import type { MatterRecord } from '#kernel/matter-contract.ts';
import { kindSlug } from '#kernel/web/search-params.ts';
import { StateTag } from '#kernel/web/state-tag.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { type RelativeLine, relatives } from '../queries.ts';
import { words } from './words.ts';
import './report-aid.css';

/** That a hazard came back is shown on both: the one that was closed, and the new one. */
export function Relatives({ record }: { record: MatterRecord }) {
  const found = useApi(relatives, { id: record.id });
  if (!found.data) return null;
  const { former, later } = found.data;
  return (
    <div className="report-aid">
      {former && <Lines title={say(words.former)} items={[former]} kind={record.kind} />}
      {later.length > 0 && <Lines title={say(words.later)} items={later} kind={record.kind} />}
    </div>
  );
}

function Lines({ title, items, kind }: { title: string; items: readonly RelativeLine[]; kind: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <Link to="/m/$kind/$id" params={{ kind: kindSlug(kind), id: one.id }}>
              {one.description}
              <span className="quiet">
                <StateTag kind={kind} state={one.state} /> {one.code}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
