import { deadline } from './calendar.ts';
import { type Fault, fault } from './fault.ts';
import { can, hasRole, holds, type Owner, type Principal, type Scope } from './permission.ts';
import { type ActionDef, type AnyWorkflow, find, type SignRule, type StateDef } from './workflow.ts';

/** One step on the path from the first state to the present one. `signers`: who signed there, asked again when it is returned to. */
export type Visit = { state: string; owner: Owner | null; at: string; signers?: string[] };
export type Signature = { person: string; behalf: string | null; at: string };
export type SignRound = { rule: SignRule; signers: string[]; done: Signature[] };
export type Consultation = { person: string; by: string; at: string };

/** What 撤回 restores: the matter as it stood before the step. Without it a step and its withdrawal would earn a fresh deadline. */
export type Undo = {
  owner: Owner | null;
  due: string | null;
  ladder: number;
  course: Omit<Course, 'last'>;
  /** What the step's effect wrote over, added by whoever writes the row: own columns by declared name, title, level. */
  fields?: Former;
};
export type Former = { set: Record<string, unknown>; title?: string; level?: 1 | 2 | 3 | 4 | null };

/** Everything the flow itself must remember about a matter; one jsonb column, `course`. */
export type Course = {
  /** A simple path: returning or looping folds it, so `previous` and `first` always mean what people mean. */
  trail: Visit[];
  /** Who did which action, delegators included; read by `notSameAs`. */
  hands: Record<string, string[]>;
  sign: SignRound | null;
  asked: Consultation[];
  last: { action: string; actor: string; withdraw: boolean; undo?: Undo } | null;
  urgedAt: string | null;
  /** The deadline ran into a year whose holiday notice is not known yet: it is settled when the notice is. */
  provisional?: true;
};

/** The part of a matter that decides what may happen to it. */
export type Matter = Scope & {
  id: string;
  code: string;
  title: string;
  state: string;
  version: number;
  owner: Owner | null;
  starter: string;
  due: Date | null;
  enteredAt: Date;
  ladder: number;
  course: Course;
};

export type Actor = { person: string; behalf: string | null };

/** What an effect may say beside writing its own columns. */
export type Turn = { to?: string; owner?: Owner | null; due?: Date | null; signers?: string[]; step?: string };

/** What the matter becomes. */
export type Next = {
  state: string;
  owner: Owner | null;
  due: Date | null;
  nextAt: Date | null;
  ladder: number;
  entered: boolean;
  final: boolean;
  course: Course;
};

export const emptyCourse = (): Course => ({ trail: [], hands: {}, sign: null, asked: [], last: null, urgedAt: null });

/** May this person do this action now? The answer is who acts (and for whom), or the fault that says why not. */
export function decide(workflow: AnyWorkflow, matter: Matter, name: string, who: Principal): Actor | Fault {
  const action = find(workflow.actions, name);
  const state = find(workflow.states, matter.state);
  if (!action || !state || !action.from.includes(matter.state)) {
    return fault('workflow.not_allowed', { state: matter.state, action: name, kind: workflow.kind });
  }
  const actor = action.signs ? signer(matter, who) : permitted(workflow, action, name, matter, who);
  if (actor instanceof Error) return actor;
  for (const other of action.notSameAs ?? []) {
    const hands = matter.course.hands[other] ?? [];
    if (hands.includes(actor.person) || (actor.behalf !== null && hands.includes(actor.behalf))) {
      return fault('workflow.same_person', { action: other, kind: workflow.kind });
    }
  }
  if (matter.course.asked.length > 0 && action.to !== '=') {
    return fault('workflow.consult_open', { people: matter.course.asked.map((asked) => asked.person) });
  }
  return actor;
}

function permitted(workflow: AnyWorkflow, action: ActionDef<string, string>, name: string, matter: Matter, who: Principal): Actor | Fault {
  const forbidden = () => fault('auth.forbidden', { permission: `${workflow.kind}.${name}` });
  if (action.holder) {
    const held = holds(who, matter.owner, matter.party);
    if (!held) return fault('workflow.not_holder', { holder: matter.owner });
    // Holding it replaces the scope, not the role: a matter handed to an administrator is not handled by him (GB/T 22239-2019).
    return hasRole(who, action.by) ? { person: who.person, behalf: held.behalf } : forbidden();
  }
  if (action.starter && matter.starter !== who.person && !who.grants.some((grant) => grant.behalf === matter.starter)) return forbidden();
  const from = action.above ? { ...who, grants: who.grants.filter((grant) => grant.orgs.length > 1) } : who;
  const grant = can(from, action.by, matter);
  return grant ? { person: who.person, behalf: grant.behalf } : forbidden();
}

