import { fillText } from '#kernel/text.ts';
import { getLang, say } from '#kernel/web/words/words.ts';
import type { Identification, Step } from '../major-hazard.ts';
import { installationWords as words } from './words.ts';

const limitWord = { table1: words.table1, table2: words.table2 } as const;
const betaWord = { table3: words.table3, table4: words.table4, none: words.noBeta } as const;
const short = (value: number) => String(Number(value.toPrecision(6)));

/** Every step of the computation, with the table each figure comes from: whoever checks it can follow it by hand. */
export function IdentificationView({ found }: { found: Identification }) {
  const { sum, alpha, r, grade, major } = found;
  const name = grade === null ? '' : say(words.grades[grade - 1] ?? words.not);
  // One substance may be held in several tanks: lines are told apart by their place alone.
  const numbered = found.steps.map((step, i) => ({ key: String(i), step }));
  return (
    <section className="held-result">
      <h3>{say(words.result)}</h3>
      <div className="held-scroll">
        <table className="held-table">
          <thead>
            <tr>
              {[words.substance, words.amount, words.limit, words.share, words.beta, words.weighted].map((word) => (
                <th key={word.en} scope="col">
                  {say(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered.map(({ key, step }) => (
              <StepRow key={key} step={step} />
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {r === null
          ? fillText(words.stepsNone, { sum: short(sum) }, getLang())
          : fillText(words.steps, { sum: short(sum), alpha, r: short(r) }, getLang())}
      </p>
      <p>
        <b>{major ? fillText(words.isMajor, { grade: name }, getLang()) : say(words.isNone)}</b>
      </p>
    </section>
  );
}

function StepRow({ step }: { step: Step }) {
  return (
    <tr>
      <td>{step.name}</td>
      <td className="number">{short(step.amount)}</td>
      <td className="number">
        {short(step.limit)} <span className="quiet">{say(limitWord[step.limitFrom])}</span>
      </td>
      <td className="number">{short(step.share)}</td>
      <td className="number">
        {step.beta} <span className="quiet">{say(betaWord[step.betaFrom])}</span>
      </td>
      <td className="number">{short(step.weighted)}</td>
    </tr>
  );
}
