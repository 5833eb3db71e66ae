import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { newId } from '#kernel/id.ts';
import { type App, startApp } from '#kernel/server/app.ts';
import { makeAuthenticate } from '#kernel/server/auth/server.ts';
import type { Authenticate } from '#kernel/server/caller.ts';
import { readConfig } from '#kernel/server/config.ts';
import type { Runtime } from '#kernel/server/context.ts';
import type { ModuleServer } from '#kernel/server/implement.ts';
import { createLog } from '#kernel/server/log.ts';
import type { PgSettings } from '#kernel/server/pg/connect.ts';
import { demoPassword } from '../cli/seed.ts';
import { servers as allServers } from '../modules/server.ts';

/** The answer of one call: the status and the JSON body (a fault's body is `{ fault }`). */
export type Answer<T = Record<string, unknown>> = {
  status: number;
  body: T & { fault?: { code: string; details: Record<string, unknown> } };
  headers: Headers;
};

/** Somebody with a cookie (or nobody). */
export type Client = {
  get<T = Record<string, unknown>>(path: string, query?: Record<string, string | number | boolean | undefined>): Promise<Answer<T>>;
  /** POST to a JSON endpoint; workflow calls and actions get a fresh request id unless they bring one. */
  post<T = Record<string, unknown>>(path: string, body?: Record<string, unknown>): Promise<Answer<T>>;
  raw(path: string, init?: RequestInit): Promise<Response>;
  cookie: string;
};

export type TestApp = App & {
  as(login: string): Promise<Client>;
  anon: Client;
  /** The owner's connection (not bound by row-level security), for arranging and for looking behind the curtain. */
  owner: pg.Pool;
  database: { owner: PgSettings; app: PgSettings };
  /** Moves the application's clock; deadlines and timers follow. */
  travel(ms: number): void;
};

function makeClient(url: string, cookie: string): Client {
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { ...(cookie ? { cookie } : {}), ...init.headers } });
  const answer = async <T>(response: Response): Promise<Answer<T>> => ({
    status: response.status,
    body: (await response.json().catch(() => ({}))) as Answer<T>['body'],
    headers: response.headers,
  });
  return {
    cookie,
    raw,
    get: async (path, query = {}) => {
      const search = new URLSearchParams(
        Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
      );
      return answer(await raw(`/api/${path}?${search}`));
    },
    post: async (path, body = {}) =>
      answer(
        await raw(`/api/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ request: newId(), ...body }),
        }),
      ),
  };
}

async function signIn(url: string, login: string): Promise<Client> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: demoPassword }),
  });
  if (response.status !== 200) throw new Error(`${login} cannot sign in: ${response.status} ${await response.text()}`);
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return makeClient(url, cookie);
}

/** The whole server on a fresh copy of the fixture city, listening on a free port. Stop it in afterAll. */
export async function startTestApp(
  options: {
    servers?: readonly ModuleServer[];
    background?: boolean;
    rateLimit?: boolean;
    env?: Record<string, string>;
    authenticate?: (runtime: Runtime) => Authenticate;
  } = {},
): Promise<TestApp> {
  const cluster = inject('cluster');
  const name = `vigil_t_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ ...cluster.admin });
  await admin.connect();
  await admin.query(`create database ${name} template ${cluster.template} owner vigil_owner`);
  const dataDir = await mkdtemp(join(tmpdir(), 'vigil-app-'));
  const config = readConfig({
    VIGIL_PORT: '0',
    VIGIL_DEMO: '1',
    VIGIL_DATA: dataDir,
    VIGIL_LOG_LEVEL: 'error',
    VIGIL_POOL_SIZE: '6',
    ...options.env,
  });
  const database = { owner: { ...cluster.owner, database: name }, app: { ...cluster.app, database: name } };
  let offset = 0;
  const app = await startApp({
    config,
    log: createLog(config),
    database: database.app,
    servers: options.servers ?? allServers,
    authenticate: options.authenticate ?? makeAuthenticate,
    clock: () => new Date(Date.now() + offset),
    background: options.background ?? false,
    rateLimit: options.rateLimit ?? false,
  });
  const owner = new pg.Pool({ ...database.owner, max: 2 });
  // Its last connections may still be closing when the copy is dropped.
  owner.on('error', () => undefined);
  const clients = new Map<string, Promise<Client>>();
  return {
    ...app,
    owner,
    database,
    anon: makeClient(app.url, ''),
    travel: (ms) => {
      offset += ms;
      // Sessions grow old with the clock: whoever comes back signs in again.
      clients.clear();
    },
    as: (login) => {
      const known = clients.get(login) ?? signIn(app.url, login);
      clients.set(login, known);
      return known;
    },
    stop: async () => {
      await owner.end();
      await app.stop();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
