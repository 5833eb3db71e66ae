import type { Finding } from './finding.ts';
import { isTest, placeOf } from './place.ts';
import type { File, Tree } from './tree.ts';

const hardLimit = 400;
const softLimit = 250;

/** A migration that was applied somewhere can no longer be split. */
const isFrozen = (path: string) => path.includes('/migrations/');

function checkSize(file: File): Finding[] {
  if (file.lines <= softLimit) return [];
  const words = `${file.lines} lines; split at ${hardLimit}`;
  return [
    {
      path: file.path,
      line: file.lines,
      rule: 'size',
      words,
      ...(file.lines > hardLimit && !isFrozen(file.path) ? {} : { warning: true as const }),
    },
  ];
}

/** Config is one object read once (kernel/server/config.ts); tools and tests speak for themselves. */
function checkEnvironment(file: File): Finding[] {
  const place = placeOf(file.path);
  const free =
    file.path === 'kernel/server/config.ts' || isTest(file.path) || ['tools', 'test', 'e2e', 'bench', 'config'].includes(place?.area ?? '');
  return free
    ? []
    : file.environment.map(({ line }) => ({
        path: file.path,
        line,
        rule: 'environment',
        words: 'process.env is read by kernel/server/config.ts only',
      }));
}

/** A test may expect a type error; nothing else is silenced. */
function checkSilencers(file: File): Finding[] {
  const bad = file.silencers.filter(({ name }) => !(isTest(file.path) && name === '@ts-expect-error'));
  return bad.map(({ name, line }) => ({ path: file.path, line, rule: 'silenced', words: name }));
}

const checkParsing = (file: File): Finding[] => file.problems.map((words) => ({ path: file.path, line: 1, rule: 'syntax', words }));

export function checkHabits(tree: Tree): Finding[] {
  return [...tree.files.values()].flatMap((file) => [
    ...checkSize(file),
    ...checkEnvironment(file),
    ...checkSilencers(file),
    ...checkParsing(file),
  ]);
}
