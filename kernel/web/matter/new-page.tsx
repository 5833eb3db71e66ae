import { useParams, useSearch } from '@tanstack/react-router';
import { z } from 'zod';
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
  const given = useSearch({ from: '/signed-in/new/$kind/$start' });
  const definition = findWorkflow(kind)?.starts[start];
  usePage({ title: kindWord(kind), to: `/m/${kindSlug(kind)}` }, { title: definition ? say(definition.label) : start });
  if (!definition) return <NotFound />;
  const known = knownFields(definition.input, given);
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
      <StartForm
        key={`${kind}.${start} ${JSON.stringify(known)}`}
        kind={kind}
        start={start}
        {...(Object.keys(known).length > 0 ? { initial: known } : {})}
      />
    </div>
  );
}

/** What the address brings along and the form's own schema accepts; anything else in it is not read. */
function knownFields(schema: z.ZodObject, given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, field]) => {
      const read = name in given && field instanceof z.ZodType ? field.safeParse(given[name]) : undefined;
      return read?.success && read.data !== undefined ? [[name, given[name]]] : [];
    }),
  );
}
