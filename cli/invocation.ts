import type { Config } from '#kernel/server/config.ts';
import type { Log } from '#kernel/server/log.ts';

/** What a command is given. */
export type Invocation = {
  config: Config;
  log: Log;
  args: readonly string[];
  flags: Readonly<Record<string, string | boolean | undefined>>;
};
export type Command = { usage: string; zh: string; en: string; run: (invocation: Invocation) => Promise<number> };
