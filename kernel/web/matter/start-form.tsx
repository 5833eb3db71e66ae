import { useNavigate } from '@tanstack/react-router';
import { Suspense, useRef } from 'react';
import { newId } from '../../id.ts';
import { act } from '../api.ts';
import { isPassing } from '../api-fault.ts';
import { SchemaForm } from '../form/schema-form.tsx';
import { findAid } from '../kind-parts.ts';
import { serverNow } from '../network.ts';
import { toast } from '../parts/toast.tsx';
import { findWorkflow } from '../registry.ts';
import { useMe } from '../session.ts';
import { say } from '../words/words.ts';
import { outcomeWords } from './outcome-words.ts';
import { readAgain, refreshMatters } from './use-submit-act.ts';

type Props = {
  kind: string;
  start: string;
  /** Known facts, among them the ids of what it is about, which the form does not show. */
  initial?: Record<string, unknown>;
  onCancel?: () => void;
};

/** The form that starts a matter. Its id is made here, once, so that sending it twice makes one matter. */
export function StartForm({ kind, start, initial, onCancel }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const ids = useRef({ id: newId(), request: newId() });
  const definition = findWorkflow(kind)?.starts[start];
  if (!definition) return null;
  const Aid = findAid(kind, start);

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
    <SchemaForm
      schema={definition.input}
      facts={{ kind }}
      {...(initial ? { initial } : { draft: `${me.person}.${kind}.${start}` })}
      submitLabel={say(definition.label)}
      onSubmit={submit}
      {...(Aid
        ? {
            aid: (
              <Suspense>
                <Aid />
              </Suspense>
            ),
          }
        : {})}
      {...(onCancel ? { onCancel } : {})}
    />
  );
}
