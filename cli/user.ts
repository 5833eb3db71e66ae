import { type Role, roleNames } from '#kernel/permission.ts';
import { openAccount } from '#kernel/server/auth/first-account.ts';
import { addPerson } from '#modules/org/server/seed.ts';
import type { Invocation } from './commands.ts';
import { openMigrated } from './open.ts';
import { say } from './progress.ts';

/** For the very first people and for emergencies; daily account work is done on screen, where the ledger names who did it. */
export async function userCommand({ config, log, args, flags }: Invocation): Promise<number> {
  const { login, name, unit } = flags;
  const role = flags['user-role'];
  if (
    args[0] !== 'add' ||
    typeof login !== 'string' ||
    typeof name !== 'string' ||
    typeof unit !== 'string' ||
    !roleNames.includes(role as Role)
  ) {
    say(`用法：vigil user add --login 账号 --name 姓名 --unit 机构代码 --user-role ${roleNames.join('|')}`, 'see usage');
    return 64;
  }
  const database = await openMigrated(config, log);
  try {
    const person = await addPerson(database.owner, { name, unit, role: role as Role });
    const password = await openAccount(database.owner, person, login);
    say(`已新增 ${name}（${login}），一次性口令：${password}`, `added ${login}, one-time password: ${password}`);
    return 0;
  } finally {
    await database.stop();
  }
}