/** Whose signature is missing: all of them; in a sequence only the one whose turn it is. */
export function pendingSigners(round: SignRound): string[] {
  const left = round.signers.filter((person) => !round.done.some((done) => (done.behalf ?? done.person) === person));
  return round.rule === 'sequence' ? left.slice(0, 1) : left;
}

/**
 * Signatures are those of different people: who is a signer, or has signed for somebody absent, cannot sign for another too.
 * A joint signature by one hand would be none.
 */
function signer(matter: Matter, who: Principal): Actor | Fault {
  const { sign } = matter.course;
  const pending = sign ? pendingSigners(sign) : [];
  if (pending.includes(who.person)) return { person: who.person, behalf: null };
  const involved = sign?.signers.includes(who.person) || sign?.done.some((done) => done.person === who.person);
  const absent = involved ? undefined : who.grants.find((grant) => grant.behalf !== null && pending.includes(grant.behalf));
  return absent ? { person: who.person, behalf: absent.behalf } : fault('workflow.not_signer');
}

/** Carries out a decided action. Pure: the same inputs give the same matter. Throws coded faults for impossible targets. */
export function apply(workflow: AnyWorkflow, matter: Matter, name: string, actor: Actor, turn: Turn, now: Date): Next {
  const action = find(workflow.actions, name);
  if (!action) throw fault('workflow.not_allowed', { state: matter.state, action: name, kind: workflow.kind });
  const course = remember(matter, name, actor, action.withdraw === true);
  if (action.signs === 'for' && course.sign) {
    course.sign = { ...course.sign, done: [...course.sign.done, { ...actor, at: now.toISOString() }] };
    if (!complete(course.sign)) return stay(workflow, matter, course, turn);
  }
  const target = targetOf(matter, action, turn);
  if (action.to === '=') return stay(workflow, matter, course, turn);
  const signers = turn.signers ?? target.signers;
  return enter(workflow, { ...matter, course }, target.state, target.owner, { ...turn, ...(signers ? { signers } : {}) }, now);
}

function remember({ course, owner, due, ladder }: Matter, name: string, actor: Actor, withdraw: boolean): Course {
  const hands = [...(course.hands[name] ?? []), actor.person, ...(actor.behalf === null ? [] : [actor.behalf])];
  const { last: _, ...before } = course;
  const undo = withdraw ? { undo: { owner, due: due?.toISOString() ?? null, ladder, course: before } } : {};
  return {
    ...course,
    hands: { ...course.hands, [name]: [...new Set(hands)] },
    last: { action: name, actor: actor.person, withdraw, ...undo },
  };
}

function complete(round: SignRound): boolean {
  return round.rule === 'any' ? round.done.length > 0 : pendingSigners(round).length === 0;
}

/** Nothing moves but what the effect changed: a signature among several, a remark, a new owner or deadline. */
export function stay(workflow: AnyWorkflow, matter: Matter, course: Course, turn: Turn): Next {
  const owner = turn.owner === undefined ? matter.owner : turn.owner;
  const due = turn.due === undefined ? matter.due : turn.due;
  // A new deadline is climbed towards from below; a new owner takes the matter over as late as it is.
  const ladder = due?.getTime() === matter.due?.getTime() ? matter.ladder : 0;
  const trail =
    turn.owner === undefined ? course.trail : course.trail.map((visit, i, all) => (i === all.length - 1 ? { ...visit, owner } : visit));
  return {
    state: matter.state,
    owner,
    due,
    ladder,
    nextAt: alarm(find(workflow.states, matter.state), matter.enteredAt, due, ladder),
    entered: false,
    final: false,
    course: { ...(turn.due === undefined ? course : standing(course)), trail },
  };
}

type Aim = { state: string; owner: Owner | null | undefined; signers?: string[] | undefined };

