import { join } from 'node:path';
import type { Config } from '#kernel/server/config.ts';
import { type ArchiveReport, checkBackup, makeBackup } from '#kernel/server/pg/archive/back-up.ts';
import type { Progress } from '#kernel/server/pg/archive/manifest.ts';
import { drillRestore, type RestoreOptions } from '#kernel/server/pg/archive/restore.ts';
import { say } from './progress.ts';

const steps: Readonly<Record<Parameters<Progress>[0], string>> = {
  tables: '导出数据表 · exporting tables',
  files: '打包文件 · packing files',
  verify: '校验备份 · verifying the backup',
  load: '载入数据表 · loading tables',
  check: '核对数据 · comparing',
  'transaction ids': '推进事务号 · passing transaction ids',
};

/** A line that rewrites itself on a terminal; in a log file only the results stand. */
export const showProgress: Progress = (step, done, total) => {
  if (!process.stdout.isTTY) return;
  const share = step === 'verify' ? String(done) : `${done}/${total}`;
  process.stdout.write(`\r\x1b[K… ${steps[step]} ${share}`);
};

export function sayReport(done: { zh: string; en: string }, report: ArchiveReport): void {
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
  const { file, tables, rows, files, bytes, seconds } = report;
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  say(
    `${done.zh}：${file}，${tables.length} 张表、${rows} 行、${files} 个文件，${size}，用时 ${seconds} 秒，校验一致`,
    `${done.en}: ${tables.length} tables, ${rows} rows, ${files} files, ${size}, ${seconds} s, checksums agree`,
  );
}

/** `vigil backup FILE`. @returns the exit code @throws StartupFault see makeBackup */
export async function backup(config: Config, file: string, withKeys: boolean): Promise<number> {
  const report = await makeBackup(config, file, { onProgress: showProgress, withKeys });
  sayReport({ zh: '备份完成', en: 'backed up' }, report);
  if (report.keys === 'none') {
    say(
      `注意：备份不含双因素密钥 ${join(config.dataDir, 'secrets/account.key')}，须另行保管；或设置 VIGIL_BACKUP_PASSPHRASE 后加 --with-keys`,
      'NOTE: the key of the second factors is not in it: keep it apart, or set VIGIL_BACKUP_PASSPHRASE and add --with-keys',
    );
  } else say('双因素密钥已加密存入备份；口令须与备份分开保管', 'the key of the second factors is in it, sealed; keep the passphrase apart');
  return 0;
}

/** `vigil backup verify FILE`. @returns the exit code @throws StartupFault see checkBackup */
export async function verifyBackup(config: Config, file: string): Promise<number> {
  const { backupPassphrase } = config;
  const report = await checkBackup(file, showProgress, backupPassphrase);
  sayReport({ zh: '备份完好', en: 'the backup is sound' }, report);
  if (report.keys === 'sealed') {
    const tried = backupPassphrase !== null;
    say(
      tried ? '含加密的密钥，口令正确' : '含加密的密钥（未设置口令，未试开）',
      tried ? 'keys inside, the passphrase opens them' : 'keys inside, not tried',
    );
  }
  return 0;
}

/** `vigil backup drill`. @returns the exit code @throws StartupFault see drillRestore */
export async function restoreDrill(config: Config, migrate: RestoreOptions['migrate']): Promise<number> {
  const report = await drillRestore(config, { migrate, onProgress: showProgress });
  sayReport({ zh: '恢复演练成功（逐表核对一致，临时库已删除）', en: 'the restore drill succeeded, table by table' }, report);
  return 0;
}
