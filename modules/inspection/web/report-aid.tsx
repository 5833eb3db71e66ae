import { SearchOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Form, Input } from 'antd';
import { useDeferredValue, useId, useState } from 'react';
import type { OutputOf } from '#kernel/contract.ts';
import { kindSlug } from '#kernel/web/search-params.ts';
import { StateTag } from '#kernel/web/state-tag.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { fillPlaces, say } from '#kernel/web/words/words.ts';
import { hazard } from '../hazard.workflow.ts';
import { similar, wordings } from '../queries.ts';
import { words } from './words.ts';
import './report-aid.css';

type Wording = OutputOf<typeof wordings>['items'][number];

/** Standard wordings to choose from, and what is already known at the same place. */
export function ReportAid() {
  return (
    <div className="report-aid">
      <Library />
      <Similar />
    </div>
  );
}

function Library() {
  const form = Form.useFormInstance();
  const id = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Wording>();
  const asked = useDeferredValue(text.trim());
  const found = useApi(wordings, { text: asked, limit: 6 }, { enabled: asked.length > 0, keep: true, staleTime: 600_000 });
  const choose = (one: Wording) => {
    setChosen(one);
    setText('');
    const { text: description, category, requirement, id: wording } = one;
    // What is rectified on the spot has no grade to fill: it is general.
    const graded = form.getFieldValue('grade') === undefined ? {} : { grade: one.grade };
    form.setFieldsValue({ description, category, requirement, wording, ...graded });
  };
  return (
    <div>
      <label htmlFor={id}>{say(words.library)}</label>
      <Input
        id={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={say(words.find)}
        prefix={<SearchOutlined />}
        onPressEnter={(event) => event.preventDefault()}
        allowClear
      />
      {asked !== '' && found.data && (
        <ul>
          {found.data.items.map((one) => (
            <li key={one.id}>
              <button type="button" onClick={() => choose(one)}>
                {one.text}
                <span className="quiet">{`${one.group} · ${one.basis.name}`}</span>
              </button>
            </li>
          ))}
          {found.data.items.length === 0 && <li className="quiet">{say(words.none)}</li>}
        </ul>
      )}
      {chosen && asked === '' && (
        <p role="status">
          {`${say(words.chosen)}：${chosen.text}`}
          <span className="quiet">{`${say(words.basis)} ${chosen.basis.name}：${chosen.basis.quote}`}</span>
          {chosen.penalty && <span className="quiet">{`${say(words.penalty)} ${chosen.penalty.name}：${chosen.penalty.quote}`}</span>}
        </p>
      )}
    </div>
  );
}

type Point = { lng: number; lat: number };

function Similar() {
  const form = Form.useFormInstance();
  const site: unknown = Form.useWatch('site', form);
  const org: unknown = Form.useWatch('org', form);
  const point = Form.useWatch('point', form) as Point | undefined;
  const said: unknown = Form.useWatch('description', form);
  const description = useDeferredValue(typeof said === 'string' ? said.trim() : '');
  const place = {
    ...(typeof site === 'string' ? { site } : {}),
    ...(typeof org === 'number' ? { org } : {}),
    ...(point ? { lng: point.lng, lat: point.lat } : {}),
  };
  const ready = description.length >= 4 && (typeof site === 'string' || typeof org === 'number');
  const found = useApi(similar, { ...place, description }, { enabled: ready, keep: true });
  if (!ready || !found.data || found.data.items.length === 0) return null;
  return (
    <section role="status">
      <b>{say(words.similar)}</b>
      <ul>
        {found.data.items.map((one) => (
          <li key={one.id}>
            <Link to="/m/$kind/$id" params={{ kind: kindSlug(hazard.kind), id: one.id }} target="_blank">
              {one.description}
              <span className="quiet">
                <StateTag kind={hazard.kind} state={one.state} /> {one.code} ·{' '}
                {fillPlaces(say(words.alike), { n: Math.round(one.likeness * 100) })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
