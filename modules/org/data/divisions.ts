import rows from './divisions.json' with { type: 'json' };
import { type FormerCode, formerCodes } from './former-codes.ts';
import { type Zone, zones } from './zones.ts';

export { type FormerCode, formerCodes, type Zone, zones };

/** `zone` is a statistical code outside GB/T 2260; `other` rows stand among the towns in the statistics but are none. */
export type DivisionKind = 'city' | 'district' | 'county' | 'zone' | 'street' | 'town' | 'other';

/** A division of the National Bureau of Statistics (2023): city and districts by 6 digits, towns and streets by 9. */
export type Division = { code: string; name: string; kind: DivisionKind; parent: string | null };

export const divisions: readonly Division[] = rows as Division[];

/** The 161 towns and streets (29 镇, 132 街道). */
export const towns: readonly Division[] = divisions.filter((one) => one.kind === 'street' || one.kind === 'town');

const byCode = new Map(divisions.map((one) => [one.code, one]));
const byFormer = new Map(formerCodes.map((one) => [one.code, one]));

export function findDivision(code: string): Division | undefined {
  return byCode.get(code);
}

/**
 * Today's code for a code in use now or before, undefined when it is none of this city's. Weather warnings of 2026 still carry
 * 370181 and 370125. A town or village code of before a change gives the district's code only: the last digits were dealt out
 * anew, and what looks like the same town may be another. Four digits (`3701`) mean the city.
 */
export function currentCode(code: string): string | undefined {
  const full = code.length === 4 ? `${code}00` : code;
  const district = full.slice(0, 6);
  const moved = byFormer.get(district);
  if (moved !== undefined) return moved.current;
  if (byCode.has(full)) return full;
  return full.length === 12 && byCode.has(full.slice(0, 9)) ? full : undefined;
}
