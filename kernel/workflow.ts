import { z } from 'zod';
import { ask } from './field.ts';
import type { Role } from './permission.ts';
import type { Text } from './text.ts';
import { lintWorkflow } from './workflow-lint.ts';

/** A clock of the law or of a rule; `workdays` as in 行政处罚法 §85 (days mean working days there). */
export type Clock = { minutes: number } | { hours: number } | { days: number } | { workdays: number };

/** 会签 (all of the signers), 或签 (any one of them), 顺序签 (one after another). */
export type SignRule = 'all' | 'any' | 'sequence';

export type StateDef = {
  label: Text;
  /** Nothing more can happen; the matter counts as closed. */
  final?: true;
  /** How long the matter may stay here when the step before sets no own deadline. */
  deadline?: Clock;
  /** The state is left by signatures; the action that enters it names the signers. */
  sign?: SignRule;
  /** The action the system takes by itself when the deadline passes, instead of climbing the ladder. */
  timeout?: string;
};

/** 驳回: to the step before, to the first step, or to any earlier step (then the input carries `step`). */
export type Back = { back: 'previous' | 'first' | 'any' };

/** A state; one of several (the effect decides which); the same state; or back. */
export type Target<S extends string> = S | readonly S[] | '=' | Back;

export type ActionDef<S extends string, A extends string> = {
  label: Text;
  from: readonly S[];
  to: Target<S>;
  /** Roles that may do it, within the scope of their post. */
  by: readonly Role[];
  /** Only who started it may do it (e.g. cancel one's own request). */
  starter?: true;
  /** Only from above: the post must reach further than the matter's own area (a district or the city, not the town itself). */
  above?: true;
  /** Only who holds the matter now may do it: one of the roles, wherever the post lies. */
  holder?: true;
  input?: z.ZodObject;
  /** Whoever did one of these (starts count) may not do this: another person must. */
  notSameAs?: readonly A[];
  /** In a state with a sign rule: a signature for, or against. */
  signs?: 'for' | 'against';
  /** Asks for confirmation and a reason on screen. */
  danger?: true;
  /** May be queued on the device without a network. */
  offline?: true;
  /** The one emphasised button of the state. */
  primary?: true;
  /** The actor may take it back until the next person has acted (撤回). */
  withdraw?: true;
  /** Legal basis, e.g. `《安全生产法》第四十一条`. */
  because?: readonly string[];
};

export type StartDef<S extends string> = {
  label: Text;
  to: S;
  by: readonly Role[];
  input: z.ZodObject;
  offline?: true;
  because?: readonly string[];
};

type Shape = Record<string, unknown>;

export type Workflow<
  States extends Record<string, StateDef> = Record<string, StateDef>,
  Actions extends Shape = Record<string, ActionDef<string, string>>,
  Starts extends Shape = Record<string, StartDef<string>>,
  Row extends z.ZodObject = z.ZodObject,
> = {
  /** `module.noun`: the kind of the matter and, at once, the name of its table. */
  kind: string;
  title: Text;
  /** Letters before the running number of a record, e.g. `YH`. */
  prefix: string;
  states: States;
  starts: Starts;
  actions: Actions;
  /** The record's own columns (camelCase here, snake_case in the table), beside those every matter has. */
  row: Row;
  /** Own columns of few values that statistics divide by (e.g. grade, category), beside state, level, line and area. */
  tally?: readonly string[];
};

export type AnyWorkflow = Workflow;

export type StateOf<W> = W extends { states: infer S } ? keyof S & string : never;
export type ActionOf<W> = W extends { actions: infer A } ? keyof A & string : never;
export type StartOf<W> = W extends { starts: infer T } ? keyof T & string : never;
export type RowOf<W> = W extends { row: infer R extends z.ZodObject } ? z.output<R> : never;
type InputIn<D> = D extends { input: infer I extends z.ZodObject } ? z.output<I> : Record<never, never>;
export type InputOf<W, K extends string> = W extends { actions: infer A; starts: infer T }
  ? K extends keyof A
    ? InputIn<A[K]> & (A[K] extends { to: { back: 'any' } } ? { step: string } : unknown)
    : K extends keyof T
      ? InputIn<T[K]>
      : never
  : never;
/** The states an effect must choose among; never when the declaration already says where to go. */
export type ChoiceOf<W, K extends string> = W extends { actions: infer A }
  ? K extends keyof A
    ? A[K] extends { to: readonly (infer S)[] }
      ? S & string
      : never
    : never
  : never;

/** A misspelled `withdaw: true` would otherwise be taken for an addition of the author's and silently do nothing. */
type Only<Known, Given> = { [K in Exclude<keyof Given, keyof Known>]: never };

