import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { OutputOf } from '../../contract.ts';
import type { Form } from '../../form/form.ts';
import type { answer } from '../../form-contract.ts';
import { fillText, formatNumber, pick } from '../../text.ts';
import { fillPlaces, getLang, say } from '../words/words.ts';
import { words } from './answering-words.ts';
import { ProposedFinding } from './proposed-finding.tsx';

type Handed = OutputOf<typeof answer>;

/** What came of a form that was handed in: the score, and the hidden dangers it proposes to report. */
export function FillResult({ form, handed, onAgain }: { form: Form; handed: Handed; onAgain: () => void }) {
  const lang = getLang();
  return (
    <section className="fill result" aria-live="polite">
      <h2>{fillText(words.handedIn, { title: pick(form.title, lang) }, lang)}</h2>
      {handed.score ? <ScoreShown form={form} score={handed.score} /> : <p className="quiet">{say(words.noScore)}</p>}
      {handed.findings.length === 0 ? (
        <p>{say(words.noFindings)}</p>
      ) : (
        <div>
          <h3>{fillPlaces(say(words.findings), { n: handed.findings.length })}</h3>
          <ul className="result-findings">
            {handed.findings.map((one) => (
              <ProposedFinding key={one.item} {...one} />
            ))}
          </ul>
        </div>
      )}
      <div className="form-buttons">
        <Button onClick={onAgain}>{say(words.again)}</Button>
        <Link to="/forms">{say(words.back)}</Link>
      </div>
    </section>
  );
}

function ScoreShown({ form, score }: { form: Form; score: NonNullable<Handed['score']> }) {
  const lang = getLang();
  const titles = new Map(form.sections.map((section) => [section.key, pick(section.title, lang)]));
  const scored = score.bySection.filter((one) => one.max > 0);
  return (
    <>
      <p className="result-score">
        <b>{fillText(words.score, { score: score.score, max: score.max }, lang)}</b>
        {score.percent !== null && <span>{fillText(words.percent, { percent: score.percent }, lang)}</span>}
        {score.vetoed.length > 0 && <span className="answer-wrong">{say(words.fails)}</span>}
      </p>
      {scored.length > 1 && (
        <dl className="details" aria-label={say(words.bySection)}>
          {scored.map((one) => (
            <div key={one.key} className="detail">
              <dt>{titles.get(one.key) ?? one.key}</dt>
              <dd>
                {formatNumber(one.score)} / {formatNumber(one.max)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
