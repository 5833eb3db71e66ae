import { type Answers, answeredWith, answerTo, type Form, type Item, type ScoreRule } from './form.ts';
import { visibleSections } from './visible.ts';

export type SectionScore = { key: string; weight: number | null; score: number; max: number; percent: number | null };

/**
 * `score` of `max` points; `percent` 0 to 100 with two decimals, by section weights where the form has them, null when nothing
 * was scored (all 不适用). `vetoed` lists the items that fail the form as a whole, whatever the percentage says.
 */
export type Score = { score: number; max: number; percent: number | null; vetoed: string[]; bySection: SectionScore[] };

/**
 * Scores what is asked. An item answered 不适用 counts neither way; one not answered yet counts as nothing of its full points,
 * so that the percentage of a half-filled form can only rise.
 */
export function scoreAnswers(form: Form, answers: Answers): Score {
  const vetoed: string[] = [];
  const bySection = visibleSections(form, answers).map(({ section, items }): SectionScore => {
    let score = 0;
    let max = 0;
    for (const item of items) {
      const got = scoreItem(item, answers);
      if (got === null) continue;
      score += got.points;
      max += got.full;
      if (got.veto) vetoed.push(item.key);
    }
    return { key: section.key, weight: section.weight ?? null, score: tidy(score), max: tidy(max), percent: percentOf(score, max) };
  });
  const score = bySection.reduce((sum, one) => sum + one.score, 0);
  const max = bySection.reduce((sum, one) => sum + one.max, 0);
  return { score: tidy(score), max: tidy(max), percent: overall(bySection, score, max), vetoed, bySection };
}

type Got = { points: number; full: number; veto: boolean };

function scoreItem(item: Item, answers: Answers): Got | null {
  const rule = item.score;
  if (rule === undefined) return null;
  const value = answerTo(answers, item.key);
  const veto = answeredWith(value, rule.veto ?? []);
  if (item.kind === 'yesno' && value === 'na') return { points: 0, full: 0, veto };
  return { points: Math.min(rule.full, worth(rule, value)), full: rule.full, veto };
}

function worth(rule: ScoreRule, value: unknown): number {
  if (typeof value === 'number') {
    const band = rule.bands?.find(({ min, max }) => (min === undefined || value >= min) && (max === undefined || value < max));
    return band?.points ?? 0;
  }
  const given = Array.isArray(value) ? value : [value];
  const { points } = rule;
  if (points === undefined) return given.includes('pass') ? rule.full : 0;
  return [...new Set(given)].reduce(
    (sum: number, one) => sum + (typeof one === 'string' && Object.hasOwn(points, one) ? (points[one] ?? 0) : 0),
    0,
  );
}

function overall(sections: readonly SectionScore[], score: number, max: number): number | null {
  const weighted = sections.filter((one) => one.weight !== null && one.max > 0);
  if (weighted.length === 0) return percentOf(score, max);
  const total = weighted.reduce((sum, one) => sum + (one.weight ?? 0), 0);
  const got = weighted.reduce((sum, one) => sum + ((one.weight ?? 0) * one.score) / one.max, 0);
  return percentOf(got, total);
}

function percentOf(score: number, max: number): number | null {
  return max > 0 ? Math.round((score / max) * 10_000) / 100 : null;
}

/** Takes the dust of binary fractions off a sum of points. */
function tidy(sum: number): number {
  return Math.round(sum * 1e6) / 1e6;
}
