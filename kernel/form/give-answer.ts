import type { Answer, Answers } from './form.ts';

const isEmpty = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The answers with a part of one of them given anew; what is empty is taken away, and with its last part the answer. */
export function giveAnswer(answers: Answers, item: string, part: { [K in keyof Answer]?: Answer[K] | undefined }): Answers {
  const { [item]: before, ...others } = answers;
  const kept = Object.entries({ ...before, ...part }).filter(([, value]) => !isEmpty(value));
  return kept.length === 0 ? others : { ...others, [item]: Object.fromEntries(kept) as Answer };
}
