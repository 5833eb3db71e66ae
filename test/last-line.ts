import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * The run's very last line, for people and machines: `N passed, N failed`. Under `npm test`, which adds up several runs, the
 * counts go to the file named by VIGIL_TEST_COUNTS instead, as `{ passed, failed, skipped, names }`, `names` those of what failed.
 */
export default class LastLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    let skipped = 0;
    const names = unhandled.map((error) => `outside any test: ${firstLine(error)}`);
    for (const module of modules) {
      failed += module.errors().length;
      for (const error of module.errors()) names.push(`${module.relativeModuleId}: ${firstLine(error)}`);
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') {
          failed++;
          names.push(`${module.relativeModuleId} > ${test.fullName}: ${firstLine(errors?.[0])}`);
        } else skipped++;
      }
    }
    const file = process.env.VIGIL_TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped, names }));
    else process.on('exit', () => process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`));
  }
}

function firstLine(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return stripVTControlCharacters(text).split('\n', 1)[0]?.slice(0, 200) ?? '';
}
