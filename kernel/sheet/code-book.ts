import type { Text } from '../text.ts';

/** An area as a sheet may name it: by today's code, a former code of the district, or a name. */
export type AreaEntry = { id: number; code: string; name: string; short: string; parent: number | null; former: readonly string[] };

/** What cells of a sheet refer to: areas and industry lines. */
export type CodeBook = { areas: readonly AreaEntry[]; lines: Readonly<Record<string, Text>> };

export const emptyBook: CodeBook = { areas: [], lines: {} };

export type FoundArea = { id: number; former: boolean } | { code: 'cell.area_unknown' | 'cell.area_ambiguous' | 'cell.area_former' };

/** 12 digits are the code of a place in the town; the statistical form of a district or town ends with zeros. */
const shortened = (code: string): string[] => [code, ...(code.length === 12 ? [code.slice(0, 9)] : []), code.replace(/0{3}(0{3})?$/, '')];

/**
 * Finds areas by code or name. Below a district whose code has changed only the district is certain (the last digits were dealt out anew),
 * so a former code of a town is refused instead of guessed.
 */
export function makeAreaFinder(book: CodeBook): (text: string) => FoundArea {
  const codes = new Map(book.areas.map((area) => [area.code, area.id]));
  const former = new Map(book.areas.flatMap((area) => area.former.map((code) => [code, area.id] as const)));
  const byId = new Map(book.areas.map((area) => [area.id, area]));
  const names = new Map<string, Set<number>>();
  for (const area of book.areas) {
    const above = area.parent === null ? undefined : byId.get(area.parent);
    const prefixes = ['', ...(above ? [above.name, above.short] : [])];
    for (const prefix of prefixes)
      for (const name of [area.name, area.short]) {
        const known = names.get(prefix + name) ?? new Set();
        names.set(prefix + name, known.add(area.id));
      }
  }
  return (text) => {
    const plain = text.normalize('NFKC').replace(/\s+/g, '');
    if (/^\d+$/.test(plain)) return byCode(plain, codes, former);
    const found = [...(names.get(plain) ?? [])];
    const [only] = found;
    if (only === undefined) return { code: 'cell.area_unknown' };
    return found.length > 1 ? { code: 'cell.area_ambiguous' } : { id: only, former: false };
  };
}

function byCode(plain: string, codes: ReadonlyMap<string, number>, former: ReadonlyMap<string, number>): FoundArea {
  for (const code of shortened(plain)) {
    const today = codes.get(code);
    if (today !== undefined) return { id: today, former: false };
    const before = former.get(code);
    if (before !== undefined) return { id: before, former: true };
  }
  return { code: former.has(plain.slice(0, 6)) ? 'cell.area_former' : 'cell.area_unknown' };
}
