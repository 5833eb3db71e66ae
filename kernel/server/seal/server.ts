import { auditModule, sealing } from '../../audit-contract.ts';
import { handleQuery, implementModule } from '../implement.ts';
import { ledgerStart } from '../ledger.ts';
import { eventsQuery } from './audit-events.ts';
import { countUnsealed } from './row-text.ts';
import { sealChore } from './seal.ts';
import { findLastSeal } from './stored-seals.ts';
import { findVerdict, verifyChore } from './verify-chore.ts';

const sealingQuery = handleQuery(sealing, async ({ tx }) => {
  const [last, verdict] = [await findLastSeal(tx), await findVerdict(tx)];
  return {
    head: last ? { n: last.n, at: last.at, hash: last.hash.toString('hex') } : null,
    unsealed: await countUnsealed(tx, last ?? ledgerStart),
    verdict: verdict ?? null,
  };
});

/** The ledger's seals and what the auditor may ask. */
export const auditServer = implementModule({
  contract: auditModule,
  queries: [eventsQuery, sealingQuery],
  chores: [sealChore, verifyChore],
});
