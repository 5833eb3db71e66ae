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

/** What the type system cannot refuse. An empty list means the declaration is sound. */
export function lintWorkflow(workflow: AnyWorkflow): string[] {
  return [...lintStates(workflow), ...lintActions(workflow), ...lintSigning(workflow)];
}

function lintStates(workflow: AnyWorkflow): string[] {
  const faults: string[] = [];
  const seen = reachable(workflow);
  if (Object.keys(workflow.starts).length === 0) faults.push('nothing starts it');
  for (const [name, state] of Object.entries(workflow.states)) {
    if (!seen.has(name)) faults.push(`state ${name} cannot be reached`);
    const leaving = Object.entries(workflow.actions).filter(([, action]) => action.from.includes(name) && action.to !== '=');
    if (!state.final && leaving.length === 0) faults.push(`state ${name} is a dead end`);
    if (state.final && leaving.length > 0) faults.push(`final state ${name} can be left`);
    if (state.final && (state.deadline || state.sign || state.timeout)) faults.push(`final state ${name} has a clock or signers`);
    const timeout = state.timeout === undefined ? undefined : workflow.actions[state.timeout];
    if (timeout && !timeout.from.includes(name)) faults.push(`state ${name} times out by ${state.timeout}, which cannot leave it`);
    if (timeout && Array.isArray(timeout.to)) faults.push(`time-out ${state.timeout} needs a choice nobody makes`);
    if (state.timeout && !state.deadline) faults.push(`state ${name} times out but has no deadline`);
  }
  if (!Object.values(workflow.states).some((state) => state.final)) faults.push('no final state');
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
  return faults;
}

function isBack(to: Target<string>): boolean {
  return typeof to === 'object' && 'back' in to;
}
