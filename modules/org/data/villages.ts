import table from './villages.json' with { type: 'json' };

/** A village or community by its 12-digit code, with the town it belongs to. */
export type Village = { code: string; name: string; town: string; kind: 'community' | 'village' };

const rows: Readonly<Record<string, string>> = table;

/** Some names are shortened or slightly misspelt in the statistics (村民委会); everything that is no community is a village. */
const communityName = /(居民委员会|居委会|社区)$/;

/** The villages and communities of a town or street, in the order of their codes; empty for a code that has none. */
export function villagesOf(town: string): Village[] {
  const line = Object.hasOwn(rows, town) ? (rows[town] ?? '') : '';
  return line
    .split(' ')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const name = entry.slice(3);
      return { code: `${town}${entry.slice(0, 3)}`, name, town, kind: communityName.test(name) ? 'community' : 'village' };
    });
}

/** All 5,758 of them. Some 170 KB: import this file on the server, never on a page. */
export function allVillages(): Village[] {
  return Object.keys(rows).sort().flatMap(villagesOf);
}
