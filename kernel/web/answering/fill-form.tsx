import { Button } from 'antd';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { OutputOf } from '../../contract.ts';
import { checkAnswers } from '../../form/check-answers.ts';
import { type Answers, answersSchema, type Form, itemsOf } from '../../form/form.ts';
import { visibleAnswers } from '../../form/visible.ts';
import type { answer } from '../../form-contract.ts';
import { pick } from '../../text.ts';
import type { Bad } from '../form/issues.ts';
import { PendingContext } from '../form/pending.tsx';
import { Restored } from '../form/restored.tsx';
import { Trouble } from '../form/trouble.tsx';
import { useDraft } from '../form/use-draft.ts';
import { useMe } from '../session.ts';
import { getLang, say, t } from '../words/words.ts';
import { AnswerForm, faultWords } from './answer-form.tsx';
import { words } from './answering-words.ts';
import { useHandIn } from './use-hand-in.ts';

type Props = { form: Form; subject: string | undefined; onHanded: (handed: OutputOf<typeof answer>) => void };

/** What stands in the way of handing in, by item, as the summary at the top says it. */
function badOf(form: Form, answers: Answers): Bad[] {
  const labels = new Map(itemsOf(form).map((item) => [item.key, pick(item.label, getLang())]));
  return checkAnswers(form, visibleAnswers(form, answers)).map((fault) => {
    const label = labels.get(fault.item) ?? fault.item;
    return { path: [fault.item], label, words: `${label}${getLang() === 'zh' ? '：' : ': '}${faultWords(fault)}` };
  });
}

function showItem(key: string | number | undefined): void {
  const row = document.getElementById(`item-${key}`);
  row?.scrollIntoView({ block: 'start' });
  row?.focus({ preventScroll: true });
}

/** Fills in and hands in; what is typed stays on this device until it has arrived. */
export function FillForm({ form, subject, onHanded }: Props) {
  const me = useMe();
  const draft = useDraft(`${me.person}.form.${form.id}@${form.version}${subject ? `.${subject}` : ''}`, []);
  const [answers, setAnswers] = useState<Answers>(() => answersSchema.safeParse(draft.restored?.values ?? {}).data ?? {});
  const pending = useRef(new Set<string>());
  const tell = useCallback((field: string, busy: boolean) => {
    if (busy) pending.current.add(field);
    else pending.current.delete(field);
  }, []);
  const [waiting, setWaiting] = useState(false);
  const id = useId();
  const { handIn, sending, failure, tried } = useHandIn(form, subject, (handed) => {
    draft.drop();
    onHanded(handed);
  });
  const bad: Bad[] = waiting ? [{ path: [], label: '', words: t('photo.waiting') }] : tried ? badOf(form, answers) : [];

  const [submits, setSubmits] = useState(0);
  useEffect(() => {
    if (submits > 0) document.getElementById(`${id}-bad`)?.scrollIntoView({ block: 'start' });
  }, [submits, id]);

  const change = (next: Answers) => {
    setAnswers(next);
    setWaiting(false);
    draft.keep(next);
  };
  const submit = () => {
    setWaiting(pending.current.size > 0);
    if (pending.current.size === 0) void handIn(answers).then(() => setSubmits((n) => n + 1));
  };

  return (
    <PendingContext value={tell}>
      <section className="fill" aria-label={pick(form.title, getLang())}>
        {draft.restored && (
          <Restored
            at={draft.restored.at}
            onClear={() => {
              draft.drop();
              setAnswers({});
            }}
          />
        )}
        <div id={`${id}-bad`} className="form-trouble" role="alert">
          <Trouble bad={bad} failure={failure} onGo={(path) => showItem(path[0])} />
        </div>
        <AnswerForm form={form} answers={answers} onChange={change} whole={tried}>
          <div className="form-buttons">
            <Button type="primary" loading={sending} onClick={submit}>
              {say(words.handIn)}
            </Button>
            <span className="quiet form-kept">{t('form.draft_kept')}</span>
          </div>
        </AnswerForm>
      </section>
    </PendingContext>
  );
}
