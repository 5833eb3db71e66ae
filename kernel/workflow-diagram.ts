import type { Role } from './permission.ts';
import { roleNames } from './permission.ts';
import { type Lang, pick, type Text } from './text.ts';
import {
  type AnyWorkflow,
  actionName,
  type MoveName,
  moveNames,
  moves,
  overrideBy,
  type SignRule,
  type Target,
  urgeBy,
} from './workflow.ts';
import { targetsOf } from './workflow-lint.ts';

/** One arrow of the diagram; several actions between the same two states share it. `from` is null for the starts. */
export type Arrow = { from: string | null; to: string; actions: string[] };

export const signRules: Readonly<Record<SignRule, Text>> = {
  all: { zh: '会签', en: 'all sign' },
  any: { zh: '或签', en: 'any one signs' },
  sequence: { zh: '顺序签', en: 'sign in turn' },
};

/** The arrows between states: starts, and every action to whatever it may lead to. `stays` also gives the acts that leave the state as it is. */
export function arrowsOf(workflow: AnyWorkflow, stays = false): Arrow[] {
  const found = new Map<string, Arrow>();
  const add = (from: string | null, to: string, action: string) => {
    const key = `${from ?? ''}→${to}`;
    const arrow = found.get(key) ?? { from, to, actions: [] };
    arrow.actions.push(action);
    found.set(key, arrow);
  };
  for (const [name, start] of Object.entries(workflow.starts)) add(null, start.to, name);
  for (const [name, action] of Object.entries(workflow.actions)) {
    for (const from of action.from) for (const to of leadsTo(workflow, name, from)) if (to !== from || stays) add(from, to, name);
  }
  return [...found.values()];
}

const isBack = (to: Target<string>): to is { back: 'previous' | 'first' | 'any' } => typeof to === 'object' && 'back' in to;

/** 驳回 to the previous step is drawn to the states one forward step before; drawing all it might mean after detours would hide the flow. */
function leadsTo(workflow: AnyWorkflow, name: string, from: string): string[] {
  const to = workflow.actions[name]?.to;
  if (to === undefined || !isBack(to) || to.back !== 'previous') return targetsOf(workflow, name, from);
  const forward = Object.entries(workflow.actions).filter(([, action]) => !isBack(action.to) && action.to !== '=');
  const comesFrom = (state: string) =>
    forward.some(([other, { from: sources }]) => sources.includes(state) && targetsOf(workflow, other, state).includes(from));
  return Object.keys(workflow.states).filter((state) => state !== from && comesFrom(state));
}

/** Words that mean something else in the diagram's language when they stand alone. */
const reserved = new Set([
  'state',
  'note',
  'end',
  'class',
  'classDef',
  'click',
  'default',
  'direction',
  'style',
  'as',
  'fork',
  'join',
  'choice',
  'root',
]);
const idOf = (state: string) => (reserved.has(state) ? `${state}_` : state);
const quoteFree = (words: string) => words.replace(/[#;:"<>{}[\]]/g, (sign) => `#${sign.charCodeAt(0)};`).replace(/\s+/g, ' ');

/** The state diagram (工作流程图) in Mermaid's language, with labels of one language. */
export function toMermaid(workflow: AnyWorkflow, lang: Lang): string {
  const label = (words: Text) => quoteFree(pick(words, lang));
  const named = (action: string) => {
    const definition = workflow.starts[action] ?? workflow.actions[action];
    return definition ? label(definition.label) : action;
  };
  const states = Object.entries(workflow.states).map(([name, state]) => {
    const sign = state.sign ? (lang === 'zh' ? `（${label(signRules[state.sign])}）` : ` (${label(signRules[state.sign])})`) : '';
    return `  state "${label(state.label)}${sign}" as ${idOf(name)}`;
  });
  const arrows = arrowsOf(workflow, true).map(
    ({ from, to, actions }) => `  ${from === null ? '[*]' : idOf(from)} --> ${idOf(to)}: ${actions.map(named).join(' / ')}`,
  );
  const ends = Object.entries(workflow.states).flatMap(([name, state]) => (state.final ? [`  ${idOf(name)} --> [*]`] : []));
  return ['stateDiagram-v2', ...states, ...arrows, ...ends, ''].join('\n');
}

/**
 * What gives a role the right: `yes` within the scope of the post; `holder` only to who holds the matter now; `signer` only to who was
 * named to sign; `asked` only to who was asked for an opinion; `own` only to who started the matter or did the step; `no` never.
 */
export type Right = 'yes' | 'holder' | 'signer' | 'asked' | 'own' | 'no';

/** One line of the permission matrix. */
export type PermissionRow = {
  /** Permission, ledger event and address in one: `inspection.hazard.assign`. */
  name: string;
  action: string;
  label: Text;
  group: 'start' | 'action' | 'move';
  rights: Readonly<Record<Role, Right>>;
  /** Whoever did one of these may not do this. */
  notSameAs: readonly string[];
  /** For what the holder or the signers do: the roles that usually have it. The right goes by the matter, whatever the role. */
  usually: readonly Role[];
  because: readonly string[];
};

const rightsOf = (right: (role: Role) => Right) => Object.fromEntries(roleNames.map((role) => [role, right(role)])) as Record<Role, Right>;

/** The built-in moves by the rules of workflow-moves.ts: they go by one's part in the matter, not by role, but for these. */
const moveRights: Readonly<Record<MoveName, (role: Role) => Right>> = {
  transfer: () => 'holder',
  consult: () => 'holder',
  answer: () => 'asked',
  urge: (role) => (urgeBy.includes(role) ? 'yes' : 'own'),
  copy: (role) => (urgeBy.includes(role) ? 'yes' : 'holder'),
  withdraw: () => 'own',
  override: (role) => (overrideBy.includes(role) ? 'yes' : 'no'),
};

/** The permission matrix of a workflow: starts, actions and built-in moves by role, in the order of the declaration. */
export function permissionRows(workflow: AnyWorkflow): PermissionRow[] {
  const row = (action: string, rest: Omit<PermissionRow, 'name' | 'action'>): PermissionRow => ({
    name: actionName(workflow.kind, action),
    action,
    ...rest,
  });
  const starts = Object.entries(workflow.starts).map(([action, { label, by, because = [] }]) =>
    row(action, { label, group: 'start', rights: rightsOf(byRole(by)), notSameAs: [], usually: [], because }),
  );
  const actions = Object.entries(workflow.actions).map(([action, { label, by, holder, signs, notSameAs = [], because = [] }]) => {
    const part: Right | undefined = signs ? 'signer' : holder ? 'holder' : undefined;
    const rights = rightsOf(part ? () => part : byRole(by));
    return row(action, { label, group: 'action', rights, notSameAs, usually: part ? by : [], because });
  });
  const built = moveNames.map((move) =>
    row(move, { label: moves[move].label, group: 'move', rights: rightsOf(moveRights[move]), notSameAs: [], usually: [], because: [] }),
  );
  return [...starts, ...actions, ...built];
}

const byRole =
  (by: readonly Role[]) =>
  (role: Role): Right =>
    by.includes(role) ? 'yes' : 'no';
