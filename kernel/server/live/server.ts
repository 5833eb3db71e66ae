import { liveModule } from '../../live-contract.ts';
import { getCaller } from '../caller.ts';
import type { Runtime } from '../context.ts';
import { implementModule, type ModuleServer } from '../implement.ts';
import { type Live, makeLive } from './hub.ts';

/** A feed lasts as long as the window is open. */
const noTimeout = 2 ** 31 - 1;

const feeds = new Map<Runtime, Live>();

/** The live feed of a running server, made at its first use. */
export function liveOf(runtime: Runtime): Live {
  const known = feeds.get(runtime);
  if (known) return known;
  const made = makeLive(runtime);
  feeds.set(runtime, made);
  return made;
}

async function stopLive(runtime: Runtime): Promise<void> {
  const live = feeds.get(runtime);
  feeds.delete(runtime);
  await live?.stop();
}

/** `GET /api/live`: Server-Sent Events from the ledger, resumable, bounded by what each person may see. */
export const liveServer: ModuleServer = implementModule({
  contract: liveModule,
  routes: (http, runtime) => {
    http.get('/api/live', { handlerTimeout: noTimeout, exposeHeadRoute: false }, async (request, reply) => {
      const caller = getCaller(request);
      await liveOf(runtime).open(request, reply, caller);
      return reply;
    });
    http.addHook('preClose', () => stopLive(runtime));
  },
  poke: () => {
    for (const live of feeds.values()) live.poke();
  },
});
