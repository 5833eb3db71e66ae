import { useId } from 'react';
import { checkAnswers } from '../../form/check-answers.ts';
import { type Answers, type AnswerValue, answeredWith, answerTo, type Form, type Item } from '../../form/form.ts';
import { answerFaults } from '../../form/form-faults.ts';
import { scoreAnswers } from '../../form/score.ts';
import { visibleSections } from '../../form/visible.ts';
import { fillText, pick } from '../../text.ts';
import { getLang, say } from '../words/words.ts';
import { AnswerInput } from './answer-input.tsx';
import { words } from './answering-words.ts';
import './answering.css';

type Props = { form: Form; answers: Answers; onChange: (answers: Answers) => void };

/** A form as it is filled in: only what the answers so far ask for, each rule said beside its item, the score as it grows. */
export function AnswerForm({ form, answers, onChange }: Props) {
  const faults = checkAnswers(form, answers, { partial: true });
  const give = (key: string, value: AnswerValue | undefined) => {
    const { [key]: _, ...others } = answers;
    onChange(value === undefined ? others : { ...others, [key]: { value } });
  };
  return (
    <div className="answer-form">
      {visibleSections(form, answers).map(({ section, items }) => (
        <fieldset key={section.key} className="form-group">
          <legend>{pick(section.title, getLang())}</legend>
          {items.map((item) => (
            <AnswerRow
              key={item.key}
              item={item}
              value={answerTo(answers, item.key)}
              wrong={faults
                .filter((fault) => fault.item === item.key && fault.code !== 'form.answer_hidden')
                .map((fault) => fillText(answerFaults[fault.code].text, fault.details, getLang()))}
              onChange={(value) => give(item.key, value)}
            />
          ))}
        </fieldset>
      ))}
      <Total form={form} answers={answers} />
    </div>
  );
}

type RowProps = { item: Item; value: AnswerValue | undefined; wrong: string[]; onChange: (value: AnswerValue | undefined) => void };

function AnswerRow({ item, value, wrong, onChange }: RowProps) {
  const id = useId();
  const lang = getLang();
  const photos = item.mustPhoto && answeredWith(value, item.mustPhoto.when) ? (item.mustPhoto.min ?? 1) : 0;
  const finding = item.finding && answeredWith(value, item.finding.when) ? item.finding : undefined;
  return (
    <div className="answer-row">
      <p id={id}>
        {pick(item.label, lang)} {item.required && <span className="tag">{say(words.required)}</span>}{' '}
        {item.score && <span className="tag">{fillText(words.worth, { n: item.score.full }, lang)}</span>}{' '}
        {item.score?.veto && <span className="tag">{say(words.veto)}</span>}
      </p>
      {item.clause && <p className="quiet">{item.clause}</p>}
      {item.help && <p className="quiet">{pick(item.help, lang)}</p>}
      <AnswerInput item={item} labelledBy={id} value={value} onChange={onChange} />
      <div aria-live="polite">
        {wrong.map((one) => (
          <p key={one} className="answer-wrong">
            {one}
          </p>
        ))}
        {photos > 0 && <p className="answer-note">{fillText(words.photos, { n: photos }, lang)}</p>}
        {finding && <p className="answer-note">{fillText(words.finding, { text: pick(finding.text, lang) }, lang)}</p>}
      </div>
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
