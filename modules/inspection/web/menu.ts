import { type MenuEntry, partiesOf } from '#kernel/web/menu.ts';
import { kindSlug } from '#kernel/web/search-params.ts';
import { anyWorkflow } from '#kernel/workflow.ts';
import { hazard } from '../hazard.workflow.ts';

export const inspectionMenu: readonly MenuEntry[] = [
  {
    group: 'supervise',
    title: { zh: '隐患', en: 'Hidden dangers' },
    to: `/m/${kindSlug(hazard.kind)}`,
    by: partiesOf(anyWorkflow(hazard)),
    icon: 'hazard',
    phone: true,
  },
];
