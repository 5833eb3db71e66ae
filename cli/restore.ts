import type { Config } from '#kernel/server/config.ts';
import { type RestoreOptions, restoreBackup } from '#kernel/server/pg/archive/restore.ts';
import { sayReport, showProgress } from './backup.ts';

/** `vigil restore FILE [--force]`. @returns the exit code @throws StartupFault see restoreBackup */
export async function restore(
  config: Config,
  file: string,
  options: { readonly force: boolean; readonly migrate: RestoreOptions['migrate'] },
): Promise<number> {
  const report = await restoreBackup(config, file, { ...options, onProgress: showProgress });
  sayReport({ zh: '恢复完成', en: 'restored' }, report);
  return 0;
}
