import { matterModule } from '../../matter-contract.ts';
import { implementModule, type ModuleServer } from '../implement.ts';
import { makeRegistry } from '../registry.ts';
import { getQuery } from './get.ts';
import { inboxQuery } from './inbox.ts';
import { listQuery } from './list.ts';
import { statsQuery } from './stats.ts';

/** The kernel's queries over the matters of all given modules. */
export function matterServer(modules: readonly ModuleServer[]): ModuleServer {
  const registry = makeRegistry(modules);
  return implementModule({ contract: matterModule, queries: [inboxQuery, listQuery(registry), getQuery(registry), statsQuery(registry)] });
}
