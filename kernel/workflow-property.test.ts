import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  grant,
  hour,
  judge,
  li,
  open,
  outcome,
  papers,
  type Said,
  settle,
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
import type { Principal } from './permission.ts';
import { isMove, moveNames } from './workflow.ts';
import { available } from './workflow-moves.ts';
import { apply, type Matter, type Next, nextTimer, pendingSigners } from './workflow-step.ts';

// Random people do random things to a paper for some weeks; beside it runs a model that knows nothing but the history.
const people = [
  ...[li, wang, zhao, sun, zhou, wu],
  someone('deputy', grant('officer', 11), ...standIn(li), ...standIn(zhao)),
  someone('helper', ...standIn(wang), ...standIn(sun)),
];
const names = [...Object.keys(papers.actions), ...moveNames];
const persons = people.map((one) => one.person);
const choices = ['joint', 'either', 'chain', 'issuing'];
const owners = [{ person: 'li' }, { person: 'zhou' }, { unit: 11, role: 'officer' as const }];

type Step = { who: Principal; pick: number; blind: string | null; wait: number; said: Said };
const someSaid: fc.Arbitrary<Said> = fc
  .record(
    {
      owner: fc.constantFrom(...owners),
      due: fc.integer({ min: 1, max: 2000 }).map((h) => hour(h)),
      signers: fc.shuffledSubarray(persons, { minLength: 1 }),
      step: fc.constantFrom(...Object.keys(papers.states)),
      state: fc.constantFrom(...Object.keys(papers.states)),
    },
    { requiredKeys: ['signers', 'step', 'state'] },
  )
  .chain((said) =>
    fc.record({ to: fc.constantFrom(...choices), person: fc.constantFrom(...persons) }).map((more) => ({ ...said, ...more })),
  );
const someSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    who: fc.constantFrom(...people),
    pick: fc.nat(50),
    blind: fc.option(fc.constantFrom(...names), { freq: 3 }),
    wait: fc.integer({ min: 0, max: 30 }),
    said: someSaid,
  }),
  { maxLength: 30 },
);
const someStart = fc.constantFrom<[string, Principal]>(['write', li], ['write', zhao], ['receive', wu]);

type Done = { name: string; who: Principal; said: Said; now: Date; before: Matter; next: Next; after: Matter };

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const one of Object.values(value)) frozen(one);
  }
  return value;
};

/** What a person would really send: the input of each name, made to fit where it can. A handover's `to` is a person. */
function fitting(matter: Matter, name: string, said: Said): Said {
  if (name === 'transfer') return { to: said.person ?? 'li' };
  if (name === 'override') return { state: said.state ?? '', ...(said.owner ? { to: said.person ?? 'li' } : {}) };
  const { state: _, person, ...turn } = said;
  if (isMove(name)) return person ? { person } : {};
  const passed = matter.course.trail.some((visit) => visit.state === said.step);
  return name === 'choose' && !passed ? { ...turn, step: matter.course.trail[0]?.state ?? '' } : turn;
}

function run([opening, by]: [string, Principal], steps: readonly Step[]): { first: Matter; done: Done[] } {
  let now = start;
  let matter = frozen(open(opening, by, { person: by.person }, now));
  const first = matter;
  const done: Done[] = [];
  for (const { who, pick, blind, wait, said } of steps) {
    now = hour(wait, now);
    const offered = available(papers, matter, who, now);
    const name = blind ?? offered[pick % Math.max(1, offered.length)]?.action;
    if (name === undefined) continue;
    const input = fitting(matter, name, said);
    if (verdict(matter, name, who, input, now) !== 'done') continue;
    const next = outcome(matter, name, who, input, now);
    const after = frozen(settle(matter, next, now));
    done.push({ name, who, said: input, now, before: matter, next, after });
    matter = after;
  }
  return { first, done };
}

