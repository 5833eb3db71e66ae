import { sessionServer } from '#kernel/server/auth/server.ts';
import { filesServer } from '#kernel/server/files/server.ts';
import { formServer } from '#kernel/server/forms/server.ts';
import type { ModuleServer } from '#kernel/server/implement.ts';
import { liveServer } from '#kernel/server/live/server.ts';
import { mapServer } from '#kernel/server/map/server.ts';
import { matterServer } from '#kernel/server/matter/server.ts';
import { noticeServer } from '#kernel/server/notices/server.ts';
import { auditServer } from '#kernel/server/seal/server.ts';
import { server as duty } from '#modules/duty/server/index.ts';
import { server as inspection } from '#modules/inspection/server/index.ts';
import { server as org } from '#modules/org/server/index.ts';
import { server as risk } from '#modules/risk/server/index.ts';
import { server as site } from '#modules/site/server/index.ts';

/** The modules of the bureau's duties, lowest level first. */
const modules: readonly ModuleServer[] = [org, site, duty, inspection, risk];
const workflows = modules.flatMap((module) => module.contract.workflows);

/** Every server of the running system: the kernel's own mechanisms, then the modules. */
export const servers: readonly ModuleServer[] = [
  matterServer(modules),
  mapServer(workflows),
  sessionServer,
  filesServer,
  noticeServer(modules),
  liveServer,
  formServer,
  auditServer,
  ...modules,
];
