import type { Principal } from '../permission.ts';
import type { Config } from './config.ts';
import type { Tx } from './db/pool.ts';
import type { Db, Guard } from './db/transaction.ts';
import type { Log } from './log.ts';
import type { Provider, Providers } from './providers.ts';

/** The part of a log that handlers use; a request's own log carries its id. */
export type Words = Pick<Log, 'debug' | 'info' | 'warn' | 'error'>;

/** What every handler and effect is given. Time comes from here, so that every deadline can be tested. */
export type Context = {
  tx: Tx;
  who: Principal;
  now: Date;
  log: Words;
  /** The id of the request, as the person can quote it. */
  request: string;
  use<T>(provider: Provider<T>): T;
};

/** What the kernel's machinery is given: the running server. */
export type Runtime = {
  config: Config;
  db: Db;
  log: Log;
  clock: () => Date;
  providers: Providers;
  /** The server's own name when it reads and writes by itself; sees every area. */
  system: () => Promise<Guard>;
};
