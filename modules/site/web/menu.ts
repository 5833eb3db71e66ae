import type { MenuEntry } from '#kernel/web/menu.ts';
import type { RecordPages } from '#kernel/web/record-pages.ts';
import { list } from '../module.ts';

export const siteMenu: readonly MenuEntry[] = [
  { group: 'supervise', title: { zh: '监管对象', en: 'Supervised objects' }, to: '/sites', by: list.by, icon: 'site' },
];

export const sitePages: RecordPages = { 'site.site': (id) => `/sites?id=${id}` };
