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
import { available } from './workflow-moves.ts';

const officers = { unit: 11, role: 'officer' } as const;
const draft = () => open('write', li, { person: 'li' }, start);
const checking = () => act(draft(), 'submit', li, { owner: officers });
const issuing = () => act(checking(), 'route', wang, { to: 'issuing', owner: officers });
const trail = (matter: ReturnType<typeof draft>) => matter.course.trail.map((visit) => visit.state);

describe('who may act', () => {
  it('an action is possible only in the states it starts from', () => {
    expect(verdict(draft(), 'route', wang, { to: 'issuing' })).toBe('workflow.not_allowed');
    expect(verdict(checking(), 'submit', li)).toBe('workflow.not_allowed');
    expect(verdict(draft(), 'constructor', li)).toBe('workflow.not_allowed');
  });

  it('needs the role, in the scope of the matter', () => {
    expect(verdict(checking(), 'route', wang, { to: 'issuing' })).toBe('done');
    expect(verdict(checking(), 'route', zhou, { to: 'issuing' })).toBe('auth.forbidden');
    expect(verdict(checking(), 'route', wu, { to: 'issuing' })).toBe('auth.forbidden');
    expect(verdict(checking(), 'route', sun, { to: 'issuing' })).toBe('done');
  });

  it('a holder action belongs to whoever holds the matter', () => {
    expect(verdict(draft(), 'submit', li)).toBe('done');
    expect(verdict(draft(), 'submit', wang)).toBe('workflow.not_holder');
    expect(verdict(draft(), 'submit', zhao)).toBe('workflow.not_holder');
  });

  it('holding it replaces the scope, not the role', () => {
    const elsewhere = act(draft(), 'transfer', li, { to: 'zhou' });
    expect(verdict(elsewhere, 'submit', zhou)).toBe('done');
    expect(verdict(elsewhere, 'submit', li)).toBe('workflow.not_holder');
    const astray = act(draft(), 'transfer', li, { to: 'admin' });
    const admin = someone('admin', grant('sysadmin', 1));
    expect(verdict(astray, 'submit', admin)).toBe('auth.forbidden');
    expect(verdict(astray, 'transfer', admin, { to: 'li' })).toBe('done');
  });

  it('who stands in for the holder acts in the name of both', () => {
    const deputy = someone('deputy', ...standIn(li));
    expect(act(draft(), 'submit', deputy, {}).course.hands.submit).toEqual(['deputy', 'li']);
    expect(verdict(draft(), 'submit', someone('deputy', ...standIn(wang)))).toBe('workflow.not_holder');
  });

  it('a final state allows nothing but copying', () => {
    const issued = act(issuing(), 'issue', wu);
    expect(issued.owner).toBeNull();
    for (const who of [li, wang, zhao, sun, wu]) {
      expect(available(papers, issued, who, start).map((one) => one.action)).toEqual(['copy']);
    }
    expect(available(papers, issued, zhou, start)).toEqual([]);
  });
});

describe('another person must do it (notSameAs)', () => {
  it('refuses whoever did the named action', () => {
    expect(verdict(checking(), 'route', li, { to: 'issuing' })).toBe('workflow.same_person');
    expect(verdict(checking(), 'route', wang, { to: 'issuing' })).toBe('done');
  });

  it('counts a start among the actions', () => {
    const wrote = open('write', zhao, { person: 'zhao' }, start);
    expect(verdict(wrote, 'drop', zhao)).toBe('workflow.same_person');
    expect(verdict(wrote, 'drop', sun)).toBe('done');
  });

  it('catches the stand-in who did it for somebody, and the one it was done for', () => {
    const deputy = someone('deputy', grant('officer', 11), ...standIn(li));
    const sent = act(draft(), 'submit', deputy, { owner: officers });
    expect(verdict(sent, 'route', deputy, { to: 'issuing' })).toBe('workflow.same_person');
    expect(verdict(sent, 'route', li, { to: 'issuing' })).toBe('workflow.same_person');
    expect(verdict(sent, 'route', wang, { to: 'issuing' })).toBe('done');
  });

  it('does not let the author act through a stand-in', () => {
    expect(verdict(checking(), 'route', someone('deputy', ...standIn(li)), { to: 'issuing' })).toBe('workflow.same_person');
    expect(verdict(checking(), 'route', someone('deputy', ...standIn(wang)), { to: 'issuing' })).toBe('done');
  });

  it('still counts a step that was sent back', () => {
    const again = act(act(checking(), 'bounce', wang), 'transfer', li, { to: 'wang' });
    const resent = act(again, 'submit', wang, { owner: officers });
    expect(verdict(resent, 'route', li, { to: 'issuing' })).toBe('workflow.same_person');
    expect(verdict(resent, 'route', wang, { to: 'issuing' })).toBe('workflow.same_person');
    expect(verdict(resent, 'route', zhao, { to: 'issuing' })).toBe('done');
  });
});

