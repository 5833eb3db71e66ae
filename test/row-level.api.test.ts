import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { PipelinedClient } from '#kernel/server/db/pool.ts';
import { type Guard, guardOf, nobody, sendGuard } from '#kernel/server/db/transaction.ts';
import { contracts } from '../modules/registry.ts';
import { startTestApp, type TestApp } from './app.ts';
import { plantMatter } from './plant.ts';

// The database alone, without the application's checks: whoever forgets a filter in code still shows nothing.
let app: TestApp;
let inside = 0;
let outside = 0;
const planted: { kind: string; id: string }[] = [];

/** Tables that hold no organisation's data: code lists, the directory everyone signed in may read, the machinery. */
const open: readonly string[] = [
  'kernel.cursor',
  'kernel.request',
  'kernel.matter_id',
  'kernel.form',
  'kernel.setting',
  'duty.item',
  'org.division',
  'org.division_former',
  'org.unit',
  'org.committee_member',
];
const schemas = ['kernel', ...contracts.filter((contract) => contract.level > 0).map((contract) => contract.name)];

async function tables(): Promise<string[]> {
  const found = await app.owner.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1) order by 1`,
    [schemas],
  );
  return found.rows.map((row) => row.name);
}

async function as<T>(guard: Guard, fn: (client: PipelinedClient) => Promise<T>): Promise<T> {
  const client = new PipelinedClient(app.database.app);
  await client.connect();
  try {
    await client.query('begin');
    await sendGuard(client, guard);
    return await fn(client);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

const officerAt = (org: number): Guard =>
  guardOf({
    person: newId(),
    name: '',
    title: '',
    grants: [{ post: 't', role: 'officer', unit: org, orgs: [org], lines: null, party: null, behalf: null }],
  });

beforeAll(async () => {
  app = await startTestApp();
  const units = await app.owner.query<{ id: number; code: string }>(
    `select id, code from org.unit where code in ('370102004', '370114001')`,
  );
  inside = units.rows.find((row) => row.code === '370102004')?.id ?? 0;
  outside = units.rows.find((row) => row.code === '370114001')?.id ?? 0;
  for (const workflow of contracts.flatMap((contract) => contract.workflows)) {
    planted.push({
      kind: workflow.kind,
      id: await plantMatter(app.owner, workflow, Object.keys(workflow.states)[0] ?? '', inside, { line: 'fire' }),
    });
  }
});
afterAll(() => app.stop());

describe('row-level security alone', () => {
  it('stands on every table with an organisation’s data', async () => {
    const found = await app.owner.query<{ name: string; on: boolean }>(
      `select n.nspname || '.' || c.relname as name, c.relrowsecurity as on from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1)`,
      [schemas],
    );
    expect(found.rows.filter((row) => !row.on && !open.includes(row.name)).map((row) => row.name)).toEqual([]);
  });

  it('shows nothing of any guarded table to nobody', async () => {
    for (const table of (await tables()).filter((name) => !open.includes(name))) {
      const seen = await as(nobody, async (client) => {
        try {
          return (await client.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]?.count;
        } catch (error) {
          return (error as { code: string }).code;
        }
      });
      expect(['0', '42501'], table).toContain(seen);
    }
  });

  it('shows a matter inside, hides it outside, and writes follow reads', async () => {
    for (const { kind, id } of planted) {
      const seen = (guard: Guard) =>
        as(guard, async (client) => (await client.query(`select 1 from ${kind} where id = $1`, [id])).rowCount);
      expect(await seen(officerAt(inside)), kind).toBe(1);
      expect(await seen(officerAt(outside)), kind).toBe(0);
      const touched = await as(
        officerAt(outside),
        async (client) => (await client.query(`update ${kind} set title = 'x' where id = $1`, [id])).rowCount,
      );
      expect(touched, kind).toBe(0);
      const view = await as(
        officerAt(outside),
        async (client) => (await client.query(`select 1 from kernel.matter where id = $1`, [id])).rowCount,
      );
      expect(view, kind).toBe(0);
    }
  });

  it('narrows a grant to its industry lines', async () => {
    const { kind, id } = planted.find((one) => one.kind === 'inspection.hazard') ?? { kind: '', id: '' };
    const withLines = (lines: string[]) =>
      guardOf({
        person: newId(),
        name: '',
        title: '',
        grants: [{ post: 't', role: 'officer', unit: 1, orgs: [inside], lines, party: null, behalf: null }],
      });
    const seen = (guard: Guard) => as(guard, async (client) => (await client.query(`select 1 from ${kind} where id = $1`, [id])).rowCount);
    expect(await seen(withLines(['fire']))).toBe(1);
    expect(await seen(withLines(['construction']))).toBe(0);
  });

  it('moves no state outside act()', async () => {
    for (const { kind, id } of planted) {
      const refused = await app.owner
        .query(`update ${kind} set version = version + 1 where id = $1`, [id])
        .catch((error: { code: string }) => error.code);
      expect(refused, kind).toBe('VG002');
    }
  });
});

describe('the application’s role', () => {
  const refusedWith = async (text: string, values: unknown[] = []) =>
    as({ ...officerAt(inside), mode: 'system' }, (client) =>
      client.query(text, values).then(
        () => 'done',
        (error: { code: string }) => error.code,
      ),
    );

  it('bypasses nothing, owns nothing, makes nothing', async () => {
    const role = await app.owner.query(
      `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = 'vigil_app'`,
    );
    expect(role.rows[0]).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
    expect(await refusedWith('create table kernel.mine (a int)')).toBe('42501');
    expect(await refusedWith('create table public.mine (a int)')).toBe('42501');
    expect(await refusedWith('drop table kernel.notice')).toBe('42501');
  });

  it('can only add to the ledger, and cannot choose time or place in it', async () => {
    expect(await refusedWith(`update kernel.event set data = '{}'`)).toBe('42501');
    expect(await refusedWith('delete from kernel.event')).toBe('42501');
    expect(await refusedWith('truncate kernel.event')).toBe('42501');
    expect(await refusedWith(`insert into kernel.event (name, at) values ('x', '2000-01-01')`)).toBe('42501');
    expect(await refusedWith(`insert into kernel.event (name, seq) overriding system value values ('x', 1)`)).toBe('42501');
    expect(await refusedWith(`insert into kernel.event (name) values ('x')`)).toBe('done');
    expect(await refusedWith('delete from kernel.seal')).toBe('42501');
  });

  it('is what the server connects as', async () => {
    const client = new pg.Client(app.database.app);
    await client.connect();
    expect((await client.query('select current_user')).rows[0]).toEqual({ current_user: 'vigil_app' });
    await client.end();
  });
});
