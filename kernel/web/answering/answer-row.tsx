import { useId } from 'react';
import { type Answer, answeredWith, answerTo, type Item } from '../../form/form.ts';
import { fillText, pick } from '../../text.ts';
import { getLang, say } from '../words/words.ts';
import { AnswerInput } from './answer-input.tsx';
import { words } from './answering-words.ts';
import { BesideAnswer } from './beside-answer.tsx';

type Props = { item: Item; answer: Answer; wrong: string[]; onChange: (part: { [K in keyof Answer]?: Answer[K] | undefined }) => void };

/** One item as it is answered: its words and rules, the answer, what stands beside it, what is wrong with it. */
export function AnswerRow({ item, answer, wrong, onChange }: Props) {
  const id = useId();
  const lang = getLang();
  const value = answerTo({ [item.key]: answer }, item.key);
  const photosNeeded = item.mustPhoto && answeredWith(value, item.mustPhoto.when) ? (item.mustPhoto.min ?? 1) : 0;
  const finding = item.finding && answeredWith(value, item.finding.when) ? item.finding : undefined;
  return (
    <div className="answer-row" id={`item-${item.key}`} tabIndex={-1}>
      <p id={id} className="answer-label">
        {pick(item.label, lang)} {item.required && <span className="tag">{say(words.required)}</span>}{' '}
        {item.score && <span className="tag">{fillText(words.worth, { n: item.score.full }, lang)}</span>}{' '}
        {item.score?.veto && <span className="tag">{say(words.veto)}</span>}
      </p>
      {item.clause && <p className="quiet">{item.clause}</p>}
      {item.help && <p className="quiet">{pick(item.help, lang)}</p>}
      <AnswerInput item={item} labelledBy={id} value={value} onChange={(next) => onChange({ value: next })} />
      <div aria-live="polite">
        {finding && <p className="answer-note">{fillText(words.finding, { text: pick(finding.text, lang) }, lang)}</p>}
      </div>
      <BesideAnswer item={item} labelledBy={id} answer={answer} photosNeeded={photosNeeded} onChange={onChange} />
      <div aria-live="polite">
        {wrong.map((one) => (
          <p key={one} className="answer-wrong">
            {one}
          </p>
        ))}
      </div>
    </div>
  );
}
