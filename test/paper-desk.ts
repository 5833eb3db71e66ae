import { isFault } from '#kernel/fault.ts';
import type { Grant, Owner, Principal, Role } from '#kernel/permission.ts';
import { type AnyWorkflow, anyWorkflow, isMove } from '#kernel/workflow.ts';
import { applyMove, decideMove, type MoveInput } from '#kernel/workflow-moves.ts';
import { type Actor, apply, decide, emptyCourse, enter, type Matter, type Next, type Turn } from '#kernel/workflow-step.ts';
import { paper } from './paper.workflow.ts';

/** The desk at which tests move papers without a database: what `act()` does to a row, done to a value. */
export const papers: AnyWorkflow = anyWorkflow(paper);
export const start = new Date('2026-03-02T09:00:00+08:00');
export const hour = (hours: number, from: Date = start) => new Date(from.getTime() + hours * 3_600_000);

/** City 1 with the districts 11 and 12; the unit of an officer has the area's number. */
const areas: Record<number, readonly number[]> = { 1: [1, 11, 12], 11: [11], 12: [12] };
export const grant = (role: Role, org: number, more: Partial<Grant> = {}): Grant => ({
  post: `${role} ${org}`,
  role,
  unit: org,
  orgs: areas[org] ?? [org],
  lines: null,
  party: null,
  behalf: null,
  ...more,
});
export const someone = (person: string, ...grants: Grant[]): Principal => ({ person, name: person, title: '', grants });
/** The same grants, exercised for somebody who is away. */
export const standIn = (whom: Principal): Grant[] => whom.grants.map((one) => ({ ...one, behalf: whom.person }));

export const li = someone('li', grant('officer', 11));
export const wang = someone('wang', grant('officer', 11));
export const zhao = someone('zhao', grant('leader', 11));
export const sun = someone('sun', grant('leader', 1));
export const zhou = someone('zhou', grant('officer', 12));
export const wu = someone('wu', grant('duty', 11));

/** A start, as `begin()` does it. */
export function open(name: string, by: Principal, owner: Owner | null, now: Date, turn: Turn = {}): Matter {
  const scope = { org: 11, line: null, party: null };
  const blank = { id: 'paper-1', code: 'WG1', title: '', state: '', version: 0, owner: null, starter: by.person, due: null, ladder: 0 };
  const to = papers.starts[name]?.to ?? '';
  const next = enter(papers, { ...blank, ...scope, enteredAt: now, course: emptyCourse() }, to, owner, turn, now);
  const opened = settle({ ...blank, ...scope, enteredAt: now, course: emptyCourse() }, next, now);
  return { ...opened, course: { ...opened.course, hands: { [name]: [by.person] } } };
}

export const settle = (matter: Matter, next: Next, now: Date): Matter => ({
  ...matter,
  state: next.state,
  owner: next.owner,
  due: next.due,
  ladder: next.ladder,
  course: next.course,
  version: matter.version + 1,
  enteredAt: next.entered ? now : matter.enteredAt,
});

/** What an effect or the input of a move says. */
export type Said = Turn & MoveInput;

export function judge(matter: Matter, name: string, who: Principal, now: Date): Actor {
  const actor = isMove(name) ? decideMove(papers, matter, name, who, now) : decide(papers, matter, name, who);
  if (isFault(actor)) throw actor;
  return actor;
}

/** What becomes of the matter; throws the coded fault of whatever refuses. */
export function outcome(matter: Matter, name: string, who: Principal, said: Said, now: Date): Next {
  const actor = judge(matter, name, who, now);
  return isMove(name) ? applyMove(papers, matter, name, actor, said as MoveInput, now) : apply(papers, matter, name, actor, said, now);
}

/** One step, stored as JSON and read back like the column it lives in. */
export function act(matter: Matter, name: string, who: Principal, said: Said = {}, now: Date = start): Matter {
  const done = settle(matter, outcome(matter, name, who, said, now), now);
  return { ...done, course: JSON.parse(JSON.stringify(done.course)) };
}

/** The code of the refusal, or 'done'. */
export function verdict(matter: Matter, name: string, who: Principal, said: Said = {}, now: Date = start): string {
  try {
    outcome(matter, name, who, said, now);
    return 'done';
  } catch (error) {
    if (isFault(error)) return error.code;
    throw error;
  }
}
