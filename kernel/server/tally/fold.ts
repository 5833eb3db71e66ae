import { type RawBuilder, sql } from 'kysely';
import type { AnyWorkflow } from '../../workflow.ts';
import type { Runtime } from '../context.ts';
import { findRow, kyselyOn, rows, type Tx, write } from '../db/pool.ts';
import { inTransaction } from '../db/transaction.ts';
import { directory } from '../directory.ts';
import type { Chore } from '../implement.ts';
import { facetColumns, recordShapes, summedCells } from './cells.ts';

const cellColumns = sql`kind, org, span, line, facet, at, found, closed, on_time, open`;
const mostAtOnce = 20_000;

/** Folding and counting anew never run beside each other: both take rows away that the other one counts. */
const lock = sql`select pg_advisory_xact_lock(hashtext('vigil.tally'))`;

/** Moves up to `most` changes into the cells. @returns how many */
export async function foldTally(runtime: Runtime, most = mostAtOnce): Promise<number> {
  return runtime.db.write(await runtime.system(), async (tx) => {
    await lock.execute(tx.db);
    const taken = await findRow(
      tx,
      sql<{ count: number }>`
      with taken as (
        delete from kernel.tally_delta where id in (select id from kernel.tally_delta order by id limit ${most}) returning *
      ), folded as (
        insert into kernel.tally (${cellColumns}) select ${cellColumns} from (${summedCells(sql`select * from taken`)}) c
        on conflict (kind, org, span, line, facet, at) do update set found = kernel.tally.found + excluded.found,
          closed = kernel.tally.closed + excluded.closed, on_time = kernel.tally.on_time + excluded.on_time, open = kernel.tally.open + excluded.open
        returning 1
      )
      select count(*)::int as count from taken`,
    );
    return taken?.count ?? 0;
  });
}

/**
 * Brings kernel.lies_in in line with the areas there are. @returns whether an area that was there
 * lies elsewhere now: then the sums must be counted anew. A new area has none yet.
 */
async function refreshAreas(runtime: Runtime, tx: Tx): Promise<boolean> {
  const parents = await runtime.providers.use(directory).parents(tx);
  const org: number[] = [];
  const within: number[] = [];
  const steps: number[] = [];
  for (const area of parents.keys()) {
    const seen = new Set<number>();
    for (let at: number | null = area; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
      org.push(area);
      within.push(at);
      steps.push(seen.size);
      seen.add(at);
    }
  }
  const wanted = sql`select * from unnest(${org}::int[], ${within}::int[], ${steps}::smallint[]) w(org, within, steps)`;
  const changed = await findRow(
    tx,
    sql<{
      any: boolean;
      known: boolean;
    }>`select count(*) > 0 as any, coalesce(bool_or(org in (select org from kernel.lies_in)), false) as known from (
      (${wanted} except select org, within, steps from kernel.lies_in) union all (select org, within, steps from kernel.lies_in except ${wanted})) d`,
  );
  if (!changed?.any) return false;
  await write(tx, sql`delete from kernel.lies_in`);
  await write(tx, sql`insert into kernel.lies_in (org, within, steps) ${wanted}`);
  return changed.known;
}

export type TallyCheck = { cells: number; wrong: number };

/**
 * Counts every cell anew from the records and compares it with what was kept, both as of one moment; replaces what was kept if
 * they differ. `filling`: rows were loaded past the triggers, a difference is no mistake. Writers are not held up: what they
 * change meanwhile stays behind as changes to be folded.
 */
export async function checkTally(runtime: Runtime, workflows: readonly AnyWorkflow[], filling = false): Promise<TallyCheck> {
  const started = performance.now();
  const guard = await runtime.system();
  return inTransaction(runtime.db.pool, guard, { begin: 'begin isolation level repeatable read' }, async (client, opened) => {
    await opened;
    const tx = { client, db: kyselyOn(client) };
    await lock.execute(tx.db);
    // Millions of cells are grouped: this one transaction may use memory for it.
    await sql`set local work_mem = '256MB'`.execute(tx.db);
    await sql`set local statement_timeout = 0`.execute(tx.db);
    const moved = (await refreshAreas(runtime, tx)) || filling;
    const shapes = sql.join(
      workflows.map((one) => recordShapes(one)),
      sql` union all `,
    );
    const counted = sql`select ${cellColumns} from (${summedCells(shapes)}) c where found <> 0 or closed <> 0 or on_time <> 0 or open <> 0`;
    const result = moved ? { cells: 0, wrong: 0 } : await compare(tx, counted);
    const cells = moved || result.wrong > 0 ? await replace(tx, counted) : result.cells;
    await write(
      tx,
      sql`insert into kernel.tally_check (at, cells, wrong, seconds)
        values (clock_timestamp(), ${cells}, ${result.wrong}, ${(performance.now() - started) / 1000})`,
    );
    return { cells, wrong: result.wrong };
  });
}

