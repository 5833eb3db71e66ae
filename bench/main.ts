import type { Invocation } from '../cli/invocation.ts';
import { benchAct } from './act.ts';
import { benchCrash } from './crash.ts';
import { benchMap } from './map.ts';
import { benchRead } from './read.ts';
import { benchStart } from './start.ts';
import { benchWeb } from './web.ts';

const benches = (rounds: number, call: Invocation): Readonly<Record<string, (seconds: number) => Promise<boolean>>> => ({
  act: benchAct,
  web: benchWeb,
  start: benchStart,
  map: benchMap,
  crash: (_seconds) => benchCrash(_seconds, rounds),
  read: (_seconds) => benchRead(_seconds, call),
});

/** `vigil bench <name>…`; exit code 1 when a figure misses its target. */
export async function bench(call: Invocation): Promise<number> {
  const { args, flags } = call;
  const known = benches(typeof flags.rounds === 'string' ? Number(flags.rounds) : 100, call);
  // The size of a city takes minutes to write: only when it is named.
  const names = args.length > 0 ? args : Object.keys(known).filter((name) => name !== 'read');
  const seconds = typeof flags.seconds === 'string' ? Number(flags.seconds) : 5;
  let passed = true;
  for (const name of names) {
    const run = known[name];
    if (!run) {
      process.stderr.write(`no bench called ${name}: ${Object.keys(known).join(', ')}\n`);
      return 64;
    }
    passed = (await run(seconds)) && passed;
  }
  return passed ? 0 : 1;
}
