import { describe, expect, it } from 'vitest';
import { act, grant, hour, li, open, papers, someone, standIn, start, sun, verdict, wang, wu, zhao, zhou } from '#test/paper-desk.ts';
import { moveNames } from './workflow.ts';
import { asked, available, urgeEveryMinutes } from './workflow-moves.ts';

const officers = { unit: 11, role: 'officer' } as const;
const draft = () => open('write', li, { person: 'li' }, start);
const checking = () => act(draft(), 'submit', li, { owner: officers });
const issuing = () => act(checking(), 'route', wang, { to: 'issuing', owner: officers });
const can = (matter: ReturnType<typeof draft>, who = li, now = start) =>
  available(papers, matter, who, now)
    .filter((one) => one.move)
    .map((one) => one.action);

describe('转办', () => {
  it('hands the matter over and keeps state, deadline and ladder', () => {
    const late = { ...draft(), ladder: 2 };
    const given = act(late, 'transfer', li, { to: 'zhou' }, hour(60));
    expect(given).toMatchObject({ state: 'draft', owner: { person: 'zhou' }, due: late.due, ladder: 2, enteredAt: start });
    expect(given.course.trail.at(-1)?.owner).toEqual({ person: 'zhou' });
    expect(act(act(given, 'submit', zhou), 'bounce', zhao).owner).toEqual({ person: 'zhou' });
  });

  it('only by whoever holds it, or stands in for them', () => {
    expect(verdict(draft(), 'transfer', wang, { to: 'zhou' })).toBe('workflow.not_holder');
    expect(verdict(draft(), 'transfer', zhao, { to: 'zhou' })).toBe('workflow.not_holder');
    expect(verdict(draft(), 'transfer', someone('deputy', ...standIn(li)), { to: 'zhou' })).toBe('done');
    expect(verdict(draft(), 'transfer', li, {})).toBe('person.unknown');
  });
});

describe('加签', () => {
  const asking = () => act(checking(), 'consult', wang, { person: 'zhou' }, hour(1));

  it('blocks every forward and backward step until it is answered, but not a remark', () => {
    for (const name of ['route', 'bounce', 'restart', 'choose', 'drop']) {
      expect(verdict(asking(), name, zhao, { to: 'issuing', step: 'draft' }), name).toBe('workflow.consult_open');
    }
    expect(verdict(asking(), 'remark', wu)).toBe('done');
    const answered = act(asking(), 'answer', zhou);
    expect(answered.course.asked).toEqual([]);
    expect(verdict(answered, 'route', zhao, { to: 'issuing' })).toBe('done');
  });

  it('keeps owner, clock and state', () => {
    expect(asking()).toMatchObject({ state: 'checking', owner: officers, due: hour(48), enteredAt: start });
    expect(asked(asking())).toEqual(['zhou']);
  });

  it('is answered by the person asked or a stand-in, by nobody else, and once', () => {
    expect(verdict(asking(), 'answer', wang)).toBe('workflow.not_signer');
    expect(verdict(asking(), 'answer', someone('deputy', ...standIn(zhou)))).toBe('done');
    expect(verdict(act(asking(), 'answer', zhou), 'answer', zhou)).toBe('workflow.not_signer');
  });

  it('several may be asked; each answers for himself, and the stand-in first his own', () => {
    const two = act(act(asking(), 'consult', wang, { person: 'wu' }), 'consult', wang, { person: 'wu' });
    expect(asked(two)).toEqual(['zhou', 'wu']);
    const both = someone('wu', grant('duty', 11), ...standIn(zhou));
    const one = act(two, 'answer', both);
    expect(asked(one)).toEqual(['zhou']);
    expect(verdict(one, 'route', zhao, { to: 'issuing' })).toBe('workflow.consult_open');
    expect(asked(act(one, 'answer', both))).toEqual([]);
  });

  it("a colleague who never answers does not hold the matter for ever: the leader's override or a time-out goes on", () => {
    const silent = act(asking(), 'override', sun, { state: 'checking' });
    expect(asked(silent)).toEqual([]);
    expect(silent).toMatchObject({ state: 'checking', owner: officers });
    expect(asked(act(asking(), 'override', sun, { state: 'draft' }))).toEqual([]);
  });
});

