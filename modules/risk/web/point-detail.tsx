import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { fillText } from '#kernel/text.ts';
import { Fact } from '#kernel/web/book/book-page.tsx';
import { clockText, dateText, useNow } from '#kernel/web/clock.tsx';
import { Bones, Failed } from '#kernel/web/page-state.tsx';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { getLang, say, t } from '#kernel/web/words/words.ts';
import { assessment } from '../assessment.workflow.ts';
import { point } from '../module.ts';
import { assessmentReasons, pointTypes } from '../schema.ts';
import { OpenDialog } from './open-dialog.tsx';
import { TreeView } from './tree-view.tsx';
import { words } from './words.ts';

const reasonWord = (reason: string) => say(assessmentReasons[reason as keyof typeof assessmentReasons] ?? { zh: reason, en: reason });

/** One risk point: what is in force, and every version before. */
export function PointDetail({ id }: { id: string }) {
  const me = useMe();
  const now = useNow();
  const [version, setVersion] = useState<number>();
  const [again, setAgain] = useState(false);
  const { data, error, refetch } = useApi(point, { id, version }, { keep: true });
  if (data === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={6} />;
  const { tree } = data;
  return (
    <>
      <h2>{data.name}</h2>
      <dl className="details">
        <Fact label={say(words.site)} wide>
          <Link to="/sites" search={{ id: data.site }}>
            {data.siteName}
          </Link>
        </Fact>
        <Fact label={say(words.type)}>{say(pointTypes[tree.type])}</Fact>
        <Fact label={say(words.place)}>{tree.place ?? t('record.empty_value')}</Fact>
        <Fact label={say(words.keeper)}>{[data.department, data.keeper].filter(Boolean).join(' / ') || t('record.empty_value')}</Fact>
        <Fact label={say(words.due)}>
          {data.overdue ? <span className="late">{say(words.overdue)}</span> : dateText(data.reassessDue, now)}
        </Fact>
      </dl>
      <p className="book-buttons">
        {mayUse(me, assessment.starts.open.by) && <Button onClick={() => setAgain(true)}>{say(words.reassess)}</Button>}
        <Link to="/checks" search={{ site: data.site }}>
          {say(words.checks)}
        </Link>
      </p>
      <TreeView tree={tree} />
      <h3>{say(words.versions)}</h3>
      <ul className="book-rows">
        {data.versions.map((one) => (
          <li key={one.version}>
            <button
              type="button"
              className="link-button"
              aria-pressed={one.version === (version ?? data.version)}
              onClick={() => setVersion(one.version)}
            >
              {fillText(words.version, { n: one.version }, getLang())}
            </button>
            <span>{reasonWord(one.reason)}</span>
            <span className="quiet">{clockText(one.at, now)}</span>
            <Link to="/m/$kind/$id" params={{ kind: assessment.kind, id: one.assessment }}>
              {say(words.history)}
            </Link>
          </li>
        ))}
      </ul>
      {again && <OpenDialog riskPoint={id} site={data.site} name={data.name} onClose={() => setAgain(false)} />}
    </>
  );
}
