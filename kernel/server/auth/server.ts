import { sessionModule } from '../../session-contract.ts';
import { signingIn } from '../db/transaction.ts';
import { type Chore, implementModule, type ModuleServer } from '../implement.ts';
import { sessionQueries } from './account-queries.ts';
import { accountActions } from './accounts.ts';
import { forgetStrangers } from './failure.ts';
import { ownActions } from './own-credentials.ts';
import { addSessionRoutes } from './routes.ts';
import { endStaleSessions } from './session-row.ts';
import { twoPersonActions } from './two-persons.ts';

/** What has run out is also ended in the records, so that "who is signed in" and the ledger are right. */
const sweep: Chore = {
  name: 'session.sweep',
  everySeconds: 60,
  async run(runtime) {
    const now = runtime.clock();
    const idleSince = new Date(now.getTime() - runtime.config.sessionIdleMinutes * 60_000);
    await runtime.db.write(signingIn, async (tx) => {
      await endStaleSessions(tx, idleSince, now);
      await forgetStrangers(tx, now);
    });
  },
};

export const sessionServer: ModuleServer = implementModule({
  contract: sessionModule,
  actions: [...ownActions, ...accountActions, ...twoPersonActions],
  queries: sessionQueries,
  chores: [sweep],
  routes: addSessionRoutes,
});

export { makeAuthenticate } from './authenticate.ts';
