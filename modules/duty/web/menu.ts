import type { MenuEntry } from '#kernel/web/menu.ts';
import { register } from '../module.ts';

export const dutyMenu: readonly MenuEntry[] = [
  { group: 'duty', title: { zh: '实名监管台账', en: 'Real-name register' }, to: '/duties', by: register.by, icon: 'duty' },
];
