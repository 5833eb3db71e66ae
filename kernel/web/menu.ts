import { events } from '../audit-contract.ts';
import type { By } from '../contract.ts';
import { answer, publish } from '../form-contract.ts';
import type { Role } from '../permission.ts';
import { session } from '../session-contract.ts';
import type { Text } from '../text.ts';
import type { AnyWorkflow } from '../workflow.ts';
import { allWorkflows } from './registry.ts';
import { kindSlug } from './search-params.ts';
import { type Me, mayUse } from './session.ts';

/** The groups of the left menu in the order people speak of their work (ui.md, Navigation). */
export const menuGroups = {
  desk: { zh: '工作台', en: 'Desk' },
  map: { zh: '一张图', en: 'One map' },
  watch: { zh: '监测预警', en: 'Monitoring and warning' },
  command: { zh: '指挥调度', en: 'Command' },
  supervise: { zh: '监督管理', en: 'Supervision' },
  enforce: { zh: '执法办案', en: 'Enforcement' },
  support: { zh: '应急保障', en: 'Emergency support' },
  duty: { zh: '责任考核', en: 'Duties and assessment' },
  ground: { zh: '基层宣教', en: 'Grass roots' },
  stats: { zh: '统计分析', en: 'Statistics' },
  admin: { zh: '系统管理', en: 'Administration' },
} as const satisfies Record<string, Text>;

export type MenuGroup = keyof typeof menuGroups;

/** One place to go. Declared by each module in `web/menu.ts`; shown to whoever holds one of the roles. */
export type MenuEntry = {
  group: MenuGroup;
  title: Text;
  to: string;
  by: By;
  icon: string;
  /** Stands in the phone's bottom bar, beside inbox, report, map and me; the first one that may be used wins. */
  phone?: true;
};

/** The three administrators handle no business (GB/T 22239-2019); every other role does. */
export const businessRoles: readonly Role[] = ['officer', 'leader', 'duty', 'enforcer', 'grid', 'enterprise'];

const own: readonly MenuEntry[] = [
  { group: 'desk', title: { zh: '待办', en: 'To do' }, to: '/', by: 'signed-in', icon: 'inbox' },
  { group: 'desk', title: { zh: '通知', en: 'Notices' }, to: '/notices', by: 'signed-in', icon: 'notice' },
  { group: 'admin', title: session.accounts.label, to: '/accounts', by: session.accounts.by, icon: 'account' },
  { group: 'admin', title: events.label, to: '/audit', by: events.by, icon: 'ledger' },
  { group: 'admin', title: { zh: '表单', en: 'Forms' }, to: '/forms', by: publish.by, icon: 'form' },
  { group: 'supervise', title: { zh: '检查表单', en: 'Checklists' }, to: '/forms', by: answer.by, icon: 'form' },
  { group: 'map', title: { zh: '一张图', en: 'One map' }, to: '/map', by: businessRoles, icon: 'map' },
];

let declared: readonly MenuEntry[] = [];

/** Called once at the start with the entries of all modules. */
export function setMenu(entries: readonly MenuEntry[]): void {
  declared = entries;
}

/** Everyone who has a part in a workflow. */
export const partiesOf = (workflow: AnyWorkflow): Role[] => [
  ...new Set([...Object.values(workflow.starts), ...Object.values(workflow.actions)].flatMap((one) => [...one.by])),
];

const statsEntry = (workflow: AnyWorkflow): MenuEntry => ({
  group: 'stats',
  title: { zh: `${workflow.title.zh}统计`, en: `${workflow.title.en}: statistics` },
  to: `/stats/${kindSlug(workflow.kind)}`,
  by: partiesOf(workflow),
  icon: 'stats',
});

/** What this person may use, in the order of the groups. */
export function menuFor(me: Me): MenuEntry[] {
  // Statistics for every kind that has a list of its own in the menu.
  const listed = new Set([...declared].map((entry) => entry.to));
  const counted = allWorkflows().filter((workflow) => listed.has(`/m/${kindSlug(workflow.kind)}`));
  const all = [...own, ...declared, ...counted.map(statsEntry)];
  const order = Object.keys(menuGroups);
  return all.filter((entry) => mayUse(me, entry.by)).sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}
