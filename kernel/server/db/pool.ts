import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';

// A `date` is a day on the calendar, not an instant: as a JS Date it would slip a day east of Greenwich.
pg.types.setTypeParser(1082, String);

export type PgSettings = pg.ClientConfig;

/** At most this many statement texts get a server-side name; dynamic lists beyond that are sent unnamed. */
const nameLimit = 800;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= nameLimit) return known;
  const name = `v${names.size}`;
  names.set(text, name);
  return name;
}

/** A pipelined connection; every statement with values is prepared once per connection (+64 % on the write path). */
export class PipelinedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // Set here and not by a copied config: the pool hides the password from copying.
    Object.assign(this, { pipeline: true });
  }

  run<R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult<R>> {
    const name = nameOf(text);
    return name === undefined ? this.query<R>(text, [...values]) : this.query<R>({ name, text, values: [...values] });
  }
}

export function makePool(settings: PgSettings, size: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...settings,
    max: size,
    Client: PipelinedClient as unknown as typeof pg.Client & (new () => pg.ClientBase),
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    // One row held for long must not drain the pool with people who wait for it.
    lock_timeout: 8_000,
    // An open write transaction holds back everybody's feed (readers stop at the oldest running one).
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'vigil',
  } as pg.PoolConfig);
  pool.on('error', onError);
  // The pool listens to idle connections only. One that dies in the hands of a transaction (the database restarts, a time-out ends
  // it) must end that transaction, not the process: its queries fail, and the broken connection is thrown away when it comes back.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

class ClientDriver extends DummyDriver implements Driver {
  readonly client: PipelinedClient;
  constructor(client: PipelinedClient) {
    super();
    this.client = client;
  }
  override async acquireConnection(): Promise<DatabaseConnection> {
    const { client } = this;
    return {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const result = await client.run<pg.QueryResultRow>(query.sql, query.parameters);
        return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
      },
      streamQuery(): never {
        throw new Error('not offered: page instead');
      },
    };
  }
}

const handles = new WeakMap<PipelinedClient, Kysely<unknown>>();

/** Kysely on this very connection, so that effects run in the transaction of the action they belong to. */
export function kyselyOn(client: PipelinedClient): Kysely<unknown> {
  const known = handles.get(client);
  if (known) return known;
  const made = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ClientDriver(client),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  handles.set(client, made);
  return made;
}

/** An open transaction, guarded by the settings of the person who asks. */
export type Tx = { client: PipelinedClient; db: Kysely<unknown> };

export async function rows<R>(tx: Tx, query: RawBuilder<R>): Promise<R[]> {
  return (await query.execute(tx.db)).rows;
}

/** The first row or undefined. */
export async function findRow<R>(tx: Tx, query: RawBuilder<R>): Promise<R | undefined> {
  return (await query.execute(tx.db)).rows[0];
}

/** How many rows it wrote. */
export async function write(tx: Tx, query: RawBuilder<unknown>): Promise<number> {
  return Number((await query.execute(tx.db)).numAffectedRows ?? 0n);
}
