import { liveModule } from '../../live-contract.ts';
import { getCaller } from '../caller.ts';
import type { Runtime } from '../context.ts';
import { implementModule, type ModuleServer } from '../implement.ts';
import { type Live, type LiveOptions, makeLive } from './hub.ts';

/** A feed lasts as long as the window is open. */
const noTimeout = 2 ** 31 - 1;

/**
 * `GET /api/live`: Server-Sent Events from the ledger, resumable, bounded by what each person may see. One feed for each running
 * server, made at its first use.
 */
export function makeLiveServer(options: LiveOptions = {}): ModuleServer {
  const feeds = new Map<Runtime, Live>();
  const feedOf = (runtime: Runtime): Live => {
    const feed = feeds.get(runtime) ?? makeLive(runtime, options);
    feeds.set(runtime, feed);
    return feed;
  };
  const stop = async (runtime: Runtime): Promise<void> => {
    const feed = feeds.get(runtime);
    feeds.delete(runtime);
    await feed?.stop();
  };
  return implementModule({
    contract: liveModule,
    routes: (http, runtime) => {
      http.get('/api/live', { handlerTimeout: noTimeout, exposeHeadRoute: false }, async (request, reply) => {
        const caller = getCaller(request);
        await feedOf(runtime).open(request, reply, caller);
        return reply;
      });
      http.addHook('preClose', () => stop(runtime));
    },
    poke: () => {
      for (const feed of feeds.values()) feed.poke();
    },
  });
}

export const liveServer = makeLiveServer();
