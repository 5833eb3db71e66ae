import type { Command } from './invocation.ts';

/** Each command is loaded when it is called: `vigil decode` does not wait for the web server's libraries. */
export const commands: Readonly<Record<string, Command>> = {
  serve: {
    usage: 'serve [--role=all|web|worker|ingest] [--demo]',
    zh: '启动系统',
    en: 'run the system',
    run: async (call) => (await import('./serve.ts')).serve(call),
  },
  migrate: {
    usage: 'migrate',
    zh: '升级数据库结构',
    en: 'bring the database up to the code',
    run: async (call) => (await import('./database.ts')).migrateCommand(call),
  },
  seed: {
    usage: 'seed [--scale OBJECTS]',
    zh: '写入演示城市；--scale 另写入成规模的虚构数据',
    en: 'write the demonstration city; --scale adds synthetic data of a size',
    run: async (call) => (await import('./database.ts')).seedCommand(call),
  },
  audit: {
    usage: 'audit verify|head [--head HASH]',
    zh: '校验台账未被改动',
    en: 'prove that the ledger was not changed',
    run: async (call) => (await import('./database.ts')).auditCommand(call),
  },
  user: {
    usage: 'user add --login L --name N --unit CODE --user-role R | user reset --login L',
    zh: '新增用户并给出一次性口令',
    en: 'add a user with a one-time password',
    run: async (call) => (await import('./user.ts')).userCommand(call),
  },
  backup: {
    usage: 'backup FILE [--with-keys] · verify FILE · drill',
    zh: '备份；校验备份；恢复演练',
    en: 'back up; verify a backup; drill a restore',
    run: async (call) => (await import('./database.ts')).backupCommand(call),
  },
  restore: {
    usage: 'restore FILE [--force]',
    zh: '由备份恢复',
    en: 'restore from a backup',
    run: async (call) => (await import('./database.ts')).restoreCommand(call),
  },
  bench: {
    usage: 'bench act|web|start|crash|map|read [--seconds N] [--rounds N] [--scale OBJECTS] [--data FOLDER]',
    zh: '性能测量（输出 JSON 行）',
    en: 'measure (prints JSON lines)',
    run: async (call) => (await import('../bench/main.ts')).bench(call),
  },
};
