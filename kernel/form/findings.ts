import { type Answers, answeredWith, answerTo, type Finding, type Form, type Item } from './form.ts';
import { visibleItems } from './visible.ts';

/** A hidden danger proposed by a bad answer: the officer confirms, words it for the place, or strikes it out. */
export type ProposedFinding = { item: string; label: Item['label']; finding: Finding; photos: string[]; note: string };

/** The hidden dangers that the answers propose, in the order of the items. The item's own clause stands in for a missing one. */
export function findingsOf(form: Form, answers: Answers): ProposedFinding[] {
  return visibleItems(form, answers).flatMap((item) => {
    const { key, label, clause } = item;
    if (item.finding === undefined || !answeredWith(answerTo(answers, key), item.finding.when)) return [];
    const finding = item.finding.clause === undefined && clause !== undefined ? { ...item.finding, clause } : item.finding;
    return [{ item: key, label, finding, photos: answers[key]?.photos ?? [], note: answers[key]?.note ?? '' }];
  });
}
