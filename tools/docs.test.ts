import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineAction, defineModule, defineQuery } from '#kernel/contract.ts';
import { makeRegistry } from '#kernel/server/registry.ts';
import { anyWorkflow, defineWorkflow } from '#kernel/workflow.ts';
import { contracts } from '#modules/registry.ts';
import { makeTree } from './bounds/tree.ts';
import { apiPage } from './docs/api.ts';
import { readCatalogue } from './docs/catalogue.ts';
import { eventNames, eventsPage } from './docs/events.ts';
import { faultsPage } from './docs/faults.ts';
import { withFreshDatabase } from './docs/fresh-database.ts';
import { table } from './docs/markdown.ts';
import { modulesPage } from './docs/modules.ts';
import { stalePages, writePages } from './docs/pages.ts';
import { permissionsPage } from './docs/permissions.ts';
import { schemaText } from './docs/schema.ts';
import { workflowsPage } from './docs/workflows.ts';

const paper = anyWorkflow(
  defineWorkflow({
    kind: 'office.paper',
    title: { zh: '公文', en: 'Paper' },
    prefix: 'GW',
    row: z.object({}),
    states: {
      draft: { label: { zh: '拟稿', en: 'Draft' }, deadline: { workdays: 1 } },
      done: { label: { zh: '办结', en: 'Done' }, final: true },
    },
    starts: { write: { label: { zh: '起草', en: 'Write' }, to: 'draft', by: ['officer'], input: z.object({ title: z.string() }) } },
    actions: {
      finish: {
        label: { zh: '办结', en: 'Finish' },
        from: ['draft'],
        to: 'done',
        by: ['leader'],
        primary: true,
        because: ['《条例》第一条', '《办法》第二条'],
      },
    },
  }),
);
const office = defineModule({
  name: 'office',
  level: 2,
  title: { zh: '办公', en: 'Office' },
  workflows: [paper],
  actions: [defineAction({ name: 'stamp', label: { zh: '用印', en: 'Stamp' }, by: ['leader'], input: z.object({}), output: z.object({}) })],
  queries: [
    defineQuery({
      name: 'phone',
      label: { zh: '电话', en: 'Phone' },
      by: 'signed-in',
      personal: true,
      input: z.object({ id: z.uuid(), page: z.string().optional() }),
      output: z.object({}),
    }),
    defineQuery({ name: 'papers', label: { zh: '目录', en: 'Papers' }, by: 'public', input: z.object({}), output: z.object({}) }),
  ],
  faults: { 'paper.lost': { status: 404, text: { zh: '没有|公文', en: 'No paper' } } },
  events: { opened: { zh: '开门', en: 'Opened' } },
});
const matter = defineModule({
  name: 'matter',
  level: 0,
  title: { zh: '事项', en: 'Matters' },
  actions: [],
  queries: [],
  faults: {},
  events: { remind: { zh: '提醒', en: 'Reminder' }, timeout: { zh: '超时', en: 'Time-out' } },
});
const both = [matter, office];

describe('the pages', () => {
  it('tell a workflow: diagrams, deadlines, steps, legal basis', () => {
    const text = workflowsPage(both);
    expect(text).toContain('  state "拟稿" as draft');
    expect(text).toContain('  state "Draft" as draft');
    expect(text).toContain('| `draft` | 拟稿 · Draft | 1 个工作日 · 1 working day |  | reminder, superior, next level | `done` |');
    expect(text).toContain('| `finish` | 办结 · Finish | `draft` | `done` |  | primary |');
    expect(text).toContain('| `finish` 办结 | 《条例》第一条；《办法》第二条 |');
  });

  it('give every action, query and step by role', () => {
    const text = permissionsPage(both);
    expect(text).toContain('| `office.stamp` | 用印 · Stamp | action |  | ● |  |  |  |  |  |  |  |  |');
    expect(text).toMatch(/`office\.phone` .*● \| any signed-in person; each reading is written in the ledger \|/);
    expect(text).toMatch(/`office\.papers` .* anybody, without signing in \|/);
    expect(text).toContain('| `office.paper.write` | 起草 · Write | ● |  |  |  |  |  |  |  |  |  |');
  });

  it('name every event once, a query only when it reads personal data', () => {
    const names = both.flatMap((module) => eventNames(module, matter.events)).map((event) => event.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'office.paper.write',
        'office.paper.remind',
        'office.stamp',
        'office.phone',
        'office.opened',
        'matter.timeout',
      ]),
    );
    expect(names).not.toContain('office.papers');
    expect(names).not.toContain('matter.remind');
    expect(new Set(names).size).toBe(names.length);
  });

  it('list faults, addresses and modules', () => {
    expect(faultsPage(both)).toContain('| `paper.lost` | 404 | 没有\\|公文 | No paper |');
    const api = apiPage(makeRegistry([{ contract: office }]));
    expect(api).toContain('| `GET /api/office.phone` | 电话 · Phone | id, page? | any signed-in person |');
    expect(api).toContain('| `POST /api/office.paper.finish` |');
    const tree = makeTree(
      new Map([
        ['modules/office/server/a.ts', "import '#modules/org/module.ts'; import '#modules/org/server/public.ts';"],
        ['modules/office/server/b.ts', "import '#modules/org/server/public.ts';"],
        ['modules/office/server/a.test.ts', "import '#modules/org/fixture.ts';"],
      ]),
    );
    expect(modulesPage(both, tree)).toContain('  office_ -->|2| org_');
  });

  it('of the real contracts are complete and name no event twice', () => {
    const ladder = contracts.find((module) => module.name === 'matter')?.events ?? {};
    const events = contracts.flatMap((module) => eventNames(module, ladder)).map((event) => event.name);
    expect(new Set(events).size).toBe(events.length);
    const permissions = permissionsPage(contracts);
    const calls = contracts.flatMap((module) => [...module.actions, ...module.queries].map((one) => `${module.name}.${one.name}`));
    const steps = contracts.flatMap((module) =>
      module.workflows.flatMap(({ kind, actions, starts }) => Object.keys({ ...starts, ...actions }).map((name) => `${kind}.${name}`)),
    );
    for (const name of [...calls, ...steps]) expect(permissions).toContain(`| \`${name}\` |`);
    for (const page of [eventsPage, faultsPage, workflowsPage]) expect(page(contracts)).toBe(page(contracts));
  });

  it('keep a table in one piece', () => {
    expect(table(['a'], [['x|y\n  z']])).toBe('| a |\n| --- |\n| x\\|y<br>z |\n');
    expect(table(['a'], [])).toBe('None.\n');
  });
});

