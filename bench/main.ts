import type { Invocation } from '../cli/commands.ts';
import { benchAct } from './act.ts';
import { benchStart } from './start.ts';
import { benchWeb } from './web.ts';

const benches: Readonly<Record<string, (seconds: number) => Promise<boolean>>> = { act: benchAct, web: benchWeb, start: benchStart };

/** `vigil bench <name>…`; exit code 1 when a figure misses its target. */
export async function bench({ args, flags }: Invocation): Promise<number> {
  const names = args.length > 0 ? args : Object.keys(benches);
  const seconds = typeof flags.seconds === 'string' ? Number(flags.seconds) : 5;
  let passed = true;
  for (const name of names) {
    const run = benches[name];
    if (!run) {
      process.stderr.write(`no bench called ${name}: ${Object.keys(benches).join(', ')}\n`);
      return 64;
    }
    passed = (await run(seconds)) && passed;
  }
  return passed ? 0 : 1;
}
