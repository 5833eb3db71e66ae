import { distance } from '#kernel/geo/measure.ts';

/** One check as it was done, in the order of time. `at` in milliseconds; `photos` are the hashes of its pictures. */
export type DoneCheck = {
  id: string;
  by: string;
  at: number;
  result: 'normal' | 'hazard' | 'other';
  note: string | null;
  photos: readonly string[];
  place: { lng: number; lat: number } | null;
};

export const pretences = {
  burst: { zh: '几秒内连续完成多项', en: 'Many done within seconds' },
  streak: { zh: '长期全部正常', en: 'Nothing but normal for long' },
  reused: { zh: '照片重复使用', en: 'The same photo again' },
  travel: { zh: '位置移动不可能', en: 'Impossible travel' },
  copied: { zh: '说明文字雷同', en: 'The same words again' },
} as const;
export type Pretence = keyof typeof pretences;

/** Bounds of suspicion: our own choice, to be set by the bureau; none of them proves anything. */
export const suspicion = {
  /** Checks of one person that follow each other within this time, and how many of them make a burst. */
  burstMs: 3000,
  burst: 5,
  /** Checks in a row without a single find. */
  streak: 200,
  /** Words of at least this length said this often. */
  copiedLength: 8,
  copied: 5,
  /** Metres a second between two checks of one person, beyond the error of two positions. */
  speed: 40,
  slack: 200,
} as const;

export type Suspect = { what: Pretence; checks: string[] };

/**
 * What looks like filling in without looking. It lists for a human and never punishes: each entry names the checks it rests on.
 * @param checks of one object, in the order of time
 */
export function suspects(checks: readonly DoneCheck[]): Suspect[] {
  const people = [...new Set(checks.map((one) => one.by))];
  const own = people.map((person) => checks.filter((one) => one.by === person));
  return [...own.flatMap(bursts), ...streak(checks), ...reused(checks), ...own.flatMap(travels), ...copied(checks)];
}

function bursts(checks: readonly DoneCheck[]): Suspect[] {
  return runs(checks, (before, next) => next.at - before.at <= suspicion.burstMs)
    .filter((run) => run.length >= suspicion.burst)
    .map((run) => ({ what: 'burst', checks: idsOf(run) }));
}

function streak(checks: readonly DoneCheck[]): Suspect[] {
  return runs(
    checks.filter((one) => one.result !== 'other'),
    (before, next) => before.result === 'normal' && next.result === 'normal',
  )
    .filter((run) => run.length >= suspicion.streak)
    .map((run) => ({ what: 'streak', checks: idsOf(run) }));
}

/** Neighbours that belong together by `joined`, as maximal runs. */
function runs(checks: readonly DoneCheck[], joined: (before: DoneCheck, next: DoneCheck) => boolean): DoneCheck[][] {
  const found: DoneCheck[][] = [];
  for (const one of checks) {
    const run = found.at(-1);
    const before = run?.at(-1);
    if (run && before && joined(before, one)) run.push(one);
    else found.push([one]);
  }
  return found;
}

function reused(checks: readonly DoneCheck[]): Suspect[] {
  return grouped(
    checks.flatMap((one) => [...new Set(one.photos)].map((photo) => ({ key: photo, check: one.id }))),
    2,
  ).map((ids) => ({
    what: 'reused',
    checks: ids,
  }));
}

function copied(checks: readonly DoneCheck[]): Suspect[] {
  const said = checks.flatMap((one) => {
    const words = (one.note ?? '').normalize('NFKC').replaceAll(/\s/g, '');
    return words.length >= suspicion.copiedLength ? [{ key: words, check: one.id }] : [];
  });
  return grouped(said, suspicion.copied).map((ids) => ({ what: 'copied', checks: ids }));
}

function travels(checks: readonly DoneCheck[]): Suspect[] {
  const placed = checks.filter((one) => one.place !== null);
  return placed.flatMap((next, i): Suspect[] => {
    const before = placed[i - 1];
    if (!before?.place || !next.place) return [];
    const metres = distance([before.place.lng, before.place.lat], [next.place.lng, next.place.lat]) - suspicion.slack;
    return metres > ((next.at - before.at) / 1000) * suspicion.speed ? [{ what: 'travel', checks: [before.id, next.id] }] : [];
  });
}

function grouped(of: readonly { key: string; check: string }[], least: number): string[][] {
  const groups = Map.groupBy(of, (one) => one.key);
  return [...groups.values()].map((group) => group.map((one) => one.check)).filter((ids) => ids.length >= least);
}

const idsOf = (checks: readonly DoneCheck[]) => checks.map((one) => one.id);