describe('the generated folder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'vigil-test-pages-')), 'generated');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is written, compared by content, and cleared of what is no longer generated', () => {
    const wanted = new Map([
      ['a.md', 'one'],
      ['b.md', 'two'],
    ]);
    expect(stalePages(folder, wanted)).toEqual(['a.md', 'b.md']);
    expect(writePages(folder, wanted)).toEqual(['a.md', 'b.md']);
    expect(writePages(folder, wanted)).toEqual([]);
    writeFileSync(join(folder, 'b.md'), 'by hand');
    writeFileSync(join(folder, 'old.md'), 'left over');
    mkdirSync(folder, { recursive: true });
    expect(stalePages(folder, wanted)).toEqual(['b.md', 'old.md']);
    expect(writePages(folder, wanted)).toEqual(['b.md', 'old.md']);
    expect(readdirSync(folder)).toEqual(['a.md', 'b.md']);
    expect(readFileSync(join(folder, 'b.md'), 'utf8')).toBe('two');
  });
});

describe('the schema of a database', () => {
  it('is told in full, the same each time, and changes with every detail', async () => {
    const { before, again, after } = await withFreshDatabase([], async (client) => {
      const tell = async () => schemaText(await readCatalogue(client));
      await client.query(`create schema shop; grant usage on schema shop to vigil_app;
        create table shop.item (id int generated always as identity primary key, name text not null default 'x', price numeric(8,2) check (price > 0), twice numeric generated always as (price * 2) stored);
        create index item_name on shop.item (name) where price > 1;
        alter table shop.item enable row level security;
        create policy seen on shop.item for select to vigil_app using (price > 1);
        grant select, insert (name, price) on shop.item to vigil_app;
        create view shop.cheap with (security_invoker = true) as select id, name from shop.item where price < 2;
        create function shop.total(lowest numeric default 0) returns numeric language sql stable security definer set search_path = '' as $$ select 1::numeric $$;
        revoke execute on function shop.total(numeric) from public;
        create sequence shop.no; grant usage on sequence shop.no to vigil_app`);
      const first = { before: await tell(), again: await tell() };
      await client.query('grant delete on shop.item to vigil_app');
      return { ...first, after: await tell() };
    });
    expect(again).toBe(before);
    expect(after).not.toBe(before);
    expect(before.slice(before.indexOf('create schema shop'))).toBe(`create schema shop;
grant usage on schema shop to vigil_app;

create sequence shop.no;
grant usage on sequence shop.no to vigil_app;

create table shop.item (
  id integer generated always as identity not null,
  name text not null default 'x'::text,
  price numeric(8,2),
  twice numeric generated always as ((price * (2)::numeric)) stored,
  constraint item_pkey PRIMARY KEY (id),
  constraint item_price_check CHECK ((price > (0)::numeric))
);
CREATE INDEX item_name ON shop.item USING btree (name) WHERE (price > (1)::numeric);
alter table shop.item enable row level security;
create policy seen on shop.item for select to vigil_app
  using (price > (1)::numeric);
grant insert (name, price), select on shop.item to vigil_app;

create view shop.cheap (
  id integer,
  name text
) with (security_invoker=true);

create function shop.total(lowest numeric DEFAULT 0) returns numeric language sql stable security definer set search_path="";
-- execute: owner only
`);
    expect(before).toContain('-- 61 partitions: event_202601, event_202602 … event_203012, event_rest');
    // What differs from day to day would fail the check on the next morning.
    expect(before).toContain('-- partitions: one a day, made as the days come');
    expect(before).not.toMatch(/_20\d{6}\b/);
  }, 90_000);
});
