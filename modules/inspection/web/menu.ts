import { lazy } from 'react';
import type { KindParts } from '#kernel/web/kind-parts.ts';
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

const aid = lazy(() => import('./report-aid.tsx').then((module) => ({ default: module.ReportAid })));

export const inspectionParts: Readonly<Record<string, KindParts>> = {
  [hazard.kind]: {
    aids: { report: aid, fixOnSpot: aid },
    details: lazy(() => import('./relatives.tsx').then((module) => ({ default: module.Relatives }))),
  },
};
