/** One program of the check: run by this Node in the project's folder, stopped when it takes longer than `minutes`. */
export type Step = { name: string; args: readonly string[]; minutes: number; tests?: true };

export const partNames = ['static', 'unit', 'api', 'e2e'] as const;
export type Part = (typeof partNames)[number];
/** Test files by whether they ask for the application on a real database. */
export type SplitTests = { unit: string[]; api: string[] };

const vitest = (config: string, files: readonly string[]) => ['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...files];

const statics: readonly Step[] = [
  {
    name: 'lint',
    args: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--diagnostic-level=error', '--max-diagnostics=200'],
    minutes: 3,
  },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'], minutes: 5 },
  { name: 'bounds', args: ['tools/bounds.ts'], minutes: 2 },
  { name: 'docs', args: ['tools/docs.ts', '--check'], minutes: 3 },
];
const journeys: readonly Step[] = [
  { name: 'web build', args: ['tools/build.ts'], minutes: 5 },
  { name: 'journeys', args: vitest('vitest.e2e.config.ts', []), minutes: 10, tests: true },
];

/** The steps of the whole check, or of the parts that were asked for, in order. */
export async function stepsOf(parts: readonly Part[], split: () => Promise<SplitTests>): Promise<Step[]> {
  if (parts.length === 0) {
    const tests: Step = { name: 'tests', args: vitest('vitest.config.ts', []), minutes: 15, tests: true };
    return [...statics, tests, ...journeys];
  }
  // Without a file to run, the runner would run them all.
  const some = (files: string[]) => (files.length > 0 ? files : ['no-test-found']);
  const { unit, api } = parts.includes('unit') || parts.includes('api') ? await split() : { unit: [], api: [] };
  const steps: Record<Part, readonly Step[]> = {
    static: statics,
    unit: [{ name: 'unit tests', args: vitest('vitest.unit.config.ts', some(unit)), minutes: 10, tests: true }],
    api: [{ name: 'API tests', args: vitest('vitest.config.ts', some(api)), minutes: 10, tests: true }],
    e2e: journeys,
  };
  return partNames.filter((part) => parts.includes(part)).flatMap((part) => steps[part]);
}
