import type { MapThing, PointColumns, ThingClass } from './point-columns.ts';

/** What a reader may see, as the row-level policy of a table says it (`kernel.guard()` in SQL). */
export type Reach = {
  orgs: readonly number[];
  lineOrgs: readonly number[];
  /** `org:line` */
  orgLines: readonly string[];
  parties: readonly string[];
  /** Matters on which the reader is named. */
  named: readonly string[];
};

/** A live filter; what is left out does not bind. `orgs` are areas: the caller spells out those within. */
export type PointFilter = {
  levels?: readonly number[];
  lines?: readonly string[];
  states?: readonly string[];
  orgs?: readonly number[];
};

export type Judge = { byClass: (one: ThingClass) => boolean; wanted: (one: ThingClass) => boolean; byName: (thing: MapThing) => boolean };

/** The two questions about a thing, may it be seen and is it wanted, in the order in which they are cheap. */
export function makeJudge(reach: Reach, filter: PointFilter): Judge {
  const orgs = new Set(reach.orgs);
  const lineOrgs = new Set(reach.lineOrgs);
  const orgLines = new Set(reach.orgLines);
  const parties = new Set(reach.parties);
  const named = new Set(reach.named);
  const levels = filter.levels && new Set(filter.levels);
  const lines = filter.lines && new Set(filter.lines);
  const states = filter.states && new Set(filter.states);
  const areas = filter.orgs && new Set(filter.orgs);
  return {
    byClass: ({ org, line }) => orgs.has(org) || (line !== null && lineOrgs.has(org) && orgLines.has(`${org}:${line}`)),
    // Level 0 stands for what is not graded.
    wanted: ({ org, line, level, state }) =>
      (!levels || levels.has(level ?? 0)) &&
      (!lines || (line !== null && lines.has(line))) &&
      (!states || states.has(state)) &&
      (!areas || areas.has(org)),
    byName: ({ id, party }) => named.has(id) || (party !== null && parties.has(party)),
  };
}

/** A judgement over a whole index: the classes that are seen (1) and the single things seen beside them, in ascending order. */
export type Sight = { mask: Uint8Array; extras: Uint32Array; judge: Judge };

/** Where to find the things of a party or of an id in an index. */
export type Finder = { ofParty: (party: string) => Iterable<number>; ofId: (id: string) => number };

export function compileSight(points: PointColumns, finder: Finder, reach: Reach, filter: PointFilter): Sight {
  const judge = makeJudge(reach, filter);
  const wanted = points.classes.map(judge.wanted);
  const mask = Uint8Array.from(points.classes, (one, i) => Number(wanted[i] === true && judge.byClass(one)));
  const extras = new Set<number>();
  const consider = (at: number) => {
    const cls = points.cls[at] ?? 0;
    if (at >= 0 && wanted[cls] && mask[cls] === 0) extras.add(at);
  };
  for (const party of reach.parties) for (const at of finder.ofParty(party)) consider(at);
  for (const id of reach.named) consider(finder.ofId(id));
  return { mask, extras: Uint32Array.from(extras).sort(), judge };
}