function targetOf(matter: Matter, action: ActionDef<string, string>, turn: Turn): Aim {
  const { to } = action;
  if (to === '=') return { state: matter.state, owner: turn.owner };
  if (typeof to === 'string') return { state: to, owner: turn.owner };
  if ('back' in to) return backTo(matter, to.back, turn);
  if (turn.to === undefined || !to.includes(turn.to)) throw new Error(`the effect chose ${turn.to}, not one of ${to.join(', ')}`);
  return { state: turn.to, owner: turn.owner };
}

function backTo(matter: Matter, back: 'previous' | 'first' | 'any', turn: Turn): Aim {
  const earlier = matter.course.trail.slice(0, -1);
  const visit = back === 'first' ? earlier[0] : back === 'previous' ? earlier.at(-1) : earlier.find((step) => step.state === turn.step);
  if (!visit) throw fault('workflow.cannot_return');
  return { state: visit.state, owner: turn.owner === undefined ? visit.owner : turn.owner, signers: visit.signers };
}

/** Enters a state: fresh clock, fresh ladder, fresh round of signatures, path folded where it was here before. */
export function enter(workflow: AnyWorkflow, matter: Matter, to: string, wanted: Owner | null | undefined, turn: Turn, now: Date): Next {
  const state = find(workflow.states, to);
  if (!state) throw new Error(`${workflow.kind} has no state ${to}`);
  const final = state.final === true;
  const owner = final ? null : wanted === undefined ? heir(matter, state) : wanted;
  const standard = state.deadline ? deadline(state.deadline, now) : null;
  const own = final || turn.due !== undefined;
  const due = final ? null : turn.due === undefined ? (standard?.due ?? null) : turn.due;
  const signers = [...new Set(turn.signers ?? [])];
  if (state.sign && signers.length === 0) throw fault('workflow.no_owner', { who: 'signers' });
  const visits = matter.course.trail;
  const before = visits.findIndex((visit) => visit.state === to);
  const visit = { state: to, owner, at: now.toISOString(), ...(state.sign ? { signers } : {}) };
  const trail = [...(before < 0 ? visits : visits.slice(0, before)), visit];
  const sign = state.sign ? { rule: state.sign, signers, done: [] } : null;
  // A closed matter keeps how far its last clock had run: on time or not is read from it.
  const ladder = final ? rungsPassed(matter, now) : 0;
  const nextAt = alarm(state, now, due, ladder);
  return {
    state: to,
    owner,
    due,
    nextAt,
    ladder,
    entered: true,
    final,
    course: {
      ...standing(matter.course),
      ...(!own && standard?.covered === false ? { provisional: true } : {}),
      trail,
      sign,
      asked: [],
      urgedAt: null,
    },
  };
}

/** The course without the mark of a provisional deadline. */
function standing({ provisional: _, ...course }: Course): Course {
  return course;
}

/** Signatures have signers, not an owner; after them whoever held the matter before has it again. */
function heir(matter: Matter, state: StateDef): Owner | null {
  if (state.sign) return null;
  const { sign, trail } = matter.course;
  return matter.owner ?? (sign ? (trail.findLast((visit) => visit.signers === undefined)?.owner ?? null) : null);
}

/** The rungs of the ladder (催办升级): a reminder before the deadline, the owner's superior at it, the next level a day later. */
export const rungs = ['remind', 'superior', 'next'] as const;
export type Rung = (typeof rungs)[number];
const dayMs = 86_400_000;

/** When the clock of a matter must next be looked at; null when nothing more will happen by itself. */
export function nextTimer(entered: Date, due: Date | null, ladder: number): Date | null {
  if (due === null) return null;
  const quarter = Math.max(0, due.getTime() - entered.getTime()) / 4;
  const at = [due.getTime() - Math.min(dayMs, quarter), due.getTime(), due.getTime() + dayMs][ladder];
  return at === undefined ? null : new Date(at);
}

/** The next look at the clock of a state: the ladder, or the deadline itself where a time-out acts instead of the ladder. */
export function alarm(state: StateDef | undefined, entered: Date, due: Date | null, ladder: number): Date | null {
  return state?.timeout === undefined ? nextTimer(entered, due, ladder) : due;
}

function rungsPassed(matter: Matter, now: Date): number {
  const at = rungs.map((_, rung) => nextTimer(matter.enteredAt, matter.due, rung));
  return at.filter((time) => time !== null && time <= now).length;
}
