import { sql } from 'kysely';
import { Gauge } from 'prom-client';
import { type Verdict, verdictSchema } from '../../audit-contract.ts';
import type { Runtime } from '../context.ts';
import { findRow, type Tx, write } from '../db/pool.ts';
import type { Chore } from '../implement.ts';
import { sendEvent } from '../ledger.ts';
import { metrics } from '../metrics.ts';
import { verifyLedger } from './verify.ts';

const key = 'audit.verified';

const damaged = new Gauge({
  name: 'vigil_ledger_damaged',
  help: 'Bad places found by the last verification of the ledger',
  registers: [metrics],
});

/** Once a day the whole ledger is verified, and the result kept for the auditor. */
export const verifyChore: Chore = { name: 'audit.verify', everySeconds: 86_400, run: verifyAndKeep };

async function verifyAndKeep(runtime: Runtime): Promise<void> {
  const verdict = await verifyLedger(runtime);
  damaged.set(verdict.damage.length);
  if (verdict.ok) runtime.log.info({ rows: verdict.rows, head: verdict.head }, 'ledger verified');
  else runtime.log.error({ damage: verdict.damage }, 'the ledger was tampered with');
  await runtime.db.write(await runtime.system(), async (tx) => {
    await write(
      tx,
      sql`insert into kernel.setting (key, value) values (${key}, ${JSON.stringify(verdict)}::jsonb)
        on conflict (key) do update set value = excluded.value, at = now()`,
    );
    const { ok, seals, rows, head, damage } = verdict;
    await sendEvent(tx.client, { name: key, data: { ok, seals, rows, head, damage } });
  });
}

/** The result of the last daily verification. */
export async function findVerdict(tx: Tx): Promise<Verdict | undefined> {
  const row = await findRow(tx, sql<{ value: unknown }>`select value from kernel.setting where key = ${key}`);
  return row && verdictSchema.parse(row.value);
}
