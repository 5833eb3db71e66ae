import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { readConfig } from '#kernel/server/config.ts';
import { migrate } from '#kernel/server/db/migrate.ts';
import { createLog } from '#kernel/server/log.ts';
import type { PgSettings } from '#kernel/server/pg/connect.ts';
import { type AdministeredDatabase, openAdministered } from '#kernel/server/pg/open-database.ts';
import { seedCity } from '../cli/seed.ts';
import { servers } from '../modules/server.ts';

/** Where the tests' own PostgreSQL is, and the database that every test file clones. */
export type Cluster = { admin: PgSettings; owner: PgSettings; app: PgSettings; template: string; dataDir: string };

declare module 'vitest' {
  interface ProvidedContext {
    cluster: Cluster;
  }
}

/** One real PostgreSQL for the whole run: the embedded one, or the one behind DATABASE_URL; migrated and seeded once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigil-test-'));
  const config = readConfig({ DATABASE_URL: process.env.DATABASE_URL, VIGIL_DATA: dataDir, VIGIL_LOG_LEVEL: 'error', VIGIL_ROLE: 'tool' });
  const database = await openAdministered(config, createLog(config));
  const template = `vigil_template_${process.pid}`;
  const stop = async () => {
    await dropTemplate(database.admin, template).finally(() => database.stop());
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(database.owner, servers);
    await seedCity(database.owner, new Date());
    await makeTemplate(database, template);
  } catch (error) {
    // Vitest calls no teardown after a setup that failed: the server would outlive the run.
    await stop();
    throw error;
  }
  project.provide('cluster', { admin: database.admin, owner: database.owner, app: database.app, template, dataDir });
  return stop;
}

async function makeTemplate(database: AdministeredDatabase, template: string): Promise<void> {
  const client = new pg.Client({ ...database.admin });
  await client.connect();
  try {
    // A template must have no open connection; the copy keeps the original free for the supervisor.
    await client.query(`create database ${template} template "${database.owner.database}" owner vigil_owner`);
  } finally {
    await client.end();
  }
}

async function dropTemplate(admin: PgSettings, template: string): Promise<void> {
  const client = new pg.Client({ ...admin });
  await client.connect();
  try {
    await client.query(`drop database if exists ${template} with (force)`);
  } finally {
    await client.end();
  }
}