/** Runs the steps and asks `check` of everything that happened. */
function always(check: (done: Done, history: { first: Matter; done: readonly Done[] }, at: number) => void, numRuns = 60): void {
  fc.assert(
    fc.property(someStart, someSteps, (opening, steps) => {
      const history = run(opening, steps);
      for (const [at, one] of history.done.entries()) check(one, history, at);
    }),
    { numRuns },
  );
}

describe('whatever happens to a paper', () => {
  it('its state is declared, and it is closed exactly in a final state: no owner, no deadline, no clock', () => {
    always(({ next, after }) => {
      const state = papers.states[after.state];
      expect(state).toBeDefined();
      if (next.entered) expect(next.final).toBe(state?.final === true);
      if (state?.final) expect([after.owner, after.due, next.nextAt]).toEqual([null, null, null]);
    });
  });

  it('its trail is a simple path from its start to where it is', () => {
    always(({ after }, { first }) => {
      const path = after.course.trail.map((visit) => visit.state);
      expect(new Set(path).size).toBe(path.length);
      expect(path[0]).toBe(first.state);
      expect(path.at(-1)).toBe(after.state);
    });
  });

  it('it has an owner unless it is closed or being signed; while it is signed only one whom the effect named', () => {
    always(({ before, after, said, name }) => {
      const state = papers.states[after.state];
      const entered = after.state !== before.state && name !== 'withdraw';
      if (!state?.sign) expect(after.owner === null).toBe(state?.final === true);
      else if (entered) expect(after.owner).toEqual(said.owner ?? null);
      expect(after.course.trail.at(-1)?.owner).toEqual(after.owner);
    });
  });

  it('every step counts one version, also those that move nothing', () => {
    always(({ after, before }, { first }, at) => {
      expect(after.version).toBe(before.version + 1);
      expect(after.version).toBe(first.version + at + 1);
    });
  });

  it('its clock looks at the deadline where a time-out acts, else at the rung that comes next', () => {
    always(({ next, after }) => {
      const byRung = nextTimer(after.enteredAt, after.due, after.ladder);
      expect(next.nextAt).toEqual(papers.states[after.state]?.timeout ? after.due : byRung);
    });
  });

  it('a round of signatures exists exactly in a state of signatures; each signer signs once, each hand once', () => {
    always(({ after }) => {
      const { sign } = after.course;
      expect(sign?.rule).toBe(papers.states[after.state]?.sign);
      if (!sign) return;
      const given = sign.done.map((one) => one.behalf ?? one.person);
      expect(sign.signers).toEqual(expect.arrayContaining([...pendingSigners(sign), ...given]));
      expect(new Set(given).size).toBe(given.length);
      expect(new Set(sign.done.map((one) => one.person)).size).toBe(given.length);
      for (const one of sign.done) if (one.behalf !== null) expect(sign.signers).not.toContain(one.person);
      if (sign.rule === 'sequence') expect(given).toEqual(sign.signers.slice(0, given.length));
    });
  });

  it('questions are open only where they were asked', () => {
    always(({ before, next }) => {
      if (next.entered) expect(next.course.asked).toEqual([]);
      const leaves = next.state !== before.state;
      if (before.course.asked.length > 0 && leaves) expect(['override', 'withdraw']).toContain(lastName(next));
    });
  });

  it('who did what is remembered as the history tells it, withdrawn steps left out', () => {
    always((_, history, at) => {
      if (at !== history.done.length - 1) return;
      const acts: Done[] = [];
      for (const one of history.done) {
        if (one.name === 'withdraw') acts.pop();
        else if (!isMove(one.name)) acts.push(one);
      }
      const hands = new Map(Object.entries(history.first.course.hands).map(([name, who]) => [name, new Set(who)]));
      for (const { name, before, who, now } of acts) {
        const { person, behalf } = judge(before, name, who, now);
        hands.set(name, new Set([...(hands.get(name) ?? []), person, ...(behalf === null ? [] : [behalf])]));
      }
      const found = Object.entries(history.done.at(-1)?.after.course.hands ?? {}).map(([name, who]) => [name, new Set(who)] as const);
      expect(new Map(found)).toEqual(hands);
    });
  });

  it('nobody does what must be done by another', () => {
    always(({ name, who, before, now }) => {
      const { person, behalf } = judge(before, name, who, now);
      const others = papers.actions[name]?.notSameAs ?? [];
      const barred = others.flatMap((other) => before.course.hands[other] ?? []);
      expect(barred).not.toContain(person);
      if (behalf !== null) expect(barred).not.toContain(behalf);
    });
  });

  it('a withdrawal restores what was before the step', () => {
    always(({ name, before, after }, { done }, at) => {
      if (name !== 'withdraw') return;
      const taken = done.slice(0, at).findLast((one) => !isMove(one.name))?.before as Matter;
      const { last: _, urgedAt: __, ...course } = taken.course;
      expect(after).toMatchObject({ state: taken.state, owner: taken.owner, due: taken.due, ladder: taken.ladder, course });
      expect(after.course.last).toBeNull();
      expect(before.course.last?.actor).toBeDefined();
    });
  });

  it('the same acts in the same order give the same paper: course, clock and all', () => {
    fc.assert(
      fc.property(someStart, someSteps, (opening, steps) => {
        const { first, done } = run(opening, steps);
        let again = first;
        for (const { name, who, said, now } of done) {
          const stored: Matter = { ...again, course: JSON.parse(JSON.stringify(again.course)) };
          again = settle(stored, outcome(stored, name, who, said, now), now);
        }
        expect(JSON.stringify(again)).toBe(JSON.stringify(done.at(-1)?.after ?? first));
      }),
    );
  });

  it('a time-out that comes at any moment leaves a state that is sound', () => {
    always(({ after, now }) => {
      const timeout = papers.states[after.state]?.timeout;
      if (timeout === undefined) return;
      const next = apply(papers, after, timeout, { person: 'clock', behalf: null }, {}, now);
      expect(next).toMatchObject({ state: 'dropped', final: true, owner: null, nextAt: null });
    });
  });
});

