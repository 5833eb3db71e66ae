import type { ModuleContract } from '#kernel/contract.ts';
import { roles } from '#kernel/permission.ts';
import type { AnyWorkflow, Clock, Target } from '#kernel/workflow.ts';
import { arrowsOf, permissionRows, signRules, toMermaid } from '#kernel/workflow-diagram.ts';
import { both, code, codes, fenced, page, table } from './markdown.ts';
import { legend, matrix } from './matrix.ts';

const units = {
  minutes: ['分钟', 'min'],
  hours: ['小时', 'h'],
  days: ['日', 'days'],
  workdays: ['个工作日', 'working days'],
} as const;

function clockWords(clock: Clock): string {
  return Object.entries(clock)
    .map(([unit, count]) => {
      const [zh, en] = units[unit as keyof typeof units];
      return `${count} ${zh} · ${count} ${count === 1 ? en.replace(/s$/, '') : en}`;
    })
    .join(', ');
}

function targetWords(to: Target<string>): string {
  if (to === '=') return 'stays';
  if (typeof to === 'string') return code(to);
  return 'back' in to ? `back: ${to.back}` : [...to].map(code).join(' or ');
}

function stateTable(workflow: AnyWorkflow): string {
  return table(
    ['state', '', 'deadline', 'signatures', 'at the deadline', 'leads to'],
    Object.entries(workflow.states).map(([name, state]) => [
      code(name),
      both(state.label),
      state.deadline ? clockWords(state.deadline) : '',
      state.sign ? both(signRules[state.sign]) : '',
      state.final ? 'final' : state.timeout ? code(state.timeout) : 'reminder, superior, next level',
      codes(
        arrowsOf(workflow)
          .filter((arrow) => arrow.from === name)
          .map((arrow) => arrow.to),
      ),
    ]),
  );
}

const marks = (definition: Record<string, unknown>) =>
  ['primary', 'danger', 'offline', 'withdraw'].filter((mark) => definition[mark] === true).join(', ');

function stepTable(workflow: AnyWorkflow): string {
  const starts = Object.entries(workflow.starts).map(([name, start]) => [
    code(name),
    both(start.label),
    'start',
    code(start.to),
    codes(Object.keys(start.input.shape)),
    marks(start),
  ]);
  const actions = Object.entries(workflow.actions).map(([name, action]) => [
    code(name),
    both(action.label),
    codes(action.from),
    targetWords(action.to),
    codes(Object.keys(action.input?.shape ?? {})),
    marks(action),
  ]);
  return table(['step', '', 'from', 'to', 'asks for', 'marks'], [...starts, ...actions]);
}

function basisTable(workflow: AnyWorkflow): string {
  const steps = Object.entries({ ...workflow.starts, ...workflow.actions }).filter(([, step]) => (step.because ?? []).length > 0);
  return table(
    ['step', 'legal basis'],
    steps.map(([name, step]) => [`${code(name)} ${step.label.zh}`, (step.because ?? []).join('；')]),
  );
}

function section(module: ModuleContract, workflow: AnyWorkflow): string[] {
  return [
    `## ${both(workflow.title)} ${code(workflow.kind)}\n`,
    `Module ${both(module.title)}. Numbers begin with ${code(workflow.prefix)}.\n`,
    fenced('mermaid', toMermaid(workflow, 'zh')),
    fenced('mermaid', toMermaid(workflow, 'en')),
    '### States\n',
    stateTable(workflow),
    '### Steps\n',
    stepTable(workflow),
    '### Who may do what\n',
    matrix(permissionRows(workflow)),
    '### Legal basis\n',
    basisTable(workflow),
  ];
}

/** One chapter for each declared workflow: diagram in both languages, states, steps, permission matrix, legal basis. */
export function workflowsPage(contracts: readonly ModuleContract[]): string {
  const flows = contracts.flatMap((module) => module.workflows.map((workflow) => ({ module, workflow })));
  return page(
    'Workflows 工作流程',
    'A declaration is the law of one kind of record; these are its pictures and tables. The built-in moves (转办、加签、催办、抄送、撤回、领导调整) belong to every workflow.',
    table(
      ['workflow', 'kind', 'states', 'steps'],
      flows.map(({ workflow }) => [
        both(workflow.title),
        code(workflow.kind),
        String(Object.keys(workflow.states).length),
        String(Object.keys(workflow.starts).length + Object.keys(workflow.actions).length),
      ]),
    ),
    '## Signs of the matrix\n',
    legend,
    table(
      ['role', ''],
      Object.entries(roles).map(([role, words]) => [code(role), both(words)]),
    ),
    ...flows.flatMap(({ module, workflow }) => section(module, workflow)),
  );
}
