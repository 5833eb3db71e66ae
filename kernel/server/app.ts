import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { listenForChanges } from './auth/ear.ts';
import type { Authenticate } from './caller.ts';
import type { Config } from './config.ts';
import type { Runtime } from './context.ts';
import { makePool, type PgSettings } from './db/pool.ts';
import { type Guard, makeDb, nobody } from './db/transaction.ts';
import { directory } from './directory.ts';
import { addHealth } from './health.ts';
import { makeHttp } from './http.ts';
import type { ModuleServer } from './implement.ts';
import { type JobEngine, jobs, makeJobs } from './jobs.ts';
import { startChores } from './live/chores.ts';
import type { Loop } from './live/loop.ts';
import { startReaders } from './live/readers.ts';
import type { Log } from './log.ts';
import { watchPool } from './metrics.ts';
import { openApiRoute } from './openapi.ts';
import { portTaken } from './pg/startup-fault.ts';
import { collectProviders, provide } from './providers.ts';
import { makeRegistry, type Registry } from './registry.ts';
import { settleChore } from './settle-deadlines.ts';
import { countOnce, tallyChores } from './tally/fold.ts';
import { requestChore, timerChore } from './timers.ts';
import { addWeb } from './web-files.ts';

export type AppOptions = {
  config: Config;
  log: Log;
  /** The application's own role: bound by row-level security. */
  database: PgSettings;
  servers: readonly ModuleServer[];
  authenticate: (runtime: Runtime) => Authenticate;
  clock?: () => Date;
  /** Readers and chores run in roles `all` and `worker`; tests may turn them off and call them by hand. */
  background?: boolean;
  rateLimit?: boolean;
};

export type App = { config: Config; runtime: Runtime; registry: Registry; http: FastifyInstance; url: string; stop: () => Promise<void> };

/** What the server itself may see: every area. Asked anew at most every 30 s, for new units. */
function systemGuard(runtime: () => Runtime): () => Promise<Guard> {
  let known: { guard: Guard; until: number } | undefined;
  return async () => {
    if (known && known.until > Date.now()) return known.guard;
    const { db, providers } = runtime();
    const blank: Guard = { ...nobody, mode: 'system' };
    const orgs = await db.read(blank, (tx) => providers.use(directory).areas(tx));
    known = { guard: { ...blank, orgs }, until: Date.now() + 30_000 };
    return known.guard;
  };
}

/** The machinery without a server: for commands, and for what the server stands on. The caller ends `runtime.db.pool`. */
export function makeRuntime(options: Pick<AppOptions, 'config' | 'log' | 'database' | 'servers' | 'clock'>, engine?: JobEngine): Runtime {
  const { config, log } = options;
  const pool = makePool(options.database, config.poolSize, (error) => log.warn({ err: error }, 'idle database connection lost'));
  const runtime: Runtime = {
    config,
    db: makeDb(pool),
    log,
    clock: options.clock ?? (() => new Date()),
    providers: collectProviders([
      ...options.servers.flatMap((server) => server.provides ?? []),
      ...(engine ? [provide(jobs, engine)] : []),
    ]),
    system: systemGuard(() => runtime),
  };
  return runtime;
}

/** One process: its HTTP server, and (by role) the readers of the ledger, the timers and the chores. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, log } = options;
  const handlers = options.servers.flatMap((server) => server.jobs ?? []);
  const engine = makeJobs(
    options.database,
    log,
    handlers.map((handler) => handler.name),
  );
  const runtime = makeRuntime(options, engine);
  const { pool } = runtime.db;
  const registry = makeRegistry(options.servers);
  const pokes: (() => void)[] = [];
  for (const server of options.servers) if (server.poke) pokes.push(server.poke);
  const serves = config.role === 'all' || config.role === 'web';
  const http = await makeHttp({
    runtime,
    registry: serves ? registry : { ...registry, servers: [], workflows: new Map() },
    authenticate: options.authenticate(runtime),
    afterCommit: () => {
      for (const poke of pokes) poke();
    },
    rateLimit: options.rateLimit ?? true,
  });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops) await end();
    for (const server of options.servers) await server.stop?.();
    await http.close();
    await engine.stop();
    await pool.end();
  };
  try {
    addHealth(http, runtime);
    if (serves) {
      openApiRoute(http, registry);
      await addWeb(http);
      stops.push(listenForChanges(options.database, log).stop);
    }
    watchPool(pool);
    // The door first: where the port is taken, nothing has been begun that would have to be broken off.
    await listen(http, config);
    await countOnce(runtime, workflowsOf(registry));
    if (options.background !== false && (config.role === 'all' || config.role === 'worker')) {
      const readers = startBackground(runtime, registry, stops);
      await engine.work(runtime, handlers);
      pokes.push(readers.poke);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { config, runtime, registry, http, url: addressOf(http, config), stop };
}

function startBackground(runtime: Runtime, registry: Registry, stops: (() => Promise<void>)[]): Loop {
  const readers = startReaders(
    runtime,
    registry.servers.flatMap((server) => server.readers ?? []),
  );
  const chores = startChores(runtime, [
    timerChore(() => registry.workflows),
    requestChore,
    settleChore(() => registry.workflows),
    ...tallyChores(() => workflowsOf(registry)),
    ...registry.servers.flatMap((server) => server.chores ?? []),
  ]);
  stops.push(readers.stop, chores.stop);
  return readers;
}

const workflowsOf = (registry: Registry) => [...registry.workflows.values()].map((one) => one.workflow);

async function listen(http: FastifyInstance, config: Config): Promise<void> {
  try {
    await http.listen({ port: config.port, host: config.host });
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') throw portTaken(config.port, error);
    throw error;
  }
}

function addressOf(http: FastifyInstance, config: Config): string {
  const { port } = http.server.address() as AddressInfo;
  const host = config.host === '127.0.0.1' || config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  return `http://${host}:${port}`;
}