describe('where it goes', () => {
  it('forward: the trail grows by the state, with its owner and a fresh clock', () => {
    const sent = act(draft(), 'submit', li, { owner: officers }, hour(5));
    expect(sent).toMatchObject({ state: 'checking', owner: officers, due: hour(53), ladder: 0, version: 2, enteredAt: hour(5) });
    expect(sent.course.trail).toEqual([
      { state: 'draft', owner: { person: 'li' }, at: start.toISOString() },
      { state: 'checking', owner: officers, at: hour(5).toISOString() },
    ]);
  });

  it('keeps the owner where the effect names none', () => {
    expect(act(draft(), 'submit', li).owner).toEqual({ person: 'li' });
    expect(act(draft(), 'submit', li, { owner: null }).owner).toBeNull();
  });

  it('a choice is made by the effect and only among the declared states', () => {
    expect(act(checking(), 'route', wang, { to: 'issuing' }).state).toBe('issuing');
    expect(() => outcome(checking(), 'route', wang, { to: 'issued' }, start)).toThrow('not one of joint, either, chain, issuing');
    expect(() => outcome(checking(), 'route', wang, {}, start)).toThrow('the effect chose undefined');
  });

  it("'=' stays: no fresh clock, no fold, a new owner or deadline where the effect says so", () => {
    const noted = act(checking(), 'remark', wu, {}, hour(7));
    expect(noted).toMatchObject({ state: 'checking', owner: officers, due: hour(48), enteredAt: start, version: 3 });
    const handed = act(checking(), 'remark', wu, { owner: { person: 'zhao' } });
    expect(handed.owner).toEqual({ person: 'zhao' });
    expect(handed.course.trail.at(-1)?.owner).toEqual({ person: 'zhao' });
  });

  it('back to the previous step: its owner again, the path folded', () => {
    const back = act(checking(), 'bounce', wang, {}, hour(10));
    expect(back).toMatchObject({ state: 'draft', owner: { person: 'li' }, enteredAt: hour(10) });
    expect(trail(back)).toEqual(['draft']);
    expect(act(checking(), 'bounce', wang, { owner: { person: 'zhou' } }).owner).toEqual({ person: 'zhou' });
  });

  it('back to the previous step twice walks the path, it does not swing to and fro', () => {
    const once = act(issuing(), 'bounce', zhao);
    expect(once.state).toBe('checking');
    expect(act(once, 'bounce', zhao).state).toBe('draft');
  });

  it('back to the first step: the start of this very matter', () => {
    expect(act(issuing(), 'restart', zhao).state).toBe('draft');
    const received = open('receive', wu, officers, start);
    expect(verdict(received, 'restart', zhao)).toBe('workflow.cannot_return');
    expect(act(act(received, 'route', wang, { to: 'issuing' }), 'restart', zhao).state).toBe('checking');
  });

  it('back to any step already passed, and to no other', () => {
    expect(trail(act(issuing(), 'choose', zhao, { step: 'draft' }))).toEqual(['draft']);
    expect(trail(act(issuing(), 'choose', zhao, { step: 'checking' }))).toEqual(['draft', 'checking']);
    for (const step of ['issuing', 'joint', 'issued', 'nowhere', undefined]) {
      expect(verdict(issuing(), 'choose', zhao, step === undefined ? {} : { step })).toBe('workflow.cannot_return');
    }
  });

  it('offers no way back on the first step', () => {
    const received = open('receive', wu, officers, start);
    const offered = available(papers, received, zhao, start).map((one) => one.action);
    expect(offered).toEqual(['remark', 'postpone', 'route', 'renew', 'drop', 'copy', 'urge', 'override'].sort(byDeclaration));
    expect(verdict(received, 'bounce', zhao)).toBe('workflow.cannot_return');
  });

  it('a step to the same state begins it anew, unlike =', () => {
    const anew = act(checking(), 'renew', zhao, {}, hour(10));
    expect(anew).toMatchObject({ state: 'checking', enteredAt: hour(10), due: hour(58), owner: officers });
    expect(trail(anew)).toEqual(['draft', 'checking']);
  });

  it('a loop forward folds the path as well', () => {
    expect(trail(act(issuing(), 'rewrite', zhao))).toEqual(['draft', 'checking']);
  });

  it('coming to a final state closes: no owner, no deadline, no clock', () => {
    const next = outcome(issuing(), 'issue', wu, { owner: officers, due: hour(500) }, start);
    expect(next).toMatchObject({ state: 'issued', owner: null, due: null, nextAt: null, final: true });
  });
});

const order = [...Object.keys(papers.actions), 'transfer', 'consult', 'answer', 'urge', 'copy', 'withdraw', 'override'];
function byDeclaration(a: string, b: string): number {
  return order.indexOf(a) - order.indexOf(b);
}

describe('buttons', () => {
  it('carry what the declaration says of them', () => {
    expect(available(papers, draft(), li, start)).toEqual([
      { action: 'submit', move: false, primary: true, danger: false, offline: true },
      { action: 'remark', move: false, primary: false, danger: false, offline: false },
      { action: 'transfer', move: true, primary: false, danger: false, offline: false },
      { action: 'consult', move: true, primary: false, danger: false, offline: false },
      { action: 'copy', move: true, primary: false, danger: false, offline: false },
    ]);
    expect(available(papers, checking(), zhao, start).find((one) => one.action === 'override')?.danger).toBe(true);
  });
});
