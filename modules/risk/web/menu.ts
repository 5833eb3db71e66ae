import { lazy } from 'react';
import type { KindParts } from '#kernel/web/kind-parts.ts';
import type { MenuEntry } from '#kernel/web/menu.ts';
import type { RecordPages } from '#kernel/web/record-pages.ts';
import { checks, effects, installations, points } from '../module.ts';

export const riskMenu: readonly MenuEntry[] = [
  { group: 'supervise', title: { zh: '风险分级管控', en: 'Risk points' }, to: '/risks', by: points.by, icon: 'risk' },
  { group: 'supervise', title: { zh: '排查任务', en: 'Checks' }, to: '/checks', by: checks.by, icon: 'check' },
  { group: 'supervise', title: { zh: '双重预防运行效果', en: 'Running effect' }, to: '/effects', by: effects.by, icon: 'stats' },
  {
    group: 'supervise',
    title: { zh: '重大危险源', en: 'Major hazard installations' },
    to: '/installations',
    by: installations.by,
    icon: 'installation',
  },
];

export const riskPages: RecordPages = { 'risk.point': (id) => `/risks?id=${id}`, 'risk.installation': (id) => `/installations?id=${id}` };

export const riskParts: Readonly<Record<string, KindParts>> = {
  'risk.assessment': {
    forms: { submit: lazy(() => import('./assess-dialog.tsx').then((module) => ({ default: module.AssessDialog }))) },
    details: lazy(() => import('./assessed-tree.tsx').then((module) => ({ default: module.AssessedTree }))),
  },
};
