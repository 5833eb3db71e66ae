import { checkCycles } from './cycles.ts';
import { checkDirection, type Levels } from './direction.ts';
import type { Finding } from './finding.ts';
import { checkHabits } from './habits.ts';
import { placeOf } from './place.ts';
import { checkPurity } from './purity.ts';
import { checkStatements } from './statements.ts';
import type { Tree } from './tree.ts';

export function moduleNames(tree: Tree): string[] {
  const names = [...tree.files.keys()].flatMap((path) => {
    const place = placeOf(path);
    return place?.area === 'module' ? [place.module] : [];
  });
  return [...new Set(names)].sort();
}

/** Levels by module name; a module whose module.ts names none is missing. */
export function readLevels(tree: Tree): Levels {
  return new Map(
    moduleNames(tree).flatMap((name): [string, number][] => {
      const level = tree.files.get(`modules/${name}/module.ts`)?.level;
      return level === undefined ? [] : [[name, level]];
    }),
  );
}

function checkLevels(tree: Tree, levels: Levels): Finding[] {
  return moduleNames(tree)
    .filter((name) => !levels.has(name))
    .map((name) => ({ path: `modules/${name}/module.ts`, line: 1, rule: 'level', words: 'no defineModule({ level: 1, 2 or 3 }) found' }));
}

/** Every rule on the whole tree. */
export function checkTree(tree: Tree): Finding[] {
  const levels = readLevels(tree);
  return [
    ...checkLevels(tree, levels),
    ...checkDirection(tree, levels),
    ...checkPurity(tree),
    ...checkCycles(tree),
    ...checkStatements(tree),
    ...checkHabits(tree),
  ];
}