describe('催办', () => {
  it('by the starter and by those who answer for the area, not by the holder', () => {
    expect(verdict(checking(), 'urge', zhao)).toBe('done');
    expect(verdict(checking(), 'urge', wu)).toBe('done');
    expect(verdict(checking(), 'urge', wang)).toBe('workflow.not_allowed');
    expect(verdict(checking(), 'urge', zhou)).toBe('auth.forbidden');
    expect(verdict({ ...checking(), starter: 'zhou' }, 'urge', zhou)).toBe('done');
  });

  it('not twice within half an hour', () => {
    const urged = act(checking(), 'urge', zhao, {}, hour(1));
    const minutes = (n: number) => hour(1 + n / 60);
    expect(verdict(urged, 'urge', wu, {}, minutes(urgeEveryMinutes - 1))).toBe('workflow.urged_recently');
    expect(can(urged, wu, minutes(1))).not.toContain('urge');
    expect(verdict(urged, 'urge', wu, {}, minutes(urgeEveryMinutes))).toBe('done');
  });

  it('whoever takes the next step has not been urged yet', () => {
    const urged = act(checking(), 'urge', zhao);
    expect(verdict(act(urged, 'route', wang, { to: 'issuing', owner: { person: 'li' } }), 'urge', zhao)).toBe('done');
  });
});

describe('撤回', () => {
  it('restores owner, deadline, ladder, path and hands: a withdrawal earns no time', () => {
    const before = { ...draft(), ladder: 1 };
    const back = act(act(before, 'submit', li, { owner: officers }, hour(20)), 'withdraw', li, {}, hour(30));
    expect(back).toMatchObject({ state: 'draft', owner: { person: 'li' }, due: before.due, ladder: 1, version: 3 });
    expect(back.course).toEqual(before.course);
    expect(verdict(back, 'withdraw', li)).toBe('workflow.cannot_withdraw');
  });

  it('remembers what was before only where it may be withdrawn', () => {
    expect(checking().course.last).toMatchObject({ action: 'submit', actor: 'li', withdraw: true, undo: { owner: { person: 'li' } } });
    expect(act(checking(), 'remark', wu).course.last).toEqual({ action: 'remark', actor: 'wu', withdraw: false });
    expect(JSON.stringify(issuing().course.last).match(/undo/g)).toHaveLength(1);
  });

  it('does not wipe out an earlier time the same person did the step', () => {
    const again = act(act(checking(), 'bounce', wang), 'submit', li, { owner: officers });
    const back = act(again, 'withdraw', li);
    const byAnother = act(act(back, 'transfer', li, { to: 'wang' }), 'submit', wang, { owner: officers });
    expect(byAnother.course.hands.submit).toEqual(['li', 'wang']);
    expect(verdict(byAnother, 'route', li, { to: 'issuing' })).toBe('workflow.same_person');
  });

  it('frees the stand-in and the one stood in for', () => {
    const deputy = someone('deputy', ...standIn(li));
    const back = act(act(draft(), 'submit', deputy, { owner: officers }), 'withdraw', deputy);
    expect(back.course.hands).toEqual({ write: ['li'] });
    const sent = act(act(back, 'transfer', deputy, { to: 'wang' }), 'submit', wang, { owner: officers });
    expect(verdict(sent, 'route', li, { to: 'issuing' })).toBe('done');
  });

  it('of a return goes forward again, of a loop as well', () => {
    for (const name of ['bounce', 'rewrite']) {
      const back = act(act(issuing(), name, zhao, {}, hour(1)), 'withdraw', zhao, {}, hour(2));
      expect(back).toMatchObject({ state: 'issuing', owner: officers, due: issuing().due });
      expect(back.course).toEqual({ ...issuing().course, last: null });
    }
  });

  it('only by the person who took the step, and only where the declaration allows it', () => {
    expect(verdict(checking(), 'withdraw', wang)).toBe('workflow.cannot_withdraw');
    expect(verdict(act(issuing(), 'restart', zhao), 'withdraw', zhao)).toBe('workflow.cannot_withdraw');
    expect(verdict(draft(), 'withdraw', li)).toBe('workflow.cannot_withdraw');
  });

  it('not after anybody has acted since', () => {
    const acts: [string, typeof li, Record<string, string>][] = [
      ['remark', wu, {}],
      ['transfer', wang, { to: 'zhou' }],
      ['consult', wang, { person: 'zhou' }],
      ['override', sun, { state: 'checking' }],
      ['route', wang, { to: 'issuing' }],
    ];
    for (const [name, who, said] of acts) {
      expect(verdict(act(checking(), name, who, said), 'withdraw', li), name).toBe('workflow.cannot_withdraw');
    }
    expect(verdict(act(act(checking(), 'consult', wang, { person: 'zhou' }), 'answer', zhou), 'withdraw', li)).toBe(
      'workflow.cannot_withdraw',
    );
  });

  it('still after somebody was only told or urged', () => {
    expect(verdict(act(checking(), 'copy', wang), 'withdraw', li)).toBe('done');
    expect(verdict(act(checking(), 'urge', zhao), 'withdraw', li)).toBe('done');
  });

  it('never from a final state', () => {
    const dropped = act(checking(), 'drop', zhao);
    expect(verdict({ ...dropped, course: { ...checking().course } }, 'withdraw', li)).toBe('workflow.not_allowed');
  });
});

