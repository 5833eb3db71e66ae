import { describe, expect, it } from 'vitest';
import {
  act,
  grant,
  hour,
  li,
  open,
  outcome,
  papers,
  someone,
  standIn,
  start,
  sun,
  verdict,
  wang,
  wu,
  zhao,
  zhou,
} from '#test/paper-desk.ts';
import { applyMove, asked, available } from './workflow-moves.ts';
import { apply, pendingSigners } from './workflow-step.ts';

const officers = { unit: 11, role: 'officer' } as const;
const checking = () => act(open('write', li, { person: 'li' }, start), 'submit', li, { owner: officers });
const sent = (to: 'joint' | 'either' | 'chain', ...signers: string[]) => act(checking(), 'route', wang, { to, signers });
const signed = (matter: ReturnType<typeof sent>) => matter.course.sign?.done.map((done) => done.person);

describe('a round of signatures', () => {
  it('is held by its signers, not by an owner', () => {
    const joint = sent('joint', 'zhao', 'sun');
    expect(joint).toMatchObject({ state: 'joint', owner: null });
    expect(joint.course.sign).toEqual({ rule: 'all', signers: ['zhao', 'sun'], done: [] });
    expect(asked(joint)).toEqual(['zhao', 'sun']);
    for (const move of ['transfer', 'consult']) expect(verdict(joint, move, zhao, { to: 'li', person: 'li' })).toBe('workflow.not_allowed');
  });

  it('cannot begin without signers, and names each only once', () => {
    expect(verdict(checking(), 'route', wang, { to: 'joint' })).toBe('workflow.no_owner');
    expect(verdict(checking(), 'route', wang, { to: 'joint', signers: [] })).toBe('workflow.no_owner');
    expect(sent('joint', 'zhao', 'zhao', 'sun').course.sign?.signers).toEqual(['zhao', 'sun']);
  });

  it('a role is no signature: only the named sign, wherever their post lies', () => {
    const joint = sent('joint', 'zhou', 'sun');
    expect(verdict(joint, 'agree', zhao)).toBe('workflow.not_signer');
    expect(verdict(joint, 'agree', zhou)).toBe('done');
    expect(verdict(joint, 'agree', someone('zhou'))).toBe('done');
  });

  it('a signature does not move the clock or the state until the round is complete', () => {
    const one = act(sent('joint', 'zhao', 'sun'), 'agree', zhao, {}, hour(3));
    expect(one).toMatchObject({ state: 'joint', enteredAt: start, version: 4 });
    expect(one.due).toEqual(sent('joint', 'zhao', 'sun').due);
    expect(one.course.sign?.done).toEqual([{ person: 'zhao', behalf: null, at: hour(3).toISOString() }]);
  });

  it('after the signatures whoever held the matter before has it again, unless the effect says otherwise', () => {
    expect(act(sent('either', 'zhao'), 'agree', zhao)).toMatchObject({ state: 'issuing', owner: officers });
    expect(act(sent('either', 'zhao'), 'agree', zhao, { owner: { person: 'wu' } }).owner).toEqual({ person: 'wu' });
    expect(act(sent('either', 'zhao'), 'agree', zhao, { owner: null }).owner).toBeNull();
  });
});

describe('会签: all of them', () => {
  it('goes on with the last signature, in any order', () => {
    const two = act(act(sent('joint', 'zhao', 'sun', 'zhou'), 'agree', zhou), 'agree', zhao);
    expect(two.state).toBe('joint');
    expect(asked(two)).toEqual(['sun']);
    expect(act(two, 'agree', sun)).toMatchObject({ state: 'issuing', course: { sign: null } });
  });

  it('refuses a second signature by the same person, for or against', () => {
    const one = act(sent('joint', 'zhao', 'sun'), 'agree', zhao);
    expect(verdict(one, 'agree', zhao)).toBe('workflow.not_signer');
    expect(verdict(one, 'object', zhao)).toBe('workflow.not_signer');
  });

  it('an objection ends the round and sends the matter back', () => {
    const back = act(act(sent('joint', 'zhao', 'sun'), 'agree', zhao), 'object', sun);
    expect(back).toMatchObject({ state: 'checking', owner: officers, course: { sign: null } });
    const again = act(back, 'route', wang, { to: 'joint', signers: ['zhao', 'sun'] });
    expect(signed(again)).toEqual([]);
  });
});

describe('或签: any of them', () => {
  it('goes on with the first signature', () => {
    expect(act(sent('either', 'zhao', 'sun'), 'agree', sun).state).toBe('issuing');
  });

  it('ends with the first objection', () => {
    expect(act(sent('either', 'zhao', 'sun'), 'object', sun).state).toBe('checking');
  });
});

describe('顺序签: one after another', () => {
  it('lets only the next one sign or object', () => {
    const chain = sent('chain', 'zhou', 'zhao', 'sun');
    expect(asked(chain)).toEqual(['zhou']);
    for (const who of [zhao, sun]) {
      expect(verdict(chain, 'agree', who)).toBe('workflow.not_signer');
      expect(verdict(chain, 'object', who)).toBe('workflow.not_signer');
      expect(available(papers, chain, who, start).some((one) => one.action === 'agree')).toBe(false);
    }
    const second = act(chain, 'agree', zhou);
    expect(asked(second)).toEqual(['zhao']);
    expect(verdict(second, 'agree', sun)).toBe('workflow.not_signer');
    expect(act(act(second, 'agree', zhao), 'agree', sun).state).toBe('issuing');
  });
});

