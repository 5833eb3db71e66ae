import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '../../contract.ts';
import { type answer, get, list } from '../../form-contract.ts';
import { pick } from '../../text.ts';
import { Bones, Failed } from '../page-state.tsx';
import { usePage } from '../shell/page-title.ts';
import { useApi } from '../use-api.ts';
import { getLang, say } from '../words/words.ts';
import { words } from './answering-words.ts';
import { FillForm } from './fill-form.tsx';
import { FillResult } from './fill-result.tsx';

type Handed = OutputOf<typeof answer>;

/** A published form as somebody in the field fills it in; after that, what came of it. */
export function FillPage() {
  const { form: id } = useParams({ from: '/signed-in/forms/$form/fill' });
  const { subject } = useSearch({ from: '/signed-in/forms/$form/fill' });
  // The version that was opened is the one that is filled in, even if a newer one is published meanwhile.
  const { data, error, refetch } = useApi(get, { id }, { staleTime: Number.POSITIVE_INFINITY });
  const [handed, setHanded] = useState<Handed>();
  const title = data ? pick(data.title, getLang()) : say(words.fill);
  usePage({ title: say(list.label), to: '/forms' }, { title });
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={6} />;
  return (
    <div className="page form-page">
      <header className="page-head">
        <h1 className="page-title">{title}</h1>
      </header>
      {handed ? (
        <FillResult form={data.form} handed={handed} onAgain={() => setHanded(undefined)} />
      ) : (
        <>
          <p className="quiet form-lead">{say(words.lead)}</p>
          <FillForm form={data.form} subject={subject} onHanded={setHanded} />
        </>
      )}
    </div>
  );
}
