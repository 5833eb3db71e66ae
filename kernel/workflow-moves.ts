import { type Fault, fault, isFault } from './fault.ts';
import { can, holds, type Owner, type Principal } from './permission.ts';
import { type AnyWorkflow, isMove, type MoveName, moves, overrideBy, urgeBy } from './workflow.ts';
import { type Actor, type Course, decide, enter, type Matter, type Next, pendingSigners, stay } from './workflow-step.ts';

/** Twice within this time is nagging, not urging. Configurable per workflow is not needed: it protects the urged. */
export const urgeEveryMinutes = 30;

/** May this person make this move (转办, 加签, 催办 …) now? */
export function decideMove(workflow: AnyWorkflow, matter: Matter, move: MoveName, who: Principal, now: Date): Actor | Fault {
  const state = workflow.states[matter.state];
  const refuse = () => fault('workflow.not_allowed', { state: matter.state, action: move, kind: workflow.kind });
  if (!state || (state.final && move !== 'copy')) return refuse();
  switch (move) {
    case 'transfer':
    case 'consult':
      return state.sign ? refuse() : asHolder(matter, who);
    case 'answer':
      return asAsked(matter, who);
    case 'urge':
      return decideUrge(matter, who, now);
    case 'copy':
      return orElse(asHolder(matter, who), () => asRole(workflow, matter, who, move));
    case 'withdraw':
      return decideWithdraw(matter, who);
    case 'override': {
      const grant = can(who, overrideBy, matter);
      return grant ? { person: who.person, behalf: grant.behalf } : fault('auth.forbidden', { permission: `${workflow.kind}.override` });
    }
  }
}

function asHolder(matter: Matter, who: Principal): Actor | Fault {
  const held = holds(who, matter.owner, matter.party);
  return held ? { person: who.person, behalf: held.behalf } : fault('workflow.not_holder', { holder: matter.owner });
}

function asRole(workflow: AnyWorkflow, matter: Matter, who: Principal, move: MoveName): Actor | Fault {
  const grant = can(who, urgeBy, matter);
  return grant ? { person: who.person, behalf: grant.behalf } : fault('auth.forbidden', { permission: `${workflow.kind}.${move}` });
}

function orElse(first: Actor | Fault, second: () => Actor | Fault): Actor | Fault {
  return isFault(first) ? second() : first;
}

function asAsked(matter: Matter, who: Principal): Actor | Fault {
  const mine = matter.course.asked.find(
    (asked) => asked.person === who.person || who.grants.some((grant) => grant.behalf === asked.person),
  );
  if (!mine) return fault('workflow.not_signer');
  return { person: who.person, behalf: mine.person === who.person ? null : mine.person };
}

function decideUrge(matter: Matter, who: Principal, now: Date): Actor | Fault {
  const since = matter.course.urgedAt === null ? null : now.getTime() - Date.parse(matter.course.urgedAt);
  const actor = matter.starter === who.person ? { person: who.person, behalf: null } : can(who, urgeBy, matter);
  if (!actor) return fault('auth.forbidden', { permission: 'urge' });
  if (holds(who, matter.owner, matter.party)) return fault('workflow.not_allowed', { state: matter.state, action: 'urge' });
  if (since !== null && since < urgeEveryMinutes * 60_000) return fault('workflow.urged_recently', { minutes: urgeEveryMinutes });
  return { person: who.person, behalf: actor.behalf };
}

function decideWithdraw(matter: Matter, who: Principal): Actor | Fault {
  const { last, trail } = matter.course;
  if (!last || last.actor !== who.person) return fault('workflow.cannot_withdraw');
  const signed = (matter.course.sign?.done.length ?? 0) > 0;
  if (!last.withdraw || trail.length < 2 || signed) return fault('workflow.cannot_withdraw');
  return { person: who.person, behalf: null };
}

export type MoveInput = { to?: string; person?: string; state?: string; people?: string[] };