describe('signing for somebody absent', () => {
  it('counts for the absent, who then cannot sign a second time', () => {
    const deputy = someone('deputy', ...standIn(zhao));
    const one = act(sent('joint', 'zhao', 'sun'), 'agree', deputy);
    expect(one.course.sign?.done).toMatchObject([{ person: 'deputy', behalf: 'zhao' }]);
    expect(asked(one)).toEqual(['sun']);
    expect(verdict(one, 'agree', zhao)).toBe('workflow.not_signer');
  });

  it('a signer signs only for himself: in a sequence the stand-in of the first does not use up his own turn', () => {
    const both = someone('sun', grant('leader', 1), ...standIn(zhao));
    const chain = sent('chain', 'zhao', 'sun');
    expect(verdict(chain, 'agree', both)).toBe('workflow.not_signer');
    const first = act(chain, 'agree', zhao);
    expect(first.state).toBe('chain');
    expect(act(first, 'agree', both).state).toBe('issuing');
  });

  it('one hand never gives two signatures', () => {
    const both = someone('sun', grant('leader', 1), ...standIn(zhao));
    expect(verdict(act(sent('joint', 'zhao', 'sun'), 'agree', both), 'agree', both)).toBe('workflow.not_signer');
    const deputy = someone('deputy', ...standIn(zhao), ...standIn(sun));
    expect(verdict(act(sent('joint', 'zhao', 'sun'), 'agree', deputy), 'agree', deputy)).toBe('workflow.not_signer');
  });

  it('a signature given for somebody who is no stand-in any more still counts', () => {
    const round = { rule: 'all', signers: ['a', 'b'], done: [{ person: 'b', behalf: 'a', at: '' }] } as const;
    expect(pendingSigners({ ...round, signers: [...round.signers], done: [...round.done] })).toEqual(['b']);
  });
});

describe('returning to signatures', () => {
  it('asks the same signers anew', () => {
    const issuing = act(act(sent('joint', 'zhao', 'sun'), 'agree', zhao), 'agree', sun);
    const back = act(issuing, 'bounce', zhao);
    expect(back).toMatchObject({ state: 'joint', owner: null, course: { sign: { rule: 'all', signers: ['zhao', 'sun'], done: [] } } });
    expect(act(issuing, 'bounce', zhao, { signers: ['zhou'] }).course.sign?.signers).toEqual(['zhou']);
    expect(act(issuing, 'choose', zhao, { step: 'joint' }).course.sign?.signers).toEqual(['zhao', 'sun']);
  });

  it('the last signer takes the signature back: the others keep theirs', () => {
    const one = act(sent('joint', 'zhao', 'sun'), 'agree', zhao);
    const back = act(act(one, 'agree', sun, {}, hour(2)), 'withdraw', sun, {}, hour(3));
    expect(back).toMatchObject({ state: 'joint', owner: null, due: one.due });
    expect(signed(back)).toEqual(['zhao']);
    expect(asked(back)).toEqual(['sun']);
    expect(back.course.hands.agree).toEqual(['zhao']);
  });

  it('a signature among several can be taken back while nobody else has acted', () => {
    const one = act(sent('joint', 'zhao', 'sun'), 'agree', zhao, {}, hour(1));
    const back = act(one, 'withdraw', zhao, {}, hour(2));
    expect(signed(back)).toEqual([]);
    expect(back.enteredAt).toEqual(start);
    const clock = outcome(sent('joint', 'zhao', 'sun'), 'remark', wu, {}, hour(2)).nextAt;
    expect(outcome(one, 'withdraw', zhao, {}, hour(2)).nextAt).toEqual(clock);
    expect(verdict(act(one, 'remark', wu), 'withdraw', zhao)).toBe('workflow.cannot_withdraw');
  });

  it('whoever sent it for signature cannot fetch it back after the first signature', () => {
    expect(verdict(sent('joint', 'zhao', 'sun'), 'withdraw', wang)).toBe('done');
    expect(verdict(act(sent('joint', 'zhao', 'sun'), 'agree', zhao), 'withdraw', wang)).toBe('workflow.cannot_withdraw');
  });
});

describe('leaving signatures otherwise', () => {
  it('the leader may take the matter out of a round, and it goes to whoever had it in that step', () => {
    const joint = sent('joint', 'zhao', 'sun');
    const out = applyMove(papers, joint, 'override', { person: 'sun', behalf: null }, { state: 'checking' }, start);
    expect(out).toMatchObject({ state: 'checking', owner: officers, course: { sign: null } });
    const fresh = applyMove(papers, joint, 'override', { person: 'sun', behalf: null }, { state: 'issuing' }, start);
    expect(fresh.owner).toEqual(officers);
  });

  it('signing is pure: the round given is not changed', () => {
    const joint = sent('joint', 'zhao', 'sun');
    const before = JSON.stringify(joint);
    apply(papers, joint, 'agree', { person: 'zhao', behalf: null }, {}, start);
    expect(JSON.stringify(joint)).toBe(before);
  });
});
