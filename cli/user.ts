import { type Role, roleNames } from '#kernel/permission.ts';
import { openAccount, renewAccount } from '#kernel/server/auth/first-account.ts';
import { addPerson } from '#modules/org/server/seed.ts';
import type { Invocation } from './invocation.ts';
import { openMigrated } from './open.ts';
import { say } from './progress.ts';

/** People of an enterprise belong to a supervised object, not to a unit: they are added on its page. */
type Offered = Exclude<Role, 'enterprise'>;
const offered = roleNames.filter((role): role is Offered => role !== 'enterprise');
const isOffered = (role: unknown): role is Offered => offered.some((one) => one === role);

/** For the very first people and for emergencies; daily account work is done on screen, where the ledger names who did it. */
export async function userCommand({ config, log, args, flags }: Invocation): Promise<number> {
  if (args[0] === 'reset' && typeof flags.login === 'string') return resetUser(config, log, flags.login);
  const { login, name, unit } = flags;
  const role = flags['user-role'];
  if (args[0] !== 'add' || typeof login !== 'string' || typeof name !== 'string' || typeof unit !== 'string' || !isOffered(role)) {
    say(`用法：vigil user add --login 账号 --name 姓名 --unit 机构代码 --user-role ${offered.join('|')}`, 'see usage');
    say('　　　vigil user reset --login 账号', 'or: user reset --login L');
    return 64;
  }
  const database = await openMigrated(config, log);
  try {
    const person = await addPerson(database.owner, { name, unit, role });
    const password = await openAccount(database.owner, person, login);
    say(`已新增 ${name}（${login}），一次性口令：${password}`, `added ${login}, one-time password: ${password}`);
    return 0;
  } finally {
    await database.stop();
  }
}

/** For an administrator whose request nobody could confirm: whoever stands before the server is the second person. */
async function resetUser(config: Invocation['config'], log: Invocation['log'], login: string): Promise<number> {
  const database = await openMigrated(config, log);
  try {
    const password = await renewAccount(database.owner, login);
    say(
      `已重置 ${login}，一次性口令：${password}，动态口令已解除`,
      `reset ${login}, one-time password: ${password}, authenticator removed`,
    );
    return 0;
  } finally {
    await database.stop();
  }
}
