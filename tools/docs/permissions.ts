import type { ModuleContract } from '#kernel/contract.ts';
import { permissionRows } from '#kernel/workflow-diagram.ts';
import { both, code, page, table } from './markdown.ts';
import { byCells, byWords, legend, matrix, roleHeads } from './matrix.ts';

function calls(module: ModuleContract): string {
  const row = (kind: string) => (one: ModuleContract['actions'][number] | ModuleContract['queries'][number]) => [
    code(`${module.name}.${one.name}`),
    both(one.label),
    kind,
    ...byCells(one.by),
    [byWords(one.by), 'personal' in one && one.personal ? 'each reading is written in the ledger' : '']
      .filter((words) => words !== '')
      .join('; '),
  ];
  return table(
    ['permission', '', 'kind', ...roleHeads, 'condition'],
    [...module.actions.map(row('action')), ...module.queries.map(row('query'))],
  );
}

/** Every action, query and workflow step by role. */
export function permissionsPage(contracts: readonly ModuleContract[]): string {
  const sections = contracts.flatMap((module) => {
    const parts = [
      ...(module.actions.length + module.queries.length > 0 ? [calls(module)] : []),
      ...module.workflows.map((workflow) => `${both(workflow.title)}\n\n${matrix(permissionRows(workflow))}`),
    ];
    return parts.length > 0 ? [`## ${both(module.title)} ${code(module.name)}\n`, ...parts] : [];
  });
  return page(
    'Permissions 权限',
    'The permission, the address under `/api/` and the event in the ledger have the same name. Row-level security bounds the rows of every read once more.',
    legend,
    ...sections,
  );
}
