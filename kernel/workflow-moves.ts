import { type Fault, fault, isFault } from './fault.ts';
import { can, holds, type Owner, type Principal } from './permission.ts';
import { type AnyWorkflow, find, isMove, type MoveName, moves, overrideBy, urgeBy } from './workflow.ts';
import { type Actor, alarm, decide, enter, type Matter, type Next, pendingSigners, stay } from './workflow-step.ts';

/** Twice within this time is nagging, not urging. Configurable per workflow is not needed: it protects the urged. */
export const urgeEveryMinutes = 30;

/** May this person make this move (转办, 加签, 催办 …) now? */
export function decideMove(workflow: AnyWorkflow, matter: Matter, move: MoveName, who: Principal, now: Date): Actor | Fault {
  const state = find(workflow.states, matter.state);
  const refuse = () => fault('workflow.not_allowed', { state: matter.state, action: move, kind: workflow.kind });
  if (!state || (state.final && move !== 'copy')) return refuse();
  switch (move) {
    case 'transfer':
    case 'consult':
      return state.sign ? refuse() : asHolder(matter, who);
    case 'answer':
      return asAsked(matter, who);
    case 'urge':
      return decideUrge(workflow, matter, who, now);
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
  const { asked } = matter.course;
  if (asked.some((one) => one.person === who.person)) return { person: who.person, behalf: null };
  const absent = asked.find((one) => who.grants.some((grant) => grant.behalf === one.person));
  return absent ? { person: who.person, behalf: absent.person } : fault('workflow.not_signer');
}

function decideUrge(workflow: AnyWorkflow, matter: Matter, who: Principal, now: Date): Actor | Fault {
  const since = matter.course.urgedAt === null ? null : now.getTime() - Date.parse(matter.course.urgedAt);
  const actor = matter.starter === who.person ? { person: who.person, behalf: null } : can(who, urgeBy, matter);
  if (!actor) return fault('auth.forbidden', { permission: `${workflow.kind}.urge` });
  if (holds(who, matter.owner, matter.party))
    return fault('workflow.not_allowed', { state: matter.state, action: 'urge', kind: workflow.kind });
  if (since !== null && since < urgeEveryMinutes * 60_000) return fault('workflow.urged_recently', { minutes: urgeEveryMinutes });
  return { person: who.person, behalf: actor.behalf };
}

/** Only the very last step, only by whoever took it: any act of another person since then stands in its place. */
function decideWithdraw(matter: Matter, who: Principal): Actor | Fault {
  const { last } = matter.course;
  if (!last?.withdraw || !last.undo || last.actor !== who.person) return fault('workflow.cannot_withdraw');
  return { person: who.person, behalf: null };
}

/**
 * May this person be handed the matter? Handing over gives sight, so it stays within the authority the matter lies in: an
 * enterprise's person hands to the same enterprise, an official to somebody whose post reaches the matter's area, of the town
 * or above, whatever the line (a matter may have come to the wrong department). `from` acts for `behalf` where it is set.
 */
export function mayReceive(matter: Matter, from: Principal, behalf: string | null, to: Principal): boolean {
  const parties = new Set(from.grants.filter((grant) => grant.behalf === behalf).flatMap((grant) => grant.party ?? []));
  const own = to.grants.filter((grant) => grant.behalf === null);
  if (parties.size > 0) return own.some((grant) => grant.party !== null && parties.has(grant.party));
  return own.some((grant) => grant.party === null && matter.org !== null && grant.orgs.includes(matter.org));
}

export type MoveInput = { to?: string; person?: string; state?: string; people?: string[] };

/** Carries out a decided move. */
export function applyMove(workflow: AnyWorkflow, matter: Matter, move: MoveName, actor: Actor, input: MoveInput, now: Date): Next {
  const { course } = matter;
  switch (move) {
    case 'transfer':
      return stay(workflow, matter, { ...course, last: null }, { owner: person(input.to) });
    case 'consult': {
      const asked = { person: input.person ?? '', by: actor.person, at: now.toISOString() };
      return stay(
        workflow,
        matter,
        { ...course, last: null, asked: [...course.asked.filter((one) => one.person !== asked.person), asked] },
        {},
      );
    }
    case 'answer': {
      const answering = actor.behalf ?? actor.person;
      return stay(workflow, matter, { ...course, asked: course.asked.filter((one) => one.person !== answering) }, {});
    }
    case 'urge':
      return stay(workflow, matter, { ...course, urgedAt: now.toISOString() }, {});
    case 'copy':
      return stay(workflow, matter, course, {});
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

/** The withdrawn step never happened: its author may do it again, and owner, deadline, ladder and signatures are as before. */
function withdrawn(workflow: AnyWorkflow, matter: Matter, now: Date): Next {
  const undo = matter.course.last?.undo;
  const state = undo?.course.trail.at(-1)?.state;
  if (!undo || state === undefined) throw fault('workflow.cannot_withdraw');
  const due = undo.due === null ? null : new Date(undo.due);
  const entered = state !== matter.state;
  const nextAt = alarm(find(workflow.states, state), entered ? now : matter.enteredAt, due, undo.ladder);
  const { owner, ladder, course } = undo;
  return { state, owner, due, nextAt, ladder, entered, final: false, course: { ...course, urgedAt: matter.course.urgedAt, last: null } };
}

function overridden(workflow: AnyWorkflow, matter: Matter, input: MoveInput, now: Date): Next {
  const name = input.state ?? '';
  const target = find(workflow.states, name);
  // Closing needs evidence and signing needs signers: a leader can send a matter anywhere else, never to its end.
  if (!target || target.final || target.sign) throw fault('workflow.not_allowed', { state: name, action: 'override', kind: workflow.kind });
  const owner = input.to === undefined ? heldBefore(matter, name) : person(input.to);
  // The leader decides over the heads of the consulted: a colleague who never answers must not hold the matter for ever.
  const course = { ...matter.course, last: null, asked: [] };
  return name === matter.state
    ? stay(workflow, { ...matter, ladder: 0 }, course, owner === undefined ? {} : { owner })
    : enter(workflow, { ...matter, course }, name, owner, {}, now);
}

/** Whoever had the matter in that state, when it has been there. */
function heldBefore(matter: Matter, state: string): Owner | null | undefined {
  return matter.course.trail.find((visit) => visit.state === state)?.owner ?? undefined;
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
