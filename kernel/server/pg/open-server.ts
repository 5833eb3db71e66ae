import type { PgSettings } from './connect.ts';

export interface OpenServer {
  /** The account that set the database up: for backup, restore and drills, never for requests. */
  readonly admin: PgSettings;
  readonly adminIsSuper: boolean;
  readonly owner: PgSettings;
  readonly app: PgSettings;
  /** Major version of PostgreSQL. */
  readonly version: number;
  /** Whether the embedded server's process lives; an outside one is somebody else's care. */
  readonly isRunning: () => boolean;
  /** Stops the server itself (embedded); nothing to do for an outside one. */
  readonly shutDown: () => Promise<void>;
  /** Keeps the server's log within its bound; called about once a minute. */
  readonly trimLog: () => void;
}