/** Carries out a decided move. */
export function applyMove(workflow: AnyWorkflow, matter: Matter, move: MoveName, actor: Actor, input: MoveInput, now: Date): Next {
  const { course } = matter;
  switch (move) {
    case 'transfer':
      return stay(matter, { ...course, last: null }, { owner: person(input.to) });
    case 'consult': {
      const asked = { person: input.person ?? '', by: actor.person, at: now.toISOString() };
      return stay(matter, { ...course, last: null, asked: [...course.asked.filter((one) => one.person !== asked.person), asked] }, {});
    }
    case 'answer': {
      const answering = actor.behalf ?? actor.person;
      return stay(matter, { ...course, asked: course.asked.filter((one) => one.person !== answering) }, {});
    }
    case 'urge':
      return stay(matter, { ...course, urgedAt: now.toISOString() }, {});
    case 'copy':
      return stay(matter, course, {});
    case 'withdraw':
      return withdrawn(workflow, matter, now);
    case 'override':
      return overridden(workflow, matter, input, now);
  }
}

function person(id: string | undefined): Owner {
  if (id === undefined) throw fault('person.unknown');
  return { person: id };
}

function withdrawn(workflow: AnyWorkflow, matter: Matter, now: Date): Next {
  const back = matter.course.trail.at(-2);
  if (!back) throw fault('workflow.cannot_withdraw');
  return enter(workflow, { ...matter, course: forget(matter.course) }, back.state, back.owner, {}, now);
}

/** The withdrawn action never counts as having been done: its author may do it again. */
function forget(course: Course): Course {
  const { last } = course;
  if (!last) return course;
  const { [last.action]: gone, ...hands } = course.hands;
  const kept = (gone ?? []).filter((hand) => hand !== last.actor);
  return { ...course, hands: kept.length > 0 ? { ...hands, [last.action]: kept } : hands, last: null };
}

function overridden(workflow: AnyWorkflow, matter: Matter, input: MoveInput, now: Date): Next {
  const target = workflow.states[input.state ?? ''];
  // Closing needs evidence and signing needs signers: a leader can send a matter anywhere else, never to its end.
  if (!target || target.final || target.sign) throw fault('workflow.not_allowed', { state: input.state ?? '', action: 'override' });
  const owner = input.to === undefined ? matter.owner : person(input.to);
  const course = { ...matter.course, last: null };
  return input.state === matter.state
    ? stay({ ...matter, ladder: 0 }, course, { owner })
    : enter(workflow, { ...matter, course }, input.state ?? '', owner, {}, now);
}

/** One thing the person may do now. */
export type Allowed = { action: string; move: boolean; primary: boolean; danger: boolean; offline: boolean };

/** What this person may do with this matter now: the only source of the buttons, and the same rules `act()` applies. */
export function available(workflow: AnyWorkflow, matter: Matter, who: Principal, now: Date): Allowed[] {
  const actions = Object.entries(workflow.actions)
    .filter(([name]) => !isFault(decide(workflow, matter, name, who)))
    .filter(([, action]) => typeof action.to === 'string' || !('back' in action.to) || matter.course.trail.length > 1)
    .map(([action, definition]) => ({
      action,
      move: false,
      primary: definition.primary === true,
      danger: definition.danger === true,
      offline: definition.offline === true,
    }));
  const made = (Object.keys(moves) as MoveName[])
    .filter((move) => !isFault(decideMove(workflow, matter, move, who, now)))
    .map((action) => ({ action, move: true, primary: false, danger: action === 'override', offline: false }));
  return [...actions, ...made];
}

/** Everybody who is asked to act now: the owner, the pending signers, the consulted. Persons only; role owners are in `owner`. */
export function asked(matter: Matter): string[] {
  const signers = matter.course.sign ? pendingSigners(matter.course.sign) : [];
  return [...new Set([...signers, ...matter.course.asked.map((one) => one.person)])];
}

export { isMove };
