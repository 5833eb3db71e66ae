import type { FastifyInstance } from 'fastify';
import type { ActionContract, ModuleContract, OutputOf, ParsedOf, QueryContract } from '../contract.ts';
import type { Owner, Scope } from '../permission.ts';
import type { ActionOf, AnyWorkflow, ChoiceOf, InputOf, RowOf, StartOf } from '../workflow.ts';
import type { Actor, Matter } from '../workflow-step.ts';
import type { Context, Runtime } from './context.ts';
import type { JobHandler } from './jobs.ts';
import type { Provided } from './providers.ts';

type Nothing = Record<never, never>;

/** A file that becomes evidence of the matter. */
export type Attach = { file: string; purpose: string };

type Change<W> = {
  set?: Partial<RowOf<W>>;
  title?: string;
  level?: 1 | 2 | 3 | 4 | null;
  owner?: Owner | null;
  due?: Date | null;
  /** Who must sign in the state that is entered (会签, 或签, 顺序签). */
  signers?: string[];
  /** Who is told, and may see the matter from now on. */
  copy?: string[];
  attach?: Attach[];
  /** Added to the ledger row beside the input. */
  data?: Record<string, unknown>;
};

/** What an effect decides. Where the declaration leaves a choice of states, `to` is required. */
export type Outcome<W, K extends string> = Change<W> & ([ChoiceOf<W, K>] extends [never] ? Nothing : { to: ChoiceOf<W, K> });

/** What a start decides: where the new matter lies and who takes it. */
export type Opening<W> = Change<W> &
  Omit<Scope, 'org'> & {
    /** Every matter lies in an area: the key of who may see it. */
    org: number;
    title: string;
    owner: Owner | null;
    set: RowOf<W>;
    point?: { lng: number; lat: number } | null;
    place?: string | null;
    exercise?: boolean;
  };

export type EffectContext<W> = Context & { actor: Actor; matter: Matter & { row: RowOf<W> } };

type EffectFor<W, K extends string> = (ctx: EffectContext<W>, input: InputOf<W, K>) => Promise<Outcome<W, K>> | Outcome<W, K>;
type Required_<W> = { [K in ActionOf<W> as [ChoiceOf<W, K>] extends [never] ? never : K]: EffectFor<W, K> };
type Optional_<W> = { [K in ActionOf<W> as [ChoiceOf<W, K>] extends [never] ? K : never]?: EffectFor<W, K> };

export type WorkflowEffects<W> = {
  starts: { [K in StartOf<W>]: (ctx: Context & { id: string }, input: InputOf<W, K>) => Promise<Opening<W>> | Opening<W> };
  actions: Required_<W> & Optional_<W>;
};

type AnyEffect = (ctx: never, input: never) => unknown;
export type WorkflowServer = { workflow: AnyWorkflow; starts: Record<string, AnyEffect>; actions: Record<string, AnyEffect> };

/** TypeScript lets a function return more than it promises; a misspelled `set` would then fail only when somebody acts. */
type Unknown<R, O, Row> = R extends object
  ? Exclude<keyof R, keyof O> | (R extends { set: infer S } ? (S extends object ? Exclude<keyof S, keyof Row> : never) : never)
  : never;
type Exact<F, O, Row> = F extends (...args: never) => infer R
  ? [Unknown<Awaited<R>, O, Row>] extends [never]
    ? unknown
    : { 'says what nobody reads': Unknown<Awaited<R>, O, Row> }
  : unknown;
type ExactEffects<W, E> = E extends { starts: infer S; actions: infer A }
  ? {
      starts: { [K in keyof S]: K extends StartOf<W> ? Exact<S[K], Opening<W>, RowOf<W>> : never };
      actions: { [K in keyof A]: K extends ActionOf<W> ? Exact<A[K], Outcome<W, K>, RowOf<W>> : never };
    }
  : unknown;

/**
 * The server's part of a workflow: `implementWorkflow(hazard)({ starts, actions })`. In two steps so that the effects are
 * typed by the declaration: a missing start, a wrong field, an effect for no action are compile errors.
 */
