/** What, why, and what to do about it: one sentence each, so that no fault leaves the reader without a next step. */
export type FaultText = readonly [what: string, why: string, remedy: string];

/** Exit codes follow sysexits.h so that systemd units and scripts can tell the classes apart. */
export const exitCodes = { software: 70, unavailable: 69, cannotCreate: 73, io: 74, inUse: 75, noPermission: 77, config: 78 } as const;

/** A reason not to start (or to end a command) that an administrator can act on. Thrown, printed in both languages, never a stack trace. */
export class StartupFault extends Error {
  readonly code: string;
  readonly exitCode: number;
  readonly zh: string;
  readonly en: string;

  constructor(code: string, exitCode: number, zh: FaultText, en: FaultText, cause?: unknown) {
    super(`${zh.join('')}\n${en.join(' ')}`, cause === undefined ? undefined : { cause });
    this.name = 'StartupFault';
    this.code = code;
    this.exitCode = exitCode;
    this.zh = zh.join('');
    this.en = en.join(' ');
  }
}

export interface BadValue {
  readonly name: string;
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

/** Every bad value at once: an administrator should not have to restart once per typo. */
export function badConfiguration(bad: readonly BadValue[]): StartupFault {
  const zh = bad.map((b) => `\n  ${b.name}=${b.value}：应为${b.zh}`).join('');
  const en = bad.map((b) => `\n  ${b.name}=${b.value}: accepted is ${b.en}`).join('');
  return new StartupFault(
    'config.invalid',
    exitCodes.config,
    ['配置有误，系统未启动。', `以下配置项不符合要求：${zh}\n`, '请改正后重新启动。'],
    ['The configuration is wrong, nothing was started.', `These values are not accepted:${en}\n`, 'Correct them and start again.'],
  );
}

export function portTaken(port: number, cause?: unknown): StartupFault {
  return new StartupFault(
    'port.taken',
    exitCodes.unavailable,
    [
      `端口 ${port} 已被占用。`,
      '本机另有程序（可能是另一个 Vigil）正在监听该端口。',
      '请停止该程序，或设置 VIGIL_PORT（设备接入为 VIGIL_MQTT_PORT）改用其他端口。',
    ],
    [
      `Port ${port} is taken.`,
      'Another program on this machine (perhaps another Vigil) listens there.',
      'Stop it, or choose another port with VIGIL_PORT (VIGIL_MQTT_PORT for devices).',
    ],
    cause,
  );
}

/** For the migrator: the database names migrations that this code does not have. */
export function databaseTooNew(unknownMigrations: readonly string[] = []): StartupFault {
  const named = unknownMigrations.length === 0 ? '' : ` (${unknownMigrations.slice(0, 5).join(', ')})`;
  return new StartupFault(
    'database.too_new',
    exitCodes.config,
    [
      '数据库版本比程序新。',
      `数据库已由更新版本的 Vigil 升级过${named}，旧程序继续写入会损坏数据。`,
      '请改用新版程序启动；确需退回旧版时，用升级前的备份执行 vigil restore。',
    ],
    [
      'The database is newer than this code.',
      `A later Vigil has migrated it${named}; older code writing to it would damage data.`,
      'Start the newer version; to go back, restore a backup taken before the upgrade.',
    ],
  );
}

export function notWritable(path: string, cause?: unknown): StartupFault {
  return new StartupFault(
    'data.not_writable',
    exitCodes.noPermission,
    [
      `数据目录不可写：${path}。`,
      '当前用户没有写权限，或所在磁盘为只读。',
      '请把目录授权给运行 Vigil 的用户，或用 VIGIL_DATA 指定可写的目录。',
    ],
    [
      `The data folder cannot be written: ${path}.`,
      'The current user may not write there, or the disk is read-only.',
      'Give the folder to the user who runs Vigil, or name a writable one with VIGIL_DATA.',
    ],
    cause,
  );
}

export function diskFull(path: string, freeBytes?: number, cause?: unknown): StartupFault {
  const free = freeBytes === undefined ? '' : ` ${Math.floor(freeBytes / 1e6)} MB`;
  return new StartupFault(
    'disk.full',
    exitCodes.io,
    [
      `磁盘空间不足：${path}${free === '' ? '' : `（剩余${free}）`}。`,
      '数据库无法继续写入；已确认保存的数据没有丢失。',
      '请清理或扩容磁盘（至少保留 200 MB），然后重新执行。',
    ],
    [
      `The disk is full: ${path}${free === '' ? '' : ` (${free.trim()} left)`}.`,
      'The database cannot write any more; nothing that was confirmed is lost.',
      'Free or add space (200 MB at least), then run it again.',
    ],
    cause,
  );
}

/** PostgreSQL's SQLSTATE or Node's errno name of an error from a driver or the file system; empty when it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Turns the errors that mean "the disk is full" or "may not write" into their fault; leaves all others to the caller. */
export function asFileFault(error: unknown, path: string): StartupFault | undefined {
  if (error instanceof StartupFault) return error;
  const code = codeOf(error);
  if (['ENOSPC', 'EDQUOT', '53100'].includes(code)) return diskFull(path, undefined, error);
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return notWritable(path, error);
  return undefined;
}
