import { exitCodes, StartupFault } from '../startup-fault.ts';

export function damagedArchive(file: string, zh: string, en: string, cause?: unknown): StartupFault {
  return new StartupFault(
    'backup.damaged',
    exitCodes.io,
    [`备份文件不完整或已损坏：${file}。`, `${zh}。`, '未对数据库作任何改动；请改用另一份备份。'],
    [`The backup is incomplete or damaged: ${file}.`, `${en}.`, 'The database was not touched; use another backup.'],
    cause,
  );
}

export function targetExists(file: string): StartupFault {
  return new StartupFault(
    'backup.file_exists',
    exitCodes.cannotCreate,
    [`目标文件已存在：${file}。`, '备份不会覆盖已有文件。', '请换一个文件名，或先移走该文件。'],
    [`The file exists: ${file}.`, 'A backup never overwrites anything.', 'Choose another name, or move the file away first.'],
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '-' : `${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}`;
}

/** @param onlyBackup names in the backup but not here  @param onlyHere names here but not in the backup */
export function otherVersion(what: { zh: string; en: string }, onlyBackup: readonly string[], onlyHere: readonly string[]): StartupFault {
  return new StartupFault(
    'backup.other_version',
    exitCodes.config,
    [
      `备份与当前程序的版本不一致（${what.zh}）。`,
      `仅备份中有：${listed(onlyBackup)}；仅程序中有：${listed(onlyHere)}。`,
      '请用制作该备份时的 Vigil 版本恢复，再升级到新版；数据未作改动。',
    ],
    [
      `The backup and this code are of different versions (${what.en}).`,
      `Only in the backup: ${listed(onlyBackup)}; only in the code: ${listed(onlyHere)}.`,
      'Restore with the Vigil version that made the backup, then upgrade. No data was changed.',
    ],
  );
}

export function notEmpty(database: string): StartupFault {
  return new StartupFault(
    'restore.not_empty',
    exitCodes.cannotCreate,
    [
      `数据库 ${database} 中已有数据。`,
      '恢复会用备份内容替换全部现有数据。',
      '请恢复到新的数据目录；确认要替换时，先备份现有数据，再加 --force 执行。',
    ],
    [
      `The database ${database} holds data.`,
      'A restore replaces all of it by what the backup holds.',
      'Restore into a new data folder; to replace it on purpose, back up the present data first and add --force.',
    ],
  );
}

export function stillInUse(who: string): StartupFault {
  return new StartupFault(
    'restore.in_use',
    exitCodes.inUse,
    [`数据库正在使用中（${who}）。`, '恢复期间不能有其他进程读写。', '请先停止所有 Vigil 进程。'],
    [`The database is in use (${who}).`, 'Nothing else may read or write during a restore.', 'Stop every Vigil process first.'],
  );
}

export function restoredDiffers(tables: readonly string[]): StartupFault {
  return new StartupFault(
    'restore.differs',
    exitCodes.software,
    [`恢复后的数据与备份不一致：${listed(tables)}。`, '行数或校验值不符，恢复已全部撤销。', '请保留该备份文件并联系维护人员。'],
    [
      `The restored data differs from the backup: ${listed(tables)}.`,
      'Row counts or checksums do not agree; the restore was rolled back.',
      'Keep the backup file and ask the maintainers.',
    ],
  );
}

export function tooManyTransactions(needed: bigint): StartupFault {
  return new StartupFault(
    'restore.transaction_ids',
    exitCodes.unavailable,
    [
      `备份来自事务号很大的数据库，还差 ${needed} 个。`,
      '台账按事务号排序，新库的事务号必须先越过旧值。',
      '请恢复到原数据库服务器，或由数据库管理员用 pg_resetwal -x 调高事务号后再恢复。',
    ],
    [
      `The backup comes from a database with far higher transaction ids (${needed} more).`,
      "The ledger is ordered by transaction id, so the new server's must be past the old ones.",
      'Restore into the original server, or have the administrator raise the id with pg_resetwal -x first.',
    ],
  );
}

export function passphraseMissing(): StartupFault {
  return new StartupFault(
    'backup.no_passphrase',
    exitCodes.config,
    [
      '未设置备份口令。',
      '--with-keys 会把密钥加密后放入备份，需要口令。',
      '请用 VIGIL_BACKUP_PASSPHRASE 设置（不少于 16 个字符），并与备份分开保管。',
    ],
    [
      'There is no passphrase for the backup.',
      '--with-keys puts the keys into the backup under a passphrase.',
      'Set VIGIL_BACKUP_PASSPHRASE (at least 16 characters) and keep it apart from the backups.',
    ],
  );
}

export function passphraseWrong(cause: unknown): StartupFault {
  return new StartupFault(
    'backup.passphrase',
    exitCodes.config,
    [
      '备份口令不正确，密钥无法解开。',
      'VIGIL_BACKUP_PASSPHRASE 与制作备份时的不一致（或备份被改动）。',
      '请核对口令；不设置口令也可只恢复数据，此后须逐人重设双因素认证。未作任何改动。',
    ],
    [
      'The passphrase is wrong: the keys in the backup cannot be opened.',
      'VIGIL_BACKUP_PASSPHRASE is not the one it was made with (or the backup was changed).',
      'Check it; without any passphrase the data alone is restored and second factors must be reset one by one. Nothing was touched.',
    ],
    cause,
  );
}
