import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Counts, countStep, countTests, readCounts } from './counts.ts';
import type { Step } from './steps.ts';

export type Outcome = { step: Step; counts: Counts; seconds: number; names: string[]; ended: 'itself' | 'late' | 'stopped' };
/** Stops the running step and all that would follow. */
export type Stop = { asked: boolean; child: ChildProcess | undefined };

const graceMs = 20_000;

/** Runs one step to its end; its output goes where ours goes. Never throws. */
export function runStep(step: Step, root: string, workplace: string, stop: Stop): Promise<Outcome> {
  const began = performance.now();
  const countsFile = join(workplace, `counts-${step.name.replaceAll(' ', '-')}.json`);
  return new Promise((resolve) => {
    let late = false;
    const child = spawn(process.execPath, step.args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TMPDIR: workplace, VIGIL_TEST_COUNTS: countsFile },
    });
    stop.child = child;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
    }, step.minutes * 60_000);
    const end = (status: number) => {
      clearTimeout(timer);
      stop.child = undefined;
      const ended = stop.asked ? 'stopped' : late ? 'late' : 'itself';
      const result = ended === 'itself' ? status : 1;
      const said = step.tests ? readCounts(countsFile) : undefined;
      const counts = step.tests ? countTests(result, said?.counts) : countStep(result);
      resolve({ step, counts, names: said?.names ?? [], seconds: (performance.now() - began) / 1000, ended });
    };
    child.once('error', () => end(127));
    child.once('exit', (code) => end(code ?? 1));
  });
}

/** One line for each failure, or one for the step that failed as a whole. */
export function failures({ step, counts, names }: Outcome): string[] {
  if (counts.failed === 0) return [];
  return (names.length > 0 ? names : ['as a whole; see its output']).map((name) => `FAILED: ${step.name}: ${name}`);
}

export function describe({ step, counts, seconds, ended }: Outcome): string {
  const result = counts.failed > 0 ? 'FAILED' : 'ok';
  const tests = step.tests
    ? `, ${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`
    : '';
  const why = ended === 'late' ? `, stopped after ${step.minutes} minutes` : ended === 'stopped' ? ', interrupted' : '';
  return `${step.name.padEnd(10)} ${result.padEnd(6)} ${seconds.toFixed(1).padStart(6)} s${tests}${why}`;
}
