/** One sum over an area and everything below it, for one line or ('') for all; `sign` -1 takes away what another term has counted. */
export type Term = { org: number; line: string; sign: 1 | -1 };

type Reach = { orgs: readonly number[]; orgLines: readonly string[] };
export type Within = (org: number, area: number) => boolean;

/** Of a set of areas those that lie in no other of the set. */
export function roots(orgs: readonly number[], within: Within): number[] {
  return orgs.filter((org) => !orgs.some((other) => other !== org && within(org, other)));
}

/**
 * Which sums together are exactly what a person may see: the areas held for all lines, and the areas held for single lines
 * without those parts that lie in the former. `asked` narrows to an area and to a line.
 * @param reach as the policies have it: every area of every subtree, and `area:line` pairs
 */
export function termsOf(reach: Reach, asked: { org?: number | undefined; line?: string | undefined }, within: Within): Term[] {
  const narrow = (area: number): number | undefined => {
    if (asked.org === undefined || within(area, asked.org)) return area;
    return within(asked.org, area) ? asked.org : undefined;
  };
  const whole = roots(
    [...new Set(reach.orgs)].flatMap((org) => narrow(org) ?? []).filter((org, i, all) => all.indexOf(org) === i),
    within,
  );
  const terms: Term[] = whole.map((org) => ({ org, line: asked.line ?? '', sign: 1 }));
  const byLine = new Map<string, number[]>();
  for (const pair of reach.orgLines) {
    const cut = pair.indexOf(':');
    const line = pair.slice(cut + 1);
    if (asked.line !== undefined && asked.line !== line) continue;
    const org = narrow(Number(pair.slice(0, cut)));
    if (org !== undefined) byLine.set(line, [...(byLine.get(line) ?? []), org]);
  }
  for (const [line, orgs] of byLine) {
    for (const org of roots([...new Set(orgs)], within)) {
      if (whole.some((area) => within(org, area))) continue;
      terms.push({ org, line, sign: 1 });
      for (const area of whole) if (within(area, org)) terms.push({ org: area, line, sign: -1 });
    }
  }
  return terms;
}