const lastName = (next: Next): string => next.course.last?.action ?? 'override';

/** Inputs that are right for this paper at this moment. */
function rightInputs(matter: Matter, name: string): Said[] {
  const earlier = matter.course.trail.slice(0, -1).map((visit) => visit.state);
  const open = Object.entries(papers.states).filter(([, state]) => !state.final && !state.sign);
  switch (name) {
    case 'route':
      return choices.map((to) => ({ to, signers: ['zhao', 'sun'] }));
    case 'choose':
      return earlier.map((step) => ({ step }));
    case 'override':
      return open.flatMap(([state]) => [{ state }, { state, to: 'zhou' }]);
    case 'transfer':
      return [{ to: 'zhou' }];
    case 'consult':
      return [{ person: 'zhou' }];
    default:
      return [{}];
  }
}

describe('the buttons', () => {
  it('are exactly what would succeed: none that then fails, none withheld', () => {
    fc.assert(
      fc.property(someStart, someSteps, (opening, steps) => {
        const { first, done } = run(opening, steps);
        const matter = done.at(-1)?.after ?? first;
        const now = done.at(-1)?.now ?? start;
        for (const who of people) {
          const offered = available(papers, matter, who, now).map((one) => one.action);
          for (const name of names) {
            const tried = rightInputs(matter, name).map((said) => verdict(matter, name, who, said, now));
            const allowed = tried.length > 0 && tried.every((one) => one === 'done');
            expect([name, ...tried, offered.includes(name)]).toEqual([name, ...tried, allowed]);
            if (!allowed) expect(tried).not.toContain('done');
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('the walks reach every state and make every step: the properties above are not empty', () => {
    const seen = new Set<string>();
    for (const seed of [1, 2, 3, 4]) {
      for (const [opening, steps] of fc.sample(fc.tuple(someStart, someSteps), { numRuns: 150, seed })) {
        for (const { name, after } of run(opening, steps).done) seen.add(name).add(after.state);
      }
    }
    const missing = [...names, ...Object.keys(papers.states)].filter((one) => !seen.has(one));
    expect(missing).toEqual([]);
  });
});
