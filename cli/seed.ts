import { seedAccounts } from '#kernel/server/auth/seed.ts';
import { kyselyOn, type PgSettings, PipelinedClient, type Tx } from '#kernel/server/db/pool.ts';
import { seedRegister } from '#modules/duty/server/seed.ts';
import { fixture, fixtureAccounts } from '#modules/org/fixture.ts';
import { unitsByCode } from '#modules/org/server/public.ts';
import { seedOrg, seedPeople } from '#modules/org/server/seed.ts';
import { seedSites } from '#modules/site/server/seed.ts';

/** Published in the demonstration's own start message: the demonstration therefore listens on loopback only. */
export const demoPassword = 'Vigil-2026';

/** Runs as the owner role (not bound by row-level security), in one transaction. */
async function asOwner<T>(owner: PgSettings, fn: (tx: Tx) => Promise<T>): Promise<T> {
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
  return asOwner(owner, async (tx) => (await tx.client.query('select 1 from org.unit limit 1')).rowCount === 0);
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