export function implementWorkflow<W extends { kind: string }>(
  workflow: W,
): <E extends WorkflowEffects<W>>(effects: E & ExactEffects<W, E>) => WorkflowServer {
  return (effects) => ({
    workflow: workflow as unknown as AnyWorkflow,
    starts: effects.starts,
    actions: effects.actions as Record<string, AnyEffect>,
  });
}

/** What an action handler answers: the output, and what the ledger row shall say. */
export type Done<O> = { output: O; subject?: string; kind?: string; scope?: Scope; data?: Record<string, unknown> };
type ActionHandler = {
  contract: ActionContract;
  /** Where it happens: the roles of the contract are checked there before `run`. `self` needs no role. */
  scope: (ctx: Context, input: never) => Promise<Scope | 'self' | 'anywhere'> | Scope | 'self' | 'anywhere';
  run: (ctx: Context, input: never) => Promise<Done<unknown>>;
};
type QueryHandler = {
  contract: QueryContract;
  run: (ctx: Context, input: never) => Promise<unknown>;
  subject?: (input: never) => string | undefined;
};

/** `self`: concerns only the person who asks. `anywhere`: the role is enough wherever it is held; row-level security bounds the rest. */
export function handleAction<C extends ActionContract>(
  contract: C,
  scope: (ctx: Context, input: ParsedOf<C>) => Promise<Scope | 'self' | 'anywhere'> | Scope | 'self' | 'anywhere',
  run: (ctx: Context, input: ParsedOf<C>) => Promise<Done<OutputOf<C>>>,
): ActionHandler {
  return { contract, scope, run };
}

/** `subject` names whose personal data is read, for the ledger; needed where the contract says `personal`. */
export function handleQuery<C extends QueryContract>(
  contract: C,
  run: (ctx: Context, input: ParsedOf<C>) => Promise<OutputOf<C>>,
  subject?: (input: ParsedOf<C>) => string | undefined,
): QueryHandler {
  return subject ? { contract, run, subject } : { contract, run };
}

/** One row of the ledger as its readers get it. */
export type LedgerEvent = Scope & {
  tx: string;
  seq: string;
  at: Date;
  name: string;
  kind: string | null;
  subject: string | null;
  actor: string | null;
  behalf: string | null;
  request: string | null;
  from: string | null;
  to: string | null;
  data: Record<string, unknown>;
};

/** Reads the ledger in order, each row once, in the transaction that also moves its cursor. */
export type Reader = {
  name: string;
  wants: (event: LedgerEvent) => boolean;
  handle: (ctx: Omit<Context, 'who'>, events: readonly LedgerEvent[]) => Promise<void>;
};

/** Work the server does by itself, on a clock. */
export type Chore = { name: string; everySeconds: number; run: (runtime: Runtime) => Promise<void> };

/** The server's part of a module. */
export type ModuleServer = {
  contract: ModuleContract;
  /** Folder of the module's SQL migrations (file URL); names start with a time stamp. */
  migrations?: URL;
  workflows?: readonly WorkflowServer[];
  actions?: readonly ActionHandler[];
  queries?: readonly QueryHandler[];
  provides?: readonly Provided[];
  readers?: readonly Reader[];
  chores?: readonly Chore[];
  jobs?: readonly JobHandler[];
  /** Routes that are no JSON calls (streams, uploads, redirects). Everything else goes through the contract. */
  routes?: (http: FastifyInstance, runtime: Runtime) => void;
  /** Called after each commit of this process: something new stands in the ledger. */
  poke?: () => void;
  stop?: () => Promise<void>;
};

export function implementModule(server: ModuleServer): ModuleServer {
  const declared = [...server.contract.actions, ...server.contract.queries].map((one) => one.name);
  const done = [...(server.actions ?? []), ...(server.queries ?? [])].map((one) => one.contract.name);
  const missing = declared.filter((name) => !done.includes(name));
  const extra = done.filter((name) => !declared.includes(name));
  const flows = server.contract.workflows.filter((workflow) => !server.workflows?.some((one) => one.workflow.kind === workflow.kind));
  if (missing.length + extra.length + flows.length > 0) {
    throw new Error(
      `module ${server.contract.name}: without server ${[...missing, ...flows.map((flow) => flow.kind)].join(', ')}; undeclared ${extra.join(', ')}`,
    );
  }
  return server;
}
