import type { By } from '#kernel/contract.ts';
import { type Role, roleNames, roles } from '#kernel/permission.ts';
import type { PermissionRow, Right } from '#kernel/workflow-diagram.ts';
import { both, code, table } from './markdown.ts';

const signs: Readonly<Record<Right, string>> = { yes: '●', holder: '持', signer: '签', asked: '询', own: '本', no: '' };

/** Explains the signs of the matrix; stands above every page that has one. */
export const legend = table(
  ['sign', 'meaning'],
  [
    ['●', 'may do it within the scope of the post (organisation subtree, industry lines, or one supervised object)'],
    ['持', 'only who holds the matter now (承办人), whatever the role'],
    ['签', 'only who was named to sign (会签、或签、顺序签)'],
    ['询', 'only who was asked for an opinion (加签)'],
    ['本', 'only who started the matter (催办) or took the last step (撤回)'],
    ['', 'never'],
  ],
);

export const roleHeads = roleNames.map((role) => roles[role].zh);

const names = (list: readonly Role[]) => list.map((role) => roles[role].zh).join('、');

function conditions(row: PermissionRow): string {
  const parts = [
    row.notSameAs.length > 0 ? `not who did ${row.notSameAs.map(code).join(', ')}` : '',
    row.usually.length > 0 ? `usually ${names(row.usually)}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

export function matrix(rows: readonly PermissionRow[]): string {
  return table(
    ['permission', '', ...roleHeads, 'condition'],
    rows.map((row) => [code(row.name), both(row.label), ...roleNames.map((role) => signs[row.rights[role]]), conditions(row)]),
  );
}

/** The cells of an action or query of a module. */
export function byCells(by: By): string[] {
  return roleNames.map((role) => (by === 'public' || by === 'signed-in' || by.includes(role) ? '●' : ''));
}

export const byWords = (by: By): string =>
  by === 'public' ? 'anybody, without signing in' : by === 'signed-in' ? 'any signed-in person' : '';
