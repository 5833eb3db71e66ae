import type { Grant } from '../../permission.ts';
import type { Me } from '../../session-schema.ts';
import type { Tx } from '../db/pool.ts';
import { type Directory, directory } from '../directory.ts';
import type { Running } from './running.ts';

/** Who is signed in, in words. Ids of units and areas are one series, so one question names them both. */
export async function tellMe(tx: Tx, { runtime, known }: Running): Promise<Me> {
  const { principal } = known;
  const { demo, sessionIdleMinutes } = runtime.config;
  const names = await readNames(tx, runtime.providers.use(directory), principal.grants);
  return {
    person: principal.person,
    name: principal.name,
    title: principal.title,
    login: known.login,
    posts: principal.grants.map((grant) => ({
      post: grant.post,
      role: grant.role,
      unit: grant.unit,
      unitName: grant.unit === null ? '' : (names.units.get(grant.unit) ?? ''),
      orgName: names.units.get(topArea(grant) ?? -1) ?? '',
      lines: grant.lines === null ? null : [...grant.lines],
      party: grant.party,
      behalfName: grant.behalf === null ? null : (names.people.get(grant.behalf) ?? ''),
    })),
    roles: [...new Set(principal.grants.map((grant) => grant.role))],
    limited: known.mustChange || known.mustEnroll,
    mustChange: known.mustChange,
    mustEnroll: known.mustEnroll,
    totp: known.totp,
    how: known.how,
    idleMinutes: sessionIdleMinutes,
    demo,
  };
}

type Names = { units: Map<number, string>; people: Map<string, string> };

async function readNames(tx: Tx, from: Directory, grants: readonly Grant[]): Promise<Names> {
  const units = grants.flatMap((grant) => [grant.unit, topArea(grant)]).filter((id) => id !== null && id !== undefined);
  const people = grants.flatMap((grant) => (grant.behalf === null ? [] : [grant.behalf]));
  const [unitNames, personNames] = [
    units.length === 0 ? [] : await from.unitNames(tx, [...new Set(units)]),
    people.length === 0 ? [] : await from.personNames(tx, [...new Set(people)]),
  ];
  return {
    units: new Map(unitNames.map((unit) => [unit.id, unit.name])),
    people: new Map(personNames.map((one) => [one.id, one.name])),
  };
}

/** The areas of a grant are a subtree in ascending order of ids, and a parent is made before its children. */
const topArea = (grant: Grant) => (grant.party === null ? grant.orgs[0] : undefined);
