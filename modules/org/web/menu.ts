import { businessRoles, type MenuEntry } from '#kernel/web/menu.ts';
import type { RecordPages } from '#kernel/web/record-pages.ts';

const admins = ['sysadmin', 'secadmin', 'auditor'] as const;

export const orgMenu: readonly MenuEntry[] = [
  { group: 'desk', title: { zh: '通讯录', en: 'Directory' }, to: '/people', by: businessRoles, icon: 'people' },
  { group: 'command', title: { zh: '值班', en: 'Duty rota' }, to: '/rota', by: businessRoles, icon: 'rota' },
  { group: 'admin', title: { zh: '机构', en: 'Units' }, to: '/units', by: admins, icon: 'unit' },
  { group: 'admin', title: { zh: '人员与岗位', en: 'People and posts' }, to: '/people', by: admins, icon: 'people' },
  { group: 'admin', title: { zh: '议事协调机构', en: 'Committees' }, to: '/committees', by: admins, icon: 'committee' },
];

export const orgPages: RecordPages = { 'org.person': (id) => `/people?id=${id}`, 'org.unit': (id) => `/units?id=${id}` };
