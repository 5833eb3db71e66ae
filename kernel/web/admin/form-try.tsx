import { Button } from 'antd';
import { useState } from 'react';
import type { Answers, Form } from '../../form/form.ts';
import { AnswerForm } from '../answering/answer-form.tsx';
import { keepHere, SendFileContext } from '../form/send-file.ts';
import { say } from '../words/words.ts';
import { words } from './form-words.ts';

/** The form as people in the field will meet it, with its conditions and its score; nothing is sent. */
export function FormTry({ form }: { form: Form }) {
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <>
      <p className="quiet">{say(words.tryHelp)}</p>
      <SendFileContext value={keepHere}>
        <AnswerForm form={form} answers={answers} onChange={setAnswers} />
      </SendFileContext>
      <Button onClick={() => setAnswers({})} disabled={Object.keys(answers).length === 0}>
        {say(words.clear)}
      </Button>
    </>
  );
}
