import { isTest } from '../bounds/place.ts';
import { reach, type Tree } from '../bounds/tree.ts';
import type { SplitTests } from './steps.ts';

/** Tests that ask for the application on a real database are told by what they import, or by their name. */
export function splitTests(tree: Tree): SplitTests {
  const files = [...tree.files.keys()].filter((path) => isTest(path) && !path.startsWith('e2e/')).sort();
  const asksDatabase = (path: string) => {
    if (path.endsWith('.api.test.ts')) return true;
    const used = reach(tree, path);
    return used.has('test/app.ts') || used.has('test/cluster.ts');
  };
  return { unit: files.filter((path) => !asksDatabase(path)), api: files.filter(asksDatabase) };
}
