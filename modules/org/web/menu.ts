import type { MenuEntry } from '#kernel/web/menu.ts';

export const orgMenu: readonly MenuEntry[] = [];
