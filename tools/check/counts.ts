import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Counts = { passed: number; failed: number; skipped: number };

/** What a run of tests said of itself; `names` are those of what failed, each with its error's first line. */
export type Said = { counts: Counts; names: string[] };

const said = z
  .object({ passed: z.int().min(0), failed: z.int().min(0), skipped: z.int().min(0), names: z.array(z.string()).default([]) })
  .transform(({ names, ...counts }): Said => ({ counts, names }));

/** Undefined when it died before it could say. */
export function readCounts(file: string): Said | undefined {
  try {
    return said.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A step that is no run of tests is one test. */
export function countStep(status: number): Counts {
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/** A run of tests is its tests; one that says nothing, or ends badly without a failed test (it found none, it had no database), is a failure more. */
export function countTests(status: number, counted: Counts | undefined): Counts {
  if (counted === undefined) return { passed: 0, failed: 1, skipped: 0 };
  return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }),
    {
      passed: 0,
      failed: 0,
      skipped: 0,
    },
  );
}

export const lastLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
