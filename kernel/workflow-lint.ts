import type { AnyWorkflow, Target } from './workflow.ts';

/** Where an action can lead, `=` and `back` resolved to what they may mean. */
export function targetsOf(workflow: AnyWorkflow, action: string, from: string): string[] {
  const definition = workflow.actions[action];
  if (!definition) return [];
  return resolve(workflow, definition.to, from);
}

function resolve(workflow: AnyWorkflow, to: Target<string>, from: string): string[] {
  if (to === '=') return [from];
  if (typeof to === 'string') return [to];
  if (Array.isArray(to)) return [...to];
  const earlier = ancestors(workflow, from);
  const firsts = Object.values(workflow.starts).map((start) => start.to);
  return 'back' in to && to.back === 'first' ? firsts.filter((state) => earlier.has(state)) : [...earlier];
}

/** The states from which `state` can be reached by forward steps. */
export function ancestors(workflow: AnyWorkflow, state: string): Set<string> {
  const found = new Set<string>();
  const queue = [state];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const action of Object.values(workflow.actions)) {
      if (!forward(action.to).includes(at)) continue;
      for (const from of action.from) {
        if (from === state || found.has(from) || from === at) continue;
        found.add(from);
        queue.push(from);
      }
    }
  }
  return found;
}

function forward(to: Target<string>): readonly string[] {
  if (to === '=') return [];
  if (typeof to === 'string') return [to];
  return Array.isArray(to) ? to : [];
}

/** The states that can be reached from the starts. */
export function reachable(workflow: AnyWorkflow): Set<string> {
  const found = new Set(Object.values(workflow.starts).map((start) => start.to));
  let before = -1;
  while (found.size !== before) {
    before = found.size;
    for (const action of Object.values(workflow.actions)) {
      if (!action.from.some((from) => found.has(from))) continue;
      for (const to of forward(action.to)) found.add(to);
    }
  }
  return found;
}

/** The columns of every matter by their declared names (kernel.make_matter): a field of the same name would overwrite the flow. */
export const matterFields: readonly string[] =
  'id code title state version level org line party ownerPerson ownerUnit ownerRole due nextAt ladder point place starter openedAt enteredAt closedAt exercise course'.split(
    ' ',
  );

/** The moves and the rungs of the ladder share the names of ledger events with the actions. */
const taken = ['transfer', 'consult', 'answer', 'urge', 'copy', 'withdraw', 'override', 'remind', 'superior', 'next', 'rehomed'];

/** What the type system cannot refuse. An empty list means the declaration is sound. */
export function lintWorkflow(workflow: AnyWorkflow): string[] {
  return [...lintNames(workflow), ...lintStates(workflow), ...lintTimeouts(workflow), ...lintActions(workflow), ...lintSigning(workflow)];
}

function lintNames(workflow: AnyWorkflow): string[] {
  const faults: string[] = [];
  // The kind is pasted into SQL as a table's name, unquoted.
  if (!/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(workflow.kind)) faults.push(`kind ${workflow.kind} cannot be the name of a table`);
  const names = [...Object.keys(workflow.states), ...Object.keys(workflow.starts), ...Object.keys(workflow.actions)];
  for (const name of names) {
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name) || name in {}) faults.push(`${name} cannot be a name`);
  }
  for (const name of [...Object.keys(workflow.starts), ...Object.keys(workflow.actions)]) {
    if (taken.includes(name)) faults.push(`${name} is the name of a built-in move or of a rung of the ladder`);
  }
  for (const field of Object.keys(workflow.row.shape)) {
    if (matterFields.includes(field)) faults.push(`field ${field} is a column of every matter already`);
  }
  return faults;
}

function lintStates(workflow: AnyWorkflow): string[] {
  const faults: string[] = [];
  const seen = reachable(workflow);
  const ending = ends(workflow);
  if (Object.keys(workflow.starts).length === 0) faults.push('nothing starts it');
  for (const [name, start] of Object.entries(workflow.starts)) {
    if (start.by.length === 0) faults.push(`nobody may ${name}`);
    if (workflow.states[start.to]?.final) faults.push(`${name} starts at the end`);
  }
  for (const [name, state] of Object.entries(workflow.states)) {
    if (!seen.has(name)) faults.push(`state ${name} cannot be reached`);
    const leaving = Object.entries(workflow.actions).filter(([, action]) => action.from.includes(name) && action.to !== '=');
    if (!state.final && leaving.length === 0) faults.push(`state ${name} is a dead end`);
    else if (!state.final && !ending.has(name)) faults.push(`state ${name} never comes to an end`);
    if (state.final && leaving.length > 0) faults.push(`final state ${name} can be left`);
    if (state.final && (state.deadline || state.sign || state.timeout)) faults.push(`final state ${name} has a clock or signers`);
  }
  if (!Object.values(workflow.states).some((state) => state.final)) faults.push('no final state');
  return faults;
}

