import {
  type Band,
  type ControlLevel,
  controlLevels,
  controlOf,
  type DirectMajor,
  type GradingTable,
  gradingTables,
  type Level,
} from './grading-tables.ts';

/** The value of each factor by its key, as the table lists them. */
export type Factors = Readonly<Record<string, number>>;

export type Grading = {
  version: string;
  score: number;
  grade: string;
  level: Level;
  /** Why it is a major risk whatever the score says. */
  direct: readonly DirectMajor[];
  control: ControlLevel;
};

export type GradingFault = { factor: string; given: number | null; allowed: readonly number[] };

/** The table with this version; undefined when there was never one. */
export function findTable(version: string): GradingTable | undefined {
  return gradingTables.find((table) => table.version === version);
}

/** The factors that are missing, foreign or not a value of the table. */
export function factorFaults(table: GradingTable, factors: Factors): GradingFault[] {
  const wrong = table.factors.flatMap((factor) => {
    const allowed = factor.values.map((one) => one.value);
    const given = Object.hasOwn(factors, factor.key) ? factors[factor.key] : undefined;
    return given !== undefined && allowed.includes(given) ? [] : [{ factor: factor.key, given: given ?? null, allowed }];
  });
  const known = table.factors.map((factor) => factor.key);
  const foreign = Object.keys(factors).filter((key) => !known.includes(key));
  return [...wrong, ...foreign.map((factor) => ({ factor, given: factors[factor] ?? null, allowed: [] }))];
}

/**
 * Score, grade and level of one risk event by one table.
 * `direct`: the rules that make it major without regard to the score (DB37/T 2882).
 * @throws RangeError when a factor is missing or not in the table; ask `factorFaults` before.
 */
export function grade(table: GradingTable, factors: Factors, direct: readonly DirectMajor[] = []): Grading {
  const faults = factorFaults(table, factors);
  if (faults.length > 0) throw new RangeError(`not values of ${table.version}: ${faults.map((one) => one.factor).join(', ')}`);
  const score = scoreOf(table, factors);
  const band = bandOf(table, score);
  const level: Level = direct.length > 0 ? 1 : band.level;
  return {
    version: table.version,
    score,
    grade: level === band.level ? band.grade : 'A',
    level,
    direct: [...direct],
    control: controlOf[level],
  };
}

/** Products of table values have at most three decimals; binary noise behind them must not move a score over a bound. */
function scoreOf(table: GradingTable, factors: Factors): number {
  const product = table.factors.reduce((score, factor) => score * (factors[factor.key] ?? 0), 1);
  return Math.round(product * 1000) / 1000;
}

function bandOf(table: GradingTable, score: number): Band {
  const band = table.bands.find((one) => score >= one.from);
  if (band === undefined) throw new RangeError(`${table.version} has no band for ${score}`);
  return band;
}

/** A point, unit or installation is as dangerous as the worst of what it holds; null when nothing is graded. */
export function worst(levels: readonly (Level | null)[]): Level | null {
  const known = levels.filter((level) => level !== null);
  return known.length === 0 ? null : (Math.min(...known) as Level);
}

/** Every level that has to carry a measure out: the one in charge and all below it. */
export function controlledBy(control: ControlLevel): ControlLevel[] {
  const all = Object.keys(controlLevels) as ControlLevel[];
  return all.slice(all.indexOf(control));
}
