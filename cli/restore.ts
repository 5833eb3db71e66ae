import type { Config } from '#kernel/server/config.ts';
import { type RestoreOptions, restoreBackup } from '#kernel/server/pg/archive/restore.ts';
import { sayReport, showProgress } from './backup.ts';
import { say } from './progress.ts';

/** `vigil restore FILE [--force]`. @returns the exit code @throws StartupFault see restoreBackup */
export async function restore(
  config: Config,
  file: string,
  options: { readonly force: boolean; readonly migrate: RestoreOptions['migrate'] },
): Promise<number> {
  const report = await restoreBackup(config, file, { ...options, onProgress: showProgress });
  sayReport({ zh: '恢复完成', en: 'restored' }, report);
  if (report.keys === 'restored') say('双因素密钥已恢复', 'the key of the second factors is back');
  else {
    say(
      report.keys === 'sealed'
        ? '备份中的密钥未恢复：请设置 VIGIL_BACKUP_PASSPHRASE 后重新恢复，否则双因素认证须逐人重设'
        : '备份不含密钥：请把另行保管的 secrets/account.key 放回数据目录，否则双因素认证须逐人重设',
      report.keys === 'sealed'
        ? 'the keys in it were not restored: set VIGIL_BACKUP_PASSPHRASE and restore again, or reset second factors one by one'
        : 'no keys in it: put the secrets/account.key kept apart back into the data folder, or reset second factors one by one',
    );
  }
  return 0;
}