/** How many cells there should be, and how many of either side the other side lacks. */
async function compare(tx: Tx, counted: RawBuilder<unknown>): Promise<TallyCheck> {
  const [result] = await rows(
    tx,
    sql<TallyCheck>`with counted as materialized (${counted}), kept as materialized (
        select kind, org, span, line, facet, at, sum(found)::int as found, sum(closed)::int as closed, sum(on_time)::int as on_time, sum(open)::int as open
        from (select ${cellColumns} from kernel.tally union all
          select ${cellColumns} from (${summedCells(sql`select * from kernel.tally_delta`)}) d) k
        group by kind, org, span, line, facet, at
        having sum(found) <> 0 or sum(closed) <> 0 or sum(on_time) <> 0 or sum(open) <> 0)
      select (select count(*)::int from counted) as cells, (select count(*)::int from (
        (select * from counted except select * from kept) union (select * from kept except select * from counted)) d) as wrong`,
  );
  return result ?? { cells: 0, wrong: 0 };
}

async function replace(tx: Tx, counted: RawBuilder<unknown>): Promise<number> {
  await write(tx, sql`delete from kernel.tally_delta`);
  await write(tx, sql`delete from kernel.tally`);
  return write(tx, sql`insert into kernel.tally (${cellColumns}) ${counted}`);
}

/** Another way of counting (new columns to divide by, a new kind) means counting everything once. */
const manner = (workflows: readonly AnyWorkflow[]) =>
  `chore:tally as ${workflows.map((one) => `${one.kind}(${facetColumns(one).join()})`).join(';')}`;

async function isCounted(runtime: Runtime, name: string): Promise<boolean> {
  return runtime.db.write(await runtime.system(), async (tx) => {
    const known = await findRow(tx, sql<{ name: string }>`select name from kernel.cursor where name = ${name}`);
    return known !== undefined;
  });
}

/** Counts everything from the records: after rows were loaded past the triggers, or where they are counted in a new manner. */
export async function countAnew(runtime: Runtime, workflows: readonly AnyWorkflow[]): Promise<void> {
  const { cells } = await checkTally(runtime, workflows, true);
  await runtime.db.write(await runtime.system(), (tx) =>
    write(tx, sql`insert into kernel.cursor (name) values (${manner(workflows)}) on conflict do nothing`),
  );
  runtime.log.info({ cells }, 'statistics counted from the records');
}

/** Counts anew if this manner of counting is new to the database. */
export async function countOnce(runtime: Runtime, workflows: readonly AnyWorkflow[]): Promise<void> {
  if (!(await isCounted(runtime, manner(workflows)))) await countAnew(runtime, workflows);
}

/** The tree of areas is the same object until it changes: looking again costs nothing. */
const seenTrees = new WeakSet<object>();

async function followAreas(runtime: Runtime, workflows: readonly AnyWorkflow[]): Promise<void> {
  const guard = await runtime.system();
  const tree = await runtime.db.read(guard, (tx) => runtime.providers.use(directory).parents(tx));
  if (seenTrees.has(tree)) return;
  const moved = await runtime.db.write(guard, async (tx) => {
    await lock.execute(tx.db);
    return refreshAreas(runtime, tx);
  });
  if (moved) await countAnew(runtime, workflows);
  seenTrees.add(tree);
}

/** Every second: the changes into the cells. Every night: all cells against the records. */
export function tallyChores(workflows: () => readonly AnyWorkflow[]): Chore[] {
  return [
    {
      name: 'tally',
      everySeconds: 1,
      async run(runtime) {
        await countOnce(runtime, workflows());
        await followAreas(runtime, workflows());
        while ((await foldTally(runtime)) === mostAtOnce) runtime.log.debug('statistics: more changes wait');
      },
    },
    {
      name: 'tally.check',
      everySeconds: 86_400,
      async run(runtime) {
        const { wrong, cells } = await checkTally(runtime, workflows());
        if (wrong > 0) runtime.log.error({ wrong, cells }, 'statistics differed from the records and were counted anew');
      },
    },
  ];
}
