import { fromKysely, PgBoss } from 'pg-boss';
import type { z } from 'zod';
import type { Context, Runtime } from './context.ts';
import type { PgSettings, Tx } from './db/pool.ts';
import type { Log } from './log.ts';
import { defineProvider } from './providers.ts';

/** Work that follows an act later: sent inside the act's transaction, so that it exists exactly when the act does. */
export type Job<T> = { name: string; input: z.ZodType<T> };

export function defineJob<T>(name: string, input: z.ZodType<T>): Job<T> {
  return { name, input };
}

export type JobHandler = { name: string; run: (ctx: Omit<Context, 'who'>, data: unknown) => Promise<void> };

export function handleJob<T>(job: Job<T>, run: (ctx: Omit<Context, 'who'>, data: T) => Promise<void>): JobHandler {
  return { name: job.name, run: (ctx, data) => run(ctx, job.input.parse(data)) };
}

export type Jobs = {
  /** Sends a job in the caller's transaction: rolled back with it. `key`: at most one waits with this key;
   * `at`: not before. */
  send<T>(tx: Tx, job: Job<T>, data: T, options: { key: string; at?: Date }): Promise<void>;
};

export const jobs = defineProvider<Jobs>('jobs');

const queueOptions = { retryLimit: 8, retryDelay: 5, retryBackoff: true, expireInSeconds: 120, policy: 'short' as const };

export type JobEngine = Jobs & { work: (runtime: Runtime, handlers: readonly JobHandler[]) => Promise<void>; stop: () => Promise<void> };

/** The job engine of this process (pg-boss as the application's role, without rights to change the schema). Starts when first needed. */
export function makeJobs(database: PgSettings, log: Log, names: readonly string[]): JobEngine {
  let started: Promise<PgBoss> | undefined;
  const start = async () => {
    const boss = new PgBoss({
      ...database,
      schema: 'boss',
      migrate: false,
      createSchema: false,
      max: 2,
      supervise: true,
      schedule: false,
      application_name: 'vigil jobs',
    } as ConstructorParameters<typeof PgBoss>[0]);
    boss.on('error', (error) => log.warn({ err: error }, 'job engine'));
    await boss.start();
    for (const name of names) await boss.createQueue(name, queueOptions);
    return boss;
  };
  const boss = () => {
    started ??= start().catch((error: unknown) => {
      // The database was away: the next who needs the engine tries again.
      started = undefined;
      throw error;
    });
    return started;
  };
  return {
    async send(tx, job, data, options) {
      if (!names.includes(job.name)) throw new Error(`nobody handles the job ${job.name}`);
      const more = { ...(options.at ? { startAfter: options.at } : {}), singletonKey: options.key };
      await (await boss()).send(job.name, data as object, { ...more, db: fromKysely(tx.db as Parameters<typeof fromKysely>[0]) });
    },
    async work(runtime, handlers) {
      if (handlers.length === 0) return;
      const running = await boss();
      for (const handler of handlers) {
        await running.work(handler.name, { pollingIntervalSeconds: 1, batchSize: 1 }, async ([job]) => {
          if (job) await carryOut(runtime, running, handler, job);
        });
      }
    },
    async stop() {
      if (started) await (await started).stop({ graceful: true, timeout: 5000 });
    },
  };
}

/** The job's own writes and its completion are one transaction: done once, whatever dies meanwhile. */
async function carryOut(runtime: Runtime, boss: PgBoss, handler: JobHandler, job: { id: string; data: unknown }): Promise<void> {
  const guard = await runtime.system();
  await runtime.db.write(guard, async (tx) => {
    await handler.run(
      { tx, now: runtime.clock(), log: runtime.log, request: `job:${job.id}`, use: (provider) => runtime.providers.use(provider) },
      job.data,
    );
    await boss.complete(handler.name, job.id, null, { db: fromKysely(tx.db as Parameters<typeof fromKysely>[0]) });
  });
}
