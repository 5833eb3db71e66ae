import type { z } from 'zod';
import type { FaultDef } from './fault.ts';
import type { Role } from './permission.ts';
import type { Text } from './text.ts';
import type { AnyWorkflow } from './workflow.ts';

/** Who may call it: roles (anywhere; the rows that come back are bounded by scope), any signed-in person, or anybody. */
export type By = readonly Role[] | 'signed-in' | 'public';

export type ActionContract<N extends string = string, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  name: N;
  label: Text;
  by: By;
  input: I;
  output: O;
  because?: readonly string[];
  danger?: true;
};

export type QueryContract<N extends string = string, I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> = {
  name: N;
  label: Text;
  by: By;
  input: I;
  output: O;
  /** Each call is written in the ledger: the answer holds personal data in clear (个人信息保护法 §51, GB/T 22239 audit). */
  personal?: true;
};

/** A create or an edit. Its full name is `module.name`: the path under /api/, the permission, and the ledger's event. */
export function defineAction<const N extends string, I extends z.ZodType, O extends z.ZodType>(
  action: ActionContract<N, I, O>,
): ActionContract<N, I, O> {
  return action;
}

/** A read. Input comes from the address, so its fields must parse from strings. */
export function defineQuery<const N extends string, I extends z.ZodObject, O extends z.ZodType>(
  query: QueryContract<N, I, O>,
): QueryContract<N, I, O> {
  return query;
}

export type ModuleContract = {
  name: string;
  /** A module imports only modules of a lower level (kernel = 0). */
  level: 0 | 1 | 2 | 3;
  title: Text;
  workflows: readonly AnyWorkflow[];
  actions: readonly ActionContract[];
  queries: readonly QueryContract[];
  faults: Record<string, FaultDef>;
  /** Titles of the ledger events that are neither actions nor moves, e.g. `session.opened`. */
  events: Record<string, Text>;
};

/** Everything the outside can know of a module. Pure: read by the server, the browser, the docs and the tests. */
export function defineModule<
  const M extends Omit<ModuleContract, 'workflows' | 'events'> & { workflows?: readonly AnyWorkflow[]; events?: Record<string, Text> },
>(module: M): ModuleContract & { name: M['name'] } {
  for (const workflow of module.workflows ?? []) {
    if (!workflow.kind.startsWith(`${module.name}.`)) throw new Error(`${workflow.kind} does not belong to module ${module.name}`);
  }
  for (const code of Object.keys(module.faults)) {
    const owner = code.slice(0, code.indexOf('.'));
    const nouns = [module.name, ...(module.workflows ?? []).map((workflow) => workflow.kind.slice(module.name.length + 1))];
    if (module.level > 0 && !nouns.includes(owner)) throw new Error(`fault ${code} does not belong to module ${module.name}`);
  }
  return { ...module, workflows: module.workflows ?? [], events: module.events ?? {} };
}

export type InputOfContract<C> = C extends { input: infer I extends z.ZodType } ? z.input<I> : never;
export type ParsedOf<C> = C extends { input: infer I extends z.ZodType } ? z.output<I> : never;
export type OutputOf<C> = C extends { output: infer O extends z.ZodType } ? z.output<O> : never;
