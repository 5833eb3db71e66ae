import type { DraftFault } from '../../../form/edit/draft-faults.ts';
import { fillText } from '../../../text.ts';
import { getLang } from '../../words/words.ts';

/** What is wrong with one item or section, beside it. */
export function FaultNotes({ faults }: { faults: readonly DraftFault[] }) {
  const lang = getLang();
  return (
    <div aria-live="polite">
      {faults.map((fault) => {
        const text = fillText(fault.words, fault.details, lang);
        return (
          <p key={text} className="answer-wrong">
            {text}
          </p>
        );
      })}
    </div>
  );
}
