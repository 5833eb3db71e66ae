import { holdsFor } from './condition.ts';
import { type Answers, answerTo, type Form, type Item, type Section } from './form.ts';

export type VisibleSection = { section: Section; items: Item[] };

/**
 * The sections and items that are asked, given the answers so far. Items are taken in order, and a condition sees only items that
 * are asked themselves: what was answered before it was hidden again no longer counts.
 */
export function visibleSections(form: Form, answers: Answers): VisibleSection[] {
  const asked = new Set<string>();
  const see = (item: string) => (asked.has(item) ? answerTo(answers, item) : undefined);
  const shown: VisibleSection[] = [];
  for (const section of form.sections) {
    if (section.when !== undefined && !holdsFor(section.when, see)) continue;
    const items = section.items.filter((item) => {
      if (item.when !== undefined && !holdsFor(item.when, see)) return false;
      asked.add(item.key);
      return true;
    });
    if (items.length > 0) shown.push({ section, items });
  }
  return shown;
}

export function visibleItems(form: Form, answers: Answers): Item[] {
  return visibleSections(form, answers).flatMap((one) => one.items);
}

/** The answers to what is asked: what the server stores. Answers to hidden or unknown items are left out. */
export function visibleAnswers(form: Form, answers: Answers): Answers {
  const kept: Answers = {};
  for (const { key } of visibleItems(form, answers)) {
    const answer = Object.hasOwn(answers, key) ? answers[key] : undefined;
    if (answer !== undefined) kept[key] = answer;
  }
  return kept;
}
