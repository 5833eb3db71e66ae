import {
  type Category,
  categories,
  exposure,
  gb18218,
  grades,
  type MajorGrade,
  type Substance,
  substances,
  toxicBeta,
} from './major-hazard-tables.ts';

/**
 * One substance of a unit (单元). `amount` in tonnes: for tanks the design maximum, aerosols net (GB 18218-2018, 4.2).
 * `cas` or `name` finds it in table 1; otherwise its `categories` (symbols of table 2, such as W5.3) decide.
 */
export type Held = { name: string; cas?: string | undefined; amount: number; categories?: readonly string[] | undefined };

export type Step = {
  name: string;
  amount: number;
  /** Critical amount Q in tonnes and where it was found. */
  limit: number;
  limitFrom: 'table1' | 'table2';
  /** β and where it was found. */
  beta: number;
  betaFrom: 'table3' | 'table4' | 'none';
  /** q/Q and β·q/Q, not rounded. */
  share: number;
  weighted: number;
};

export type HeldFault = { index: number; name: string; what: 'amount' | 'unknown' | 'category' };

export type Identification = {
  standard: string;
  steps: Step[];
  /** S = Σ q/Q; at least 1 makes it a major hazard installation (重大危险源). */
  sum: number;
  major: boolean;
  people: number;
  alpha: number;
  /** R = α·Σ β·q/Q; null and without grade when it is none. */
  r: number | null;
  grade: MajorGrade | null;
};

const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

/**
 * A substance of table 1 by CAS number or name. Names with a bracket (含量…) are found without it only when no other shares
 * the name: 硝酸铵 alone decides nothing, its content does.
 */
export function findSubstance(held: Pick<Held, 'name' | 'cas'>): Substance | undefined {
  const byCas = held.cas ? substances.filter((one) => one.cas === held.cas) : [];
  if (byCas.length === 1) return byCas[0];
  const wanted = plain(held.name);
  const among = byCas.length > 0 ? byCas : substances;
  const exact = among.find((one) => plain(one.name) === wanted);
  if (exact) return exact;
  const short = among.filter((one) => names(one).includes(wanted));
  return short.length === 1 ? short[0] : undefined;
}

/** 汽油(乙醇汽油、甲醇汽油) is also called 汽油; 1-氯-2,3-环氧丙烷(环氧氯丙烷) also 环氧氯丙烷; 甲烷,天然气 either. */
function names({ name }: Substance): string[] {
  const [, before = '', inside = ''] = /^(.*?)[([](.*)[)\]]$/.exec(name) ?? ['', name, ''];
  const alternatives = /^[\u4e00-\u9fff]+,[\u4e00-\u9fff]+$/.test(before) ? before.split(',') : [before];
  return [...alternatives, inside].filter((one) => one !== '' && !/[含≤<>]/.test(one)).map(plain);
}

/** What cannot be computed: an amount that is none, a substance that is neither named in table 1 nor given a category. */
export function heldFaults(held: readonly Held[]): HeldFault[] {
  return held.flatMap((one, index): HeldFault[] => {
    const faults: HeldFault[] = [];
    if (!Number.isFinite(one.amount) || one.amount <= 0) faults.push({ index, name: one.name, what: 'amount' });
    if ((one.categories ?? []).some((symbol) => !categories.some((each) => each.symbol === symbol)))
      faults.push({ index, name: one.name, what: 'category' });
    else if (!findSubstance(one) && (one.categories ?? []).length === 0) faults.push({ index, name: one.name, what: 'unknown' });
    return faults;
  });
}

/**
 * Identification and grading of one unit. `people` live or work permanently within 500 m of the plant's border.
 * @throws RangeError when something cannot be computed; ask `heldFaults` before.
 */
export function identify(held: readonly Held[], people: number): Identification {
  const faults = heldFaults(held);
  if (faults.length > 0) throw new RangeError(`cannot be computed: ${faults.map((one) => `${one.name} (${one.what})`).join(', ')}`);
  if (!Number.isInteger(people) || people < 0) throw new RangeError(`people must be a whole number, not ${people}`);
  const steps = held.map(stepOf);
  const sum = exact(steps.reduce((total, step) => total + step.share, 0));
  const major = sum >= 1;
  const alpha = exposure.find((one) => people >= one.from)?.alpha ?? 0.5;
  const r = major ? exact(alpha * steps.reduce((total, step) => total + step.weighted, 0)) : null;
  const grade = r === null ? null : (grades.find((one) => r >= one.from)?.grade ?? 4);
  return { standard: gb18218.standard, steps, sum, major, people, alpha, r, grade };
}

/** Sums of decimal shares: binary noise must not carry 0.9999999999999999 below the bound it stands on. */
const exact = (value: number) => Number(value.toPrecision(12));

function stepOf(held: Held): Step {
  const known = findSubstance(held);
  const classes = classesOf(held);
  const limit = known?.limit ?? Math.min(...classes.map((one) => one.limit));
  const cas = known?.cas || held.cas || '';
  const toxic = toxicBeta[cas];
  const beta = toxic ?? (classes.length > 0 ? Math.max(...classes.map((one) => one.beta)) : 1);
  const share = held.amount / limit;
  return {
    name: held.name,
    amount: held.amount,
    limit,
    limitFrom: known ? 'table1' : 'table2',
    beta,
    betaFrom: toxic !== undefined ? 'table3' : classes.length > 0 ? 'table4' : 'none',
    share,
    weighted: beta * share,
  };
}

/** With several dangers the smallest critical amount counts (4.2.3); of their β the largest, because the standard is silent. */
function classesOf(held: Held): Category[] {
  return (held.categories ?? []).flatMap((symbol) => categories.find((one) => one.symbol === symbol) ?? []);
}
