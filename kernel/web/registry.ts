import type { ActionContract, ModuleContract, QueryContract } from '../contract.ts';
import type { FaultDef } from '../fault.ts';
import type { Text } from '../text.ts';
import { type ActionDef, type AnyWorkflow, isMove, moves } from '../workflow.ts';

/**
 * What the browser knows of the modules. The kernel imports no module, so the start of the web app hands the contracts over
 * once, before anything is drawn.
 */
let modules: readonly ModuleContract[] = [];
let names = new Map<ActionContract | QueryContract, string>();
let faults = new Map<string, FaultDef>();

export function setContracts(contracts: readonly ModuleContract[]): void {
  modules = contracts;
  names = new Map(
    contracts.flatMap((module) => [...module.actions, ...module.queries].map((one) => [one, `${module.name}.${one.name}`] as const)),
  );
  faults = new Map(contracts.flatMap((module) => Object.entries(module.faults)));
}

/** `module.name` of a declared action or query: the path under /api/. Throws when its module was not handed over. */
export function getName(contract: ActionContract | QueryContract): string {
  const name = names.get(contract);
  if (name === undefined) throw new Error(`${contract.name} belongs to no module of this application`);
  return name;
}

export const hasModule = (name: string): boolean => modules.some((module) => module.name === name);

export function findContract(name: string): ActionContract | QueryContract | undefined {
  for (const [contract, full] of names) if (full === name) return contract;
  return undefined;
}

export const allWorkflows = (): AnyWorkflow[] => modules.flatMap((module) => [...module.workflows]);

export function findWorkflow(kind: string): AnyWorkflow | undefined {
  return allWorkflows().find((workflow) => workflow.kind === kind);
}

export const findFault = (code: string): FaultDef | undefined => faults.get(code);

/** The declaration behind an action of a kind: its own action, or one of the moves every matter knows. */
export function findAction(kind: string, action: string): { label: Text; input?: ActionDef<string, string>['input'] } | undefined {
  const own = findWorkflow(kind)?.actions[action] ?? findWorkflow(kind)?.starts[action];
  if (own) return own.input ? { label: own.label, input: own.input } : { label: own.label };
  return isMove(action) ? moves[action] : undefined;
}

export function findState(kind: string, state: string): Text | undefined {
  return findWorkflow(kind)?.states[state]?.label;
}

/** The words for any ledger event or permission, e.g. `inspection.hazard.assign`, `session.opened`; undefined when unknown. */
export function findTitle(name: string): Text | undefined {
  const cut = name.lastIndexOf('.');
  const action = findAction(name.slice(0, cut), name.slice(cut + 1));
  if (action) return action.label;
  const contract = findContract(name);
  if (contract) return contract.label;
  for (const module of modules) {
    const own = module.events[name] ?? module.events[name.slice(module.name.length + 1)] ?? module.events[name.slice(cut + 1)];
    if (own && (name.startsWith(`${module.name}.`) || module.events[name] || module.level === 0)) return own;
  }
  return undefined;
}
