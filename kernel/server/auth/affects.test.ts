import { describe, expect, it } from 'vitest';
import { sessionModule } from '../../session-contract.ts';
import { affectsPrincipals } from './affecting.ts';

describe('which ledger rows make sessions doubtful', () => {
  it('posts, delegations, people and accounts do', () => {
    for (const name of ['org.postGive', 'org.postEnd', 'org.delegate', 'org.delegationRevoke', 'org.personLeave', 'session.accountDisable'])
      expect(affectsPrincipals({ name }), name).toBe(true);
  });

  it('the daily work and signing in do not', () => {
    for (const name of ['inspection.hazard.assign', 'session.opened', 'session.refused', 'session.locked', 'session.code_asked'])
      expect(affectsPrincipals({ name }), name).toBe(false);
  });

  it('every action of the security administrator on an account does, but unlocking changes no session', () => {
    for (const action of sessionModule.actions.filter((one) => Array.isArray(one.by)))
      expect(affectsPrincipals({ name: `session.${action.name}` }), action.name).toBe(true);
  });
});
