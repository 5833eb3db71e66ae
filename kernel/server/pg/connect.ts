import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { loginRefused, unreachable } from './database-fault.ts';
import { codeOf, StartupFault } from './startup-fault.ts';

/** Options for `new pg.Client` or `new pg.Pool`, spelled out field by field so that `{ ...settings, database }` names another database. */
export interface PgSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly ssl?: boolean | ConnectionOptions;
  /** Settings sent at connect, such as `-c role=vigil_app`. */
  readonly options?: string;
}

export function whereIs(settings: PgSettings): string {
  return `${settings.user}@${settings.host}:${settings.port}/${settings.database}`;
}

/** Reads a database URL by the driver's own rules (sockets, ssl parameters, defaults). */
export function settingsFromUrl(url: string): PgSettings {
  const probe = new pg.Client({ connectionString: url });
  const ssl: unknown = Reflect.get(probe, 'ssl');
  const options = new URL(url.replace('@/', '@localhost/')).searchParams.get('options');
  return {
    host: probe.host,
    port: probe.port,
    user: probe.user ?? '',
    password: typeof probe.password === 'string' ? probe.password : undefined,
    database: probe.database ?? '',
    ...(isSsl(ssl) ? { ssl } : {}),
    ...(options === null ? {} : { options }),
  };
}

function isSsl(value: unknown): value is true | ConnectionOptions {
  return value === true || (typeof value === 'object' && value !== null);
}

/** Connects, hands the client over, and closes it whatever happens. */
export async function withClient<T>(settings: PgSettings, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 5_000, application_name: 'vigil setup' });
  // A connection that breaks while idle emits here; the query under way rejects by itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const refused = ['28P01', '28000', '3D000', '42501'];
/** Starting up, shutting down, too many connections: these pass. */
const passing = [
  '57P03',
  '57P01',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EPIPE',
];

function isPassing(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isPassing);
  if (passing.includes(codeOf(error))) return true;
  return error instanceof Error && /timeout|terminated unexpectedly/i.test(error.message);
}

export interface Patience {
  readonly seconds: number;
  readonly onWait?: (reason: string) => void;
}

/**
 * Like withClient, but waits for a database that is starting or out of reach for a moment.
 * @throws StartupFault database.unreachable, database.login_refused
 */
export async function withPatientClient<T>(settings: PgSettings, patience: Patience, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectPatiently(settings, patience);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function connectPatiently(settings: PgSettings, patience: Patience): Promise<pg.Client> {
  const until = performance.now() + patience.seconds * 1000;
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    const client = new pg.Client({ ...settings, connectionTimeoutMillis: 5_000, application_name: 'vigil setup' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (error instanceof StartupFault) throw error;
      if (refused.includes(codeOf(error))) throw loginRefused(whereIs(settings), error);
      if (!isPassing(error) || performance.now() + pause > until) throw unreachable(whereIs(settings), patience.seconds, error);
      patience.onWait?.(error instanceof Error ? error.message || codeOf(error) : String(error));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
