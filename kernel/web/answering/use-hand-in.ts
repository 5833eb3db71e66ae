import { useRef, useState } from 'react';
import type { OutputOf } from '../../contract.ts';
import { checkAnswers } from '../../form/check-answers.ts';
import type { Answers, Form } from '../../form/form.ts';
import { visibleAnswers } from '../../form/visible.ts';
import { answer } from '../../form-contract.ts';
import { newId } from '../../id.ts';
import { call } from '../api.ts';
import { isPassing } from '../api-fault.ts';

type Handed = OutputOf<typeof answer>;

/** Hands answers in, once: both ids stay the same until the server has given a definite answer. */
export function useHandIn(form: Form, subject: string | undefined, onHanded: (handed: Handed) => void) {
  const ids = useRef({ id: newId(), request: newId() });
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  /** True from the first try on: from then on what is missing is said as well. */
  const [tried, setTried] = useState(false);

  const handIn = async (answers: Answers): Promise<void> => {
    const given = visibleAnswers(form, answers);
    setTried(true);
    setFailure(undefined);
    if (checkAnswers(form, given).length > 0) return;
    setSending(true);
    try {
      const about = subject === undefined ? {} : { subject };
      const input = { id: ids.current.id, form: form.id, version: form.version, answers: given, ...about };
      onHanded(await call(answer, input, ids.current.request));
    } catch (error) {
      if (!isPassing(error)) ids.current = { ...ids.current, request: newId() };
      setFailure(error);
    } finally {
      setSending(false);
    }
  };
  return { handIn, sending, failure, tried };
}