/**
 * Declares the law of one kind of record. A wrong state or action name does not compile; what types cannot see
 * (unreachable states, dead ends, signatures without signers) is refused when the module is loaded.
 */
export function defineWorkflow<
  const States extends Record<string, StateDef>,
  const Actions extends { [K in keyof Actions]: ActionDef<keyof States & string, (keyof Actions | keyof Starts) & string> },
  const Starts extends { [K in keyof Starts]: StartDef<keyof States & string> },
  const Row extends z.ZodObject,
>(definition: {
  kind: `${string}.${string}`;
  title: Text;
  prefix: string;
  states: States & { [K in keyof States]: { timeout?: keyof Actions & string } & Only<StateDef, States[K]> };
  starts: Starts & { [K in keyof Starts]: Only<StartDef<string>, Starts[K]> };
  actions: Actions & { [K in keyof Actions]: Only<ActionDef<string, string>, Actions[K]> };
  row: Row;
  tally?: readonly (keyof z.output<Row> & string)[];
}): Workflow<States, Actions, Starts, Row> {
  const faults = lintWorkflow(definition as unknown as AnyWorkflow);
  if (faults.length > 0) throw new Error(`workflow ${definition.kind}: ${faults.join('; ')}`);
  return definition;
}

/** Forgets the names, for code that serves every workflow. */
export function anyWorkflow<S extends Record<string, StateDef>, A extends Shape, T extends Shape, R extends z.ZodObject>(
  workflow: Workflow<S, A, T, R>,
): AnyWorkflow {
  return workflow as unknown as AnyWorkflow;
}

/** The module's part of a kind: `inspection.hazard` → `inspection`. */
export function moduleOf(kind: string): string {
  return kind.slice(0, kind.indexOf('.'));
}

const reason = z.string().trim().min(2).max(500);

/** The built-in moves (内置流转动作) that every matter knows, and what they ask for. */
export const moves = {
  transfer: {
    label: { zh: '转办', en: 'Hand over' },
    input: z.object({ to: z.uuid().meta(ask('转给', 'To', { widget: 'person' })), reason: reason.meta(ask('转办原因', 'Reason')) }),
  },
  consult: {
    label: { zh: '加签', en: 'Ask for an opinion' },
    input: z.object({
      person: z.uuid().meta(ask('征求意见人', 'Whom to ask', { widget: 'person' })),
      question: reason.meta(ask('需要说明的问题', 'Question')),
    }),
  },
  answer: {
    label: { zh: '反馈意见', en: 'Give opinion' },
    input: z.object({ opinion: reason.meta(ask('意见', 'Opinion', { widget: 'textarea' })) }),
  },
  urge: {
    label: { zh: '催办', en: 'Urge' },
    input: z.object({ words: z.string().trim().max(200).optional().meta(ask('催办说明', 'Words')) }),
  },
  copy: {
    label: { zh: '抄送', en: 'Copy to' },
    input: z.object({
      people: z
        .array(z.uuid())
        .min(1)
        .max(50)
        .meta(ask('抄送人员', 'People', { widget: 'people' })),
    }),
  },
  withdraw: {
    label: { zh: '撤回', en: 'Withdraw' },
    input: z.object({ reason: reason.meta(ask('撤回原因', 'Reason')) }),
  },
  override: {
    label: { zh: '领导调整', en: "Leader's override" },
    input: z.object({
      state: z.string().meta(ask('调整到步骤', 'To step', { widget: 'step' })),
      to: z
        .uuid()
        .optional()
        .meta(ask('指定承办人', 'New owner', { widget: 'person' })),
      reason: reason.meta(ask('调整理由', 'Reason')),
    }),
  },
} as const satisfies Record<string, { label: Text; input: z.ZodObject }>;

export type MoveName = keyof typeof moves;
export const moveNames = Object.keys(moves) as MoveName[];
/** A leader's override is an explicit, reasoned act of these roles; urging is open to those who answer for the matter. */
export const overrideBy: readonly Role[] = ['leader'];
export const urgeBy: readonly Role[] = ['leader', 'officer', 'duty'];

export function isMove(name: string): name is MoveName {
  return Object.hasOwn(moves, name);
}

/** A declared name, and nothing that every object inherits (`constructor` is no state). */
export function find<T>(declared: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(declared, name) ? declared[name] : undefined;
}

/** The name by which an action is permitted, called, and written in the ledger: `inspection.hazard.assign`. */
export function actionName(kind: string, action: string): string {
  return `${kind}.${action}`;
}
