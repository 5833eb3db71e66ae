import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { act, hour, li, open, outcome, papers, start, sun, wang, wu, zhao, zhou } from '#test/paper-desk.ts';
import { alarm, apply, enter, type Matter, nextTimer, rungs } from './workflow-step.ts';

const officers = { unit: 11, role: 'officer' } as const;
const draft = () => open('write', li, { person: 'li' }, start);
const checking = () => act(draft(), 'submit', li, { owner: officers });
const issuing = () => act(checking(), 'route', wang, { to: 'issuing', owner: officers });
const nextAt = (matter: Matter, name: string, who = wang, said = {}, now = start) => outcome(matter, name, who, said, now).nextAt;

describe('the ladder (催办升级)', () => {
  it('reminds before the deadline, tells the superior at it and the next level a day later, then rests', () => {
    const due = hour(240);
    expect(rungs.map((_, rung) => nextTimer(start, due, rung))).toEqual([hour(216), hour(240), hour(264)]);
    expect(nextTimer(start, due, 3)).toBeNull();
  });

  it('reminds in the last quarter when the time is short', () => {
    expect(nextTimer(start, hour(8), 0)).toEqual(hour(6));
    expect(nextTimer(start, hour(96), 0)).toEqual(hour(72));
  });

  it('has nothing to say without a deadline, and does not remind before the step began', () => {
    expect(nextTimer(start, null, 0)).toBeNull();
    expect(nextTimer(start, hour(-5), 0)).toEqual(hour(-5));
  });

  it('never goes down, and never reminds before the step was entered', () => {
    const hours = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(hours, (h) => {
        const at = rungs.map((_, rung) => nextTimer(start, hour(h), rung)?.getTime() ?? 0);
        expect(at).toEqual([...at].sort((a, b) => a - b));
        expect(at[0]).toBeGreaterThanOrEqual(start.getTime());
        expect(at[1]).toBe(hour(h).getTime());
      }),
    );
  });
});

describe('the clock of a step', () => {
  it('starts fresh on entering: the deadline of the state, or the one the effect sets', () => {
    expect(act(draft(), 'submit', li, {}, hour(2)).due).toEqual(hour(50));
    const own = outcome(draft(), 'submit', li, { due: hour(400) }, hour(2));
    expect(own).toMatchObject({ due: hour(400), ladder: 0, nextAt: hour(376) });
  });

  it('null means none, on entering as well as in place', () => {
    expect(outcome(draft(), 'submit', li, { due: null }, start)).toMatchObject({ due: null, nextAt: null });
    expect(outcome(checking(), 'postpone', zhao, { due: null }, start)).toMatchObject({ due: null, nextAt: null });
  });

  it('a changed deadline resets the ladder, the same one does not', () => {
    const late = { ...checking(), ladder: 2 };
    expect(outcome(late, 'postpone', zhao, { due: hour(100) }, hour(50))).toMatchObject({
      ladder: 0,
      due: hour(100),
      nextAt: hour(76),
    });
    expect(outcome(late, 'postpone', zhao, { due: hour(48) }, hour(50))).toMatchObject({ ladder: 2, nextAt: hour(72) });
    expect(outcome(late, 'remark', zhao, {}, hour(50))).toMatchObject({ ladder: 2, nextAt: hour(72) });
  });

  it('a new owner takes the matter over as late as it is', () => {
    const late = { ...act(checking(), 'transfer', wang, { to: 'zhou' }), ladder: 3 };
    expect(outcome(late, 'transfer', zhou, { to: 'wang' }, hour(90))).toMatchObject({ ladder: 3, due: hour(48), nextAt: null });
  });
});

describe('a state that times out', () => {
  it('looks at the clock at the deadline, not at the rungs', () => {
    expect(nextAt(checking(), 'route', wang, { to: 'issuing' })).toEqual(hour(24));
    expect(nextAt(act(issuing(), 'bounce', zhao), 'withdraw', zhao, {}, hour(5))).toEqual(hour(24));
    expect(nextAt(draft(), 'override', sun, { state: 'issuing' })).toEqual(hour(24));
  });

  it('is not hurried by a remark, a copy, an urge, a question, a handover or an override in place', () => {
    const held = act(issuing(), 'transfer', wang, { to: 'wang' });
    const acts: [string, typeof li, Record<string, string>][] = [
      ['remark', wu, {}],
      ['copy', wu, {}],
      ['urge', zhao, {}],
      ['consult', wang, { person: 'zhou' }],
      ['transfer', wang, { to: 'zhou' }],
      ['override', sun, { state: 'issuing' }],
    ];
    for (const [name, who, said] of acts) expect(nextAt(held, name, who, said, hour(1)), name).toEqual(hour(24));
    expect(nextAt(act(held, 'consult', wang, { person: 'zhou' }), 'answer', zhou)).toEqual(hour(24));
    expect(nextAt(held, 'postpone', zhao, { due: hour(30) })).toEqual(hour(30));
  });

  it('leaves by the action of the declaration, open questions or not', () => {
    const asking = act(issuing(), 'consult', wang, { person: 'zhou' });
    const gone = apply(papers, asking, 'lapse', { person: 'clock', behalf: null }, {}, hour(24));
    expect(gone).toMatchObject({ state: 'dropped', final: true, nextAt: null, course: { asked: [], sign: null } });
  });

  it('an ordinary state climbs the ladder', () => {
    expect(alarm(papers.states.checking, start, hour(240), 0)).toEqual(hour(216));
    expect(alarm(papers.states.issuing, start, hour(240), 0)).toEqual(hour(240));
  });
});

describe('closed on time or not', () => {
  const closedAt = (hours: number) => outcome(checking(), 'drop', zhao, {}, hour(hours)).ladder;

  it('is kept in the ladder of the closed matter: from 2 on it was late', () => {
    expect(closedAt(1)).toBe(0);
    expect(closedAt(40)).toBe(1);
    expect(closedAt(48)).toBe(2);
    expect(closedAt(71)).toBe(2);
    expect(closedAt(72)).toBe(3);
  });

  it('does not depend on whether the clock was being looked at, nor on handing the late matter over', () => {
    const given = act({ ...checking(), ladder: 0 }, 'transfer', wang, { to: 'zhou' }, hour(49));
    expect(outcome(given, 'drop', zhao, {}, hour(50)).ladder).toBe(2);
  });

  it('is never late without a deadline', () => {
    expect(outcome(act(checking(), 'postpone', zhao, { due: null }), 'drop', zhao, {}, hour(9999)).ladder).toBe(0);
  });
});

it('a state that is not declared is a programming error, not a fault', () => {
  expect(() => enter(papers, draft(), 'nowhere', null, {}, start)).toThrow('sample.paper has no state nowhere');
});
