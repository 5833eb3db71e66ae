import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Runtime } from '../context.ts';
import { rows } from '../db/pool.ts';
import type { Chore } from '../implement.ts';
import { blobPath, filesFolder, incomingFolder, lockBlob, removeBlob } from './blob.ts';
import { forgetUploadDays } from './quota.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

const isOld = async (path: string, before: number) => ((await stat(path).catch(() => undefined))?.mtimeMs ?? before) < before;
const list = (folder: string) => readdir(folder).catch(() => []);

/** Contents that no row refers to (an upload that was cut off between file and row), and uploads that were never finished. */
export const orphanChore: Chore = { name: 'files.orphans', everySeconds: 21_600, run: sweep };

async function sweep(runtime: Runtime): Promise<void> {
  const before = runtime.clock().getTime() - dayMs;
  const unfinished = await sweepIncoming(runtime, before);
  let removed = 0;
  for (const top of (await list(filesFolder(runtime.config))).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const next of await list(join(filesFolder(runtime.config), top))) {
      removed += await sweepFolder(runtime, join(filesFolder(runtime.config), top, next), before);
    }
  }
  await forgetUploadDays(runtime);
  const unused = await countLoose(runtime);
  if (removed + unfinished > 0 || unused > 0) runtime.log.info({ removed, unfinished, unused }, 'files swept');
}

async function sweepIncoming(runtime: Runtime, before: number): Promise<number> {
  let removed = 0;
  for (const name of await list(incomingFolder(runtime.config))) {
    const path = join(incomingFolder(runtime.config), name);
    if (!(await isOld(path, before))) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

async function sweepFolder(runtime: Runtime, folder: string, before: number): Promise<number> {
  const stored = (await list(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  if (stored.length === 0) return 0;
  const known = await knownAmong(runtime, stored);
  let removed = 0;
  for (const sha256 of stored.filter((one) => !known.has(one))) {
    if ((await isOld(blobPath(runtime.config, sha256), before)) && (await removeUnused(runtime, sha256))) removed++;
  }
  return removed;
}

async function knownAmong(runtime: Runtime, hashes: readonly string[]): Promise<Set<string>> {
  const found = await runtime.db.read(await runtime.system(), (tx) =>
    rows(tx, sql<{ sha256: string }>`select distinct sha256 from kernel.file where sha256 = any(${hashes}::text[])`),
  );
  return new Set(found.map((row) => row.sha256));
}

/** Looks once more with the content's lock: the same content may have been uploaded a moment ago. */
async function removeUnused(runtime: Runtime, sha256: string): Promise<boolean> {
  return runtime.db.write(await runtime.system(), async (tx) => {
    await lockBlob(tx, sha256, 'remove');
    const used = await tx.client.run('select 1 from kernel.file where sha256 = $1 limit 1', [sha256]);
    if (used.rows.length > 0) return false;
    await removeBlob(runtime.config, sha256);
    return true;
  });
}

/** Rows stay, whatever they are for: evidence is not thrown away by a machine. They are counted here and listed for the administrator. */
async function countLoose(runtime: Runtime): Promise<number> {
  const since = new Date(runtime.clock().getTime() - weekMs);
  const found = await runtime.db.read(await runtime.system(), (tx) =>
    rows(
      tx,
      sql<{ unused: number }>`select count(*)::int as unused from kernel.file f
        where f.at < ${since} and not exists (select 1 from kernel.attachment a where a.file = f.id)`,
    ),
  );
  return found[0]?.unused ?? 0;
}
