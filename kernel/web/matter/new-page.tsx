import { useParams } from '@tanstack/react-router';
import { NotFound } from '../page-state.tsx';
import { findWorkflow } from '../registry.ts';
import { kindSlug } from '../search-params.ts';
import { usePage } from '../shell/page-title.ts';
import { kindWord } from '../state-tag.tsx';
import { getLang, say, t } from '../words/words.ts';
import { StartForm } from './start-form.tsx';

/** Something new of one kind, e.g. 上报隐患. */
export function NewPage() {
  const { kind, start } = useParams({ from: '/signed-in/new/$kind/$start' });
  const definition = findWorkflow(kind)?.starts[start];
  usePage({ title: kindWord(kind), to: `/m/${kindSlug(kind)}` }, { title: definition ? say(definition.label) : start });
  if (!definition) return <NotFound />;
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
      <StartForm key={`${kind}.${start}`} kind={kind} start={start} />
    </div>
  );
}
