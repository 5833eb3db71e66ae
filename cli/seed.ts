import { makeRuntime } from '#kernel/server/app.ts';
import { seedAccounts } from '#kernel/server/auth/seed.ts';
import type { Config } from '#kernel/server/config.ts';
import { kyselyOn, type PgSettings, PipelinedClient, type Tx } from '#kernel/server/db/pool.ts';
import type { Log } from '#kernel/server/log.ts';
import type { Database } from '#kernel/server/pg/open-database.ts';
import { makeRegistry } from '#kernel/server/registry.ts';
import { seedRegister } from '#modules/duty/server/seed.ts';
import { seedHazards } from '#modules/inspection/server/seed.ts';
import { fixture, fixtureAccounts } from '#modules/org/fixture.ts';
import { unitsByCode } from '#modules/org/server/public.ts';
import { seedOrg, seedPeople } from '#modules/org/server/seed.ts';
import { seedRisks } from '#modules/risk/server/seed.ts';
import { seedSites } from '#modules/site/server/seed.ts';
import { servers } from '../modules/server.ts';

/** Published in the demonstration's own start message: the demonstration therefore listens on loopback only. */
export const demoPassword = 'Vigil-2026';

/** Runs as the owner role (not bound by row-level security), in one transaction. */
export async function asOwner<T>(owner: PgSettings, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const client = new PipelinedClient(owner);
  await client.connect();
  try {
    await client.query('begin');
    const result = await fn({ client, db: kyselyOn(client) });
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

export async function isEmpty(owner: PgSettings): Promise<boolean> {
  return asOwner(owner, async (tx) => (await unitsByCode(tx)).size === 0);
}

/** The real structure of the city: divisions, governments, departments, committees. No people. */
export async function seedStructure(owner: PgSettings): Promise<void> {
  await asOwner(owner, async (tx) => {
    await seedOrg(tx);
  });
}

/** The fixture city: structure, fictional people with accounts, synthetic objects, register. Idempotent. */
export async function seedCity(owner: PgSettings, now: Date): Promise<void> {
  await asOwner(owner, async (tx) => {
    await seedOrg(tx);
    await seedPeople(tx, now);
    await seedAccounts(tx, fixtureAccounts, demoPassword);
    await seedSites(tx, await unitsByCode(tx));
    // Whoever signs in comes first, so that the demonstration's people have work.
    await seedRegister(
      tx,
      now,
      ['quancheng-officer', 'baotu-officer', 'shuangshan-officer', 'lixia-zhujian'].map((login) =>
        fixture.person(login as 'quancheng-officer'),
      ),
    );
  });
}

/** The demonstration's recent history, before the server opens its doors. The ledger of an empty city gets the played times. */
export async function seedHistory(config: Config, log: Log, database: Database): Promise<void> {
  const runtime = makeRuntime({ config, log, database: database.app, servers });
  try {
    const registry = makeRegistry(servers);
    const played = await seedHazards(runtime, registry);
    await seedRisks(runtime, registry);
    await asOwner(database.owner, async (tx) => {
      for (const { id, times } of played) {
        await tx.client.run(
          `update kernel.event e set at = t.at from (select seq, row_number() over (order by seq) as n from kernel.event where subject = $1) s
           join unnest($2::timestamptz[]) with ordinality t(at, n) on t.n = s.n where e.subject = $1 and e.seq = s.seq`,
          [id, times],
        );
        await tx.client.run('update kernel.attachment set at = $2 where subject = $1', [id, times[0]]);
      }
    });
  } finally {
    await runtime.db.pool.end();
  }
}
