import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Generated files by name. */
export type Pages = ReadonlyMap<string, string>;

function readPages(folder: string): Map<string, string> {
  try {
    return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}

/** Names of files that are missing, different, or no longer generated; sorted. */
export function stalePages(folder: string, wanted: Pages): string[] {
  const present = readPages(folder);
  const names = new Set([...wanted.keys(), ...present.keys()]);
  return [...names].filter((name) => wanted.get(name) !== present.get(name)).sort();
}

/** Writes what is stale and removes what is no longer generated. @returns the names */
export function writePages(folder: string, wanted: Pages): string[] {
  const stale = stalePages(folder, wanted);
  mkdirSync(folder, { recursive: true });
  for (const name of stale) {
    const text = wanted.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  return stale;
}
