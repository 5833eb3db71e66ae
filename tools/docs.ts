// `npm run docs` writes docs/generated/ from the code; `npm run docs -- --check` only compares, and fails when a file is stale.
import { fileURLToPath } from 'node:url';
import { makeRegistry } from '#kernel/server/registry.ts';
import { servers } from '#modules/server.ts';
import { readTree } from './bounds/tree.ts';
import { apiPage } from './docs/api.ts';
import { readCatalogue } from './docs/catalogue.ts';
import { eventsPage } from './docs/events.ts';
import { faultsPage } from './docs/faults.ts';
import { withFreshDatabase } from './docs/fresh-database.ts';
import { modulesPage } from './docs/modules.ts';
import { type Pages, stalePages, writePages } from './docs/pages.ts';
import { permissionsPage } from './docs/permissions.ts';
import { schemaText } from './docs/schema.ts';
import { workflowsPage } from './docs/workflows.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = fileURLToPath(new URL('../docs/generated', import.meta.url));

async function makePages(): Promise<Pages> {
  const registry = makeRegistry(servers);
  const { contracts } = registry;
  return new Map([
    ['workflows.md', workflowsPage(contracts)],
    ['permissions.md', permissionsPage(contracts)],
    ['events.md', eventsPage(contracts)],
    ['faults.md', faultsPage(contracts)],
    ['modules.md', modulesPage(contracts, readTree(root))],
    ['api.md', apiPage(registry)],
    ['schema.sql', await withFreshDatabase(servers, async (client) => schemaText(await readCatalogue(client)))],
  ]);
}

const pages = await makePages();
if (process.argv.includes('--check')) {
  const stale = stalePages(folder, pages);
  for (const name of stale) console.log(`docs/generated/${name} is not what the code says`);
  console.log(
    stale.length > 0
      ? `${stale.length} of ${pages.size} generated files are stale: run npm run docs`
      : `docs: ${pages.size} files up to date`,
  );
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  const written = writePages(folder, pages);
  console.log(written.length > 0 ? `docs: wrote ${written.join(', ')}` : 'docs: nothing to do');
}
