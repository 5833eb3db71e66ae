import type { ActionContract, ModuleContract, QueryContract } from '../contract.ts';
import type { FaultDef } from '../fault.ts';
import type { AnyWorkflow } from '../workflow.ts';
import type { ModuleServer, WorkflowServer } from './implement.ts';

/** Everything the running server knows of its modules, by name. */
export type Registry = {
  servers: readonly ModuleServer[];
  contracts: readonly ModuleContract[];
  workflows: ReadonlyMap<string, WorkflowServer>;
  faults: ReadonlyMap<string, FaultDef>;
};

export function makeRegistry(servers: readonly ModuleServer[]): Registry {
  const workflows = new Map<string, WorkflowServer>();
  const faults = new Map<string, FaultDef>();
  for (const server of servers) {
    for (const workflow of server.workflows ?? []) workflows.set(workflow.workflow.kind, workflow);
    for (const [code, definition] of Object.entries(server.contract.faults)) faults.set(code, definition);
  }
  return { servers, contracts: servers.map((server) => server.contract), workflows, faults };
}

export function getWorkflow(registry: Registry, kind: string): AnyWorkflow | undefined {
  return registry.workflows.get(kind)?.workflow;
}

/** The full name of an action or query: path under /api/, permission and ledger event in one word. */
export const fullName = (module: ModuleContract, one: ActionContract | QueryContract) => `${module.name}.${one.name}`;