describe("领导调整 (a leader's override)", () => {
  it('goes to any open step, never to an end, to signatures, or to what is no state', () => {
    for (const state of ['draft', 'checking', 'issuing']) expect(verdict(checking(), 'override', sun, { state }), state).toBe('done');
    for (const state of ['issued', 'dropped', 'joint', 'either', 'chain', '', 'nowhere', 'constructor', '__proto__', 'toString']) {
      expect(verdict(checking(), 'override', sun, { state }), state).toBe('workflow.not_allowed');
    }
    expect(verdict(checking(), 'override', sun)).toBe('workflow.not_allowed');
  });

  it('is for leaders in scope, and not for closed matters', () => {
    expect(verdict(checking(), 'override', zhao, { state: 'draft' })).toBe('done');
    expect(verdict(checking(), 'override', wang, { state: 'draft' })).toBe('auth.forbidden');
    expect(verdict(checking(), 'override', someone('x', grant('leader', 12)), { state: 'draft' })).toBe('auth.forbidden');
    expect(verdict(act(checking(), 'drop', zhao), 'override', sun, { state: 'draft' })).toBe('workflow.not_allowed');
  });

  it('names a new owner, or leaves it with whoever had that step', () => {
    expect(act(issuing(), 'override', sun, { state: 'checking', to: 'zhou' }).owner).toEqual({ person: 'zhou' });
    expect(act(issuing(), 'override', sun, { state: 'draft' }).owner).toEqual({ person: 'li' });
    expect(act(draft(), 'override', sun, { state: 'issuing' }).owner).toEqual({ person: 'li' });
  });

  it('in place: a new owner under the same deadline, and the ladder is climbed anew', () => {
    const placed = act({ ...checking(), ladder: 3 }, 'override', sun, { state: 'checking', to: 'zhou' }, hour(60));
    expect(placed).toMatchObject({ owner: { person: 'zhou' }, due: hour(48), ladder: 0, enteredAt: start });
  });
});

describe('抄送', () => {
  it('changes nothing of the matter but its version', () => {
    expect(act(checking(), 'copy', wang, { people: ['zhou'] }, hour(1))).toEqual({ ...checking(), version: 3 });
  });

  it('is for the holder and for those who answer for the area', () => {
    expect(verdict(checking(), 'copy', wu)).toBe('done');
    expect(verdict(checking(), 'copy', zhou)).toBe('auth.forbidden');
    expect(verdict(act(draft(), 'transfer', li, { to: 'zhou' }), 'copy', zhou)).toBe('done');
  });
});

it('somebody with no post and no part in the matter may do nothing', () => {
  const nobody = someone('nobody');
  for (const matter of [draft(), checking(), issuing(), act(issuing(), 'issue', wu)]) {
    expect(available(papers, matter, nobody, start)).toEqual([]);
    for (const move of moveNames) expect(verdict(matter, move, nobody, { to: 'x', person: 'x', state: 'draft' }), move).not.toBe('done');
  }
});
