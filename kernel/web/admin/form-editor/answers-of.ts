import { possibleAnswers } from '../../../form/check-form.ts';
import type { Item } from '../../../form/form.ts';
import { pick } from '../../../text.ts';
import { words as answeringWords } from '../../answering/answering-words.ts';
import { getLang, say } from '../../words/words.ts';

export type AnswerOption = { value: string; label: string };

/** The answers an item may get, in words; null when they are no fixed list. */
export function answersOf(item: Item): AnswerOption[] | null {
  if (item.kind === 'choice') return item.options.map(({ value, label }) => ({ value, label: pick(label, getLang()) || value }));
  return (
    possibleAnswers(item)?.map((value) => ({
      value,
      label: value === 'pass' || value === 'fail' || value === 'na' ? say(answeringWords[value]) : value,
    })) ?? null
  );
}
