// `npm test`: every check, in order. `npm test -- static unit api e2e`: parts of it. DATABASE_URL: the API tests run on that server.
// The very last line is `N passed, N failed`; a step that is no run of tests counts as one test.
import { fileURLToPath } from 'node:url';
import { addCounts, lastLine } from './check/counts.ts';
import { describe, failures, type Outcome, runStep, type Stop } from './check/run-step.ts';
import { type Part, partNames, type SplitTests, stepsOf } from './check/steps.ts';
import { clearWorkplace, makeWorkplace } from './check/workplace.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function readParts(words: readonly string[]): Part[] {
  const parts = partNames.filter((part) => words.includes(part));
  const unknown = words.filter((word) => !partNames.some((part) => part === word));
  if (unknown.length === 0) return parts;
  console.error(`npm test -- [${partNames.join('] [')}]; unknown: ${unknown.join(' ')}`);
  process.exit(2);
}

/** The parser behind it is loaded only when a part asks for some of the tests. */
async function split(): Promise<SplitTests> {
  const [{ splitTests }, { readTree }] = await Promise.all([import('./check/split.ts'), import('./bounds/tree.ts')]);
  return splitTests(readTree(root));
}

async function check(parts: readonly Part[]): Promise<Outcome[]> {
  const stop: Stop = { asked: false, child: undefined };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stop.asked = true;
      stop.child?.kill(signal);
    });
  }
  const workplace = makeWorkplace();
  const outcomes: Outcome[] = [];
  for (const step of await stepsOf(parts, split)) {
    // What an interrupted check did not come to is a failure of that step, never a silent pass.
    if (stop.asked) {
      outcomes.push({ step, counts: { passed: 0, failed: 1, skipped: 0 }, names: [], seconds: 0, ended: 'stopped' });
      continue;
    }
    console.log(`\n── ${step.name}`);
    const outcome = await runStep(step, root, workplace, stop);
    console.log(`── ${describe(outcome)}`);
    outcomes.push(outcome);
  }
  const left = await clearWorkplace(workplace);
  if (left > 0) console.log(`${left} database servers were left running; stopped.`);
  return outcomes;
}

const outcomes = await check(readParts(process.argv.slice(2)));
const counts = addCounts(outcomes.map((outcome) => outcome.counts));
// The names of what failed stand just before the last line: the end of a log is what is kept of it.
const report = [outcomes.map(describe).join('\n'), outcomes.flatMap(failures).join('\n'), lastLine(counts)];
console.log(`\n${report.filter((part) => part !== '').join('\n\n')}`);
process.exitCode = counts.failed > 0 ? 1 : 0;