/** The states from which some final state can be reached, by forward steps or back. */
function ends(workflow: AnyWorkflow): Set<string> {
  const found = new Set(Object.keys(workflow.states).filter((name) => workflow.states[name]?.final));
  let before = -1;
  while (found.size !== before) {
    before = found.size;
    for (const [name, action] of Object.entries(workflow.actions)) {
      for (const from of action.from) if (targetsOf(workflow, name, from).some((to) => found.has(to))) found.add(from);
    }
  }
  return found;
}

/** A time-out acts without a person: whatever asks for one would fail at every look at the clock, for ever. */
function lintTimeouts(workflow: AnyWorkflow): string[] {
  const faults: string[] = [];
  const starts = Object.values(workflow.starts).map((start) => start.to);
  for (const [name, state] of Object.entries(workflow.states)) {
    if (state.timeout === undefined) continue;
    const action = workflow.actions[state.timeout];
    if (!state.deadline) faults.push(`state ${name} times out but has no deadline`);
    if (!action) continue;
    if (!action.from.includes(name)) faults.push(`state ${name} times out by ${state.timeout}, which cannot leave it`);
    if (action.to === '=') faults.push(`time-out ${state.timeout} leaves nothing`);
    if (Array.isArray(action.to)) faults.push(`time-out ${state.timeout} needs a choice nobody makes`);
    if (action.signs) faults.push(`time-out ${state.timeout} is a signature`);
    if (isBack(action.to) && starts.includes(name)) faults.push(`time-out ${state.timeout} may find no step to go back to`);
    if (isBack(action.to, 'any')) faults.push(`time-out ${state.timeout} needs a step nobody names`);
    if (action.input && !action.input.safeParse({}).success) faults.push(`time-out ${state.timeout} needs an input nobody gives`);
  }
  return faults;
}

function lintActions(workflow: AnyWorkflow): string[] {
  const faults: string[] = [];
  for (const [name, action] of Object.entries(workflow.actions)) {
    if (action.by.length === 0) faults.push(`nobody may ${name}`);
    if (action.from.length === 0) faults.push(`${name} starts nowhere`);
    if (Object.hasOwn(workflow.starts, name)) faults.push(`${name} is both a start and an action`);
    const primaries = (state: string) =>
      Object.entries(workflow.actions).filter(([, other]) => other.primary && other.from.includes(state));
    for (const from of action.from) {
      if (action.primary && primaries(from).length > 1) faults.push(`state ${from} has more than one primary action`);
    }
    if (isBack(action.to) && action.from.some((from) => ancestors(workflow, from).size === 0))
      faults.push(`${name} has no step to go back to`);
    if (isBack(action.to, 'any') && action.input && 'step' in action.input.shape) faults.push(`${name} asks for a step of its own`);
    if (action.withdraw && action.to === '=') faults.push(`${name} moves nothing that could be withdrawn`);
    const targets = action.from.flatMap((from) => targetsOf(workflow, name, from));
    if (action.withdraw && targets.length > 0 && targets.every((to) => workflow.states[to]?.final))
      faults.push(`${name} ends the matter and cannot be withdrawn`);
  }
  return [...new Set(faults)];
}

function lintSigning(workflow: AnyWorkflow): string[] {
  const faults: string[] = [];
  for (const [name, state] of Object.entries(workflow.states)) {
    const signing = Object.values(workflow.actions).filter((action) => action.from.includes(name) && action.signs);
    if (state.sign && !signing.some((action) => action.signs === 'for')) faults.push(`state ${name} waits for signatures nobody can give`);
    if (!state.sign && signing.length > 0) faults.push(`state ${name} has signatures but no sign rule`);
  }
  for (const [name, action] of Object.entries(workflow.actions)) {
    if (action.signs && action.to === '=') faults.push(`signature ${name} leads nowhere`);
    if (action.signs && action.holder) faults.push(`signature ${name} belongs to the signers, not to the holder`);
  }
  return faults;
}

function isBack(to: Target<string>, which?: 'any'): boolean {
  return typeof to === 'object' && 'back' in to && (which === undefined || to.back === which);
}
