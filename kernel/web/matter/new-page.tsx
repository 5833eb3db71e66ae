import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { newId } from '../../id.ts';
import { act } from '../api.ts';
import { isPassing } from '../api-fault.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import { serverNow } from '../network.ts';
import { NotFound } from '../page-state.tsx';
import { toast } from '../parts/toast.tsx';
import { findWorkflow } from '../registry.ts';
import { kindSlug } from '../search-params.ts';
import { useMe } from '../session.ts';
import { usePage } from '../shell/page-title.ts';
import { kindWord } from '../state-tag.tsx';
import { getLang, say, t } from '../words/words.ts';
import { outcomeWords } from './outcome-words.ts';
import { readAgain, refreshMatters } from './use-submit-act.ts';

/** The form that starts a matter. Its id is made here, once, so that sending it twice makes one matter. */
export function NewPage() {
  const { kind, start } = useParams({ from: '/signed-in/new/$kind/$start' });
  const definition = findWorkflow(kind)?.starts[start];
  usePage({ title: kindWord(kind), to: `/m/${kindSlug(kind)}` }, { title: definition ? say(definition.label) : start });
  return definition ? <StartForm key={`${kind}.${start}`} kind={kind} start={start} /> : <NotFound />;
}

function StartForm({ kind, start }: { kind: string; start: string }) {
  const me = useMe();
  const navigate = useNavigate();
  const ids = useRef({ id: newId(), request: newId() });
  const definition = findWorkflow(kind)?.starts[start];
  if (!definition) return null;

  const submit = async (input: Record<string, unknown>): Promise<boolean> => {
    try {
      const acted = await act(kind, start, { ...ids.current, input });
      refreshMatters();
      const after = await readAgain(kind, acted.id);
      toast.done(outcomeWords(kind, start, acted, after, null, serverNow()));
      void navigate(after ? { to: '/m/$kind/$id', params: { kind, id: acted.id }, replace: true } : { to: '/', replace: true });
      return true;
    } catch (error) {
      if (!isPassing(error)) ids.current = { ...ids.current, request: newId() };
      throw error;
    }
  };

  return (
    <div className="page form-page">
      <header className="page-head">
        <h1 className="page-title">{say(definition.label)}</h1>
      </header>
      <p className="quiet form-lead">
        {t('new.lead')}
        {definition.because && (getLang() === 'zh' ? '。' : '. ')}
        {definition.because && t('record.because', { laws: definition.because.join(t('say.join')) })}
      </p>
      <SchemaForm
        schema={definition.input}
        facts={{ kind }}
        draft={`${me.person}.${kind}.${start}`}
        submitLabel={say(definition.label)}
        onSubmit={submit}
      />
    </div>
  );
}
