import type { ReactNode } from 'react';
import { checkAnswers } from '../../form/check-answers.ts';
import type { Answers, Form } from '../../form/form.ts';
import { type AnswerFault, answerFaults } from '../../form/form-faults.ts';
import { giveAnswer } from '../../form/give-answer.ts';
import { scoreAnswers } from '../../form/score.ts';
import { visibleSections } from '../../form/visible.ts';
import { fillText, pick } from '../../text.ts';
import { getLang } from '../words/words.ts';
import { AnswerRow } from './answer-row.tsx';
import { words } from './answering-words.ts';
import './answering.css';

type Props = {
  form: Form;
  answers: Answers;
  onChange: (answers: Answers) => void;
  /** Says also what is still missing: after the first try to hand in. */
  whole?: boolean;
  /** Stands with the score at the foot: the buttons. */
  children?: ReactNode;
};

export const faultWords = (fault: AnswerFault): string => fillText(answerFaults[fault.code].text, fault.details, getLang());

/** A form as it is filled in: only what the answers so far ask for, each rule said beside its item, the score as it grows. */
export function AnswerForm({ form, answers, onChange, whole = false, children }: Props) {
  const faults = checkAnswers(form, answers, { partial: !whole }).filter((fault) => fault.code !== 'form.answer_hidden');
  return (
    <div className="answer-form">
      {visibleSections(form, answers).map(({ section, items }) => (
        <fieldset key={section.key} className="form-group">
          <legend>{pick(section.title, getLang())}</legend>
          {items.map((item) => (
            <AnswerRow
              key={item.key}
              item={item}
              answer={answers[item.key] ?? {}}
              wrong={faults.filter((fault) => fault.item === item.key).map(faultWords)}
              onChange={(part) => onChange(giveAnswer(answers, item.key, part))}
            />
          ))}
        </fieldset>
      ))}
      <footer className="answer-foot">
        <Total form={form} answers={answers} />
        {children}
      </footer>
    </div>
  );
}

function Total({ form, answers }: { form: Form; answers: Answers }) {
  const { score, max, percent, vetoed } = scoreAnswers(form, answers);
  const lang = getLang();
  if (max === 0) return null;
  return (
    <p className="answer-total" role="status">
      <b>{fillText(words.score, { score, max }, lang)}</b>
      {percent !== null && <span>{fillText(words.percent, { percent }, lang)}</span>}
      {vetoed.length > 0 && <span className="answer-wrong">{fillText(words.vetoed, { n: vetoed.length }, lang)}</span>}
    </p>
  );
}
