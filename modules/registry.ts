import { auditModule } from '#kernel/audit-contract.ts';
import type { ModuleContract } from '#kernel/contract.ts';
import { fileModule } from '#kernel/file-contract.ts';
import { formModule } from '#kernel/form-contract.ts';
import { mapModule } from '#kernel/map-contract.ts';
import { matterModule } from '#kernel/matter-contract.ts';
import { noticeModule } from '#kernel/notice-contract.ts';
import { sessionModule } from '#kernel/session-contract.ts';
import { dutyModule } from '#modules/duty/module.ts';
import { inspectionModule } from '#modules/inspection/module.ts';
import { orgModule } from '#modules/org/module.ts';
import { riskModule } from '#modules/risk/module.ts';
import { siteModule } from '#modules/site/module.ts';

/** Every contract of the running system, lowest level first. Pure: the browser and the docs read it too. */
export const contracts: readonly ModuleContract[] = [
  matterModule,
  mapModule,
  sessionModule,
  fileModule,
  noticeModule,
  formModule,
  auditModule,
  orgModule,
  siteModule,
  dutyModule,
  inspectionModule,
  riskModule,
];
