/** What an enterprise's double prevention did in one period (双重预防机制数字化系统运行效果). */
export type Running = {
  /** Check rounds due, and done in time. */
  planned: number;
  done: number;
  /** Hazards due for rectification, and accepted. */
  due: number;
  accepted: number;
  /** Points taken off for duties of the three responsible persons not performed (包保履职), and for suspiciously few hazards. */
  dutyDeduction: number;
  fewDeduction: number;
  /** A veto item (一票否决) makes it nothing. */
  veto: boolean;
};

export const effectGrades = {
  excellent: { zh: '优', en: 'Excellent' },
  good: { zh: '良', en: 'Good' },
  fair: { zh: '中', en: 'Fair' },
  poor: { zh: '差', en: 'Poor' },
} as const;
export type EffectGrade = keyof typeof effectGrades;

/** The bounds are not in the text that was read: defaults a bureau may set. */
export const effectBounds = { excellent: 90, good: 80, fair: 60 } as const;

export type Effect = { tasks: number; hazards: number; score: number; grade: EffectGrade };

/**
 * E = (A + B)·α, with A = done/planned·50 − duty deduction, B = accepted/due·50 − deduction for too few, α = 0 on veto.
 * Where nothing was planned or due, that half is full: nobody is late with nothing. Halves do not fall below 0. Two decimals.
 */
export function runningEffect(running: Running, bounds: Record<Exclude<EffectGrade, 'poor'>, number> = effectBounds): Effect {
  const half = (part: number, whole: number, off: number) => Math.max(0, (whole === 0 ? 1 : part / whole) * 50 - off);
  const tasks = round(half(running.done, running.planned, running.dutyDeduction));
  const hazards = round(half(running.accepted, running.due, running.fewDeduction));
  const score = running.veto ? 0 : round(tasks + hazards);
  const grade = score >= bounds.excellent ? 'excellent' : score >= bounds.good ? 'good' : score >= bounds.fair ? 'fair' : 'poor';
  return { tasks, hazards, score, grade };
}

const round = (value: number) => Math.round(value * 100) / 100;
