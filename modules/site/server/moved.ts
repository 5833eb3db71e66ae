import { sql } from 'kysely';
import type { Context } from '#kernel/server/context.ts';
import { findRow } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import type { LedgerEvent, Reader } from '#kernel/server/implement.ts';
import { tell } from '#kernel/server/notices/tell.ts';
import { rehomeMatters } from '#kernel/server/rehome.ts';
import { isMove } from './public.ts';

type ReaderContext = Omit<Context, 'who'>;

/** What follows when an object lies elsewhere now: its open matters go along, and the officers who answer for the area are told. */
export const movedReader: Reader = {
  name: 'site.moved',
  wants: isMove,
  async handle(ctx, events) {
    for (const event of events) await follow(ctx, event);
  },
};

async function follow(ctx: ReaderContext, { subject }: LedgerEvent): Promise<void> {
  // Where it lies by now: of two moves in a row the last one counts.
  const site = await findRow(
    ctx.tx,
    sql<{
      id: string;
      name: string;
      org: number;
      line: string;
    }>`select id, name, org, line from site.site where id = ${subject} and status = 'active'`,
  );
  if (!site) return;
  await rehomeMatters(ctx, site.id, { org: site.org, line: site.line, party: site.id });
  const book = ctx.use(directory);
  const people = [
    ...(await book.holders(ctx.tx, { unit: site.org, role: 'officer' }, null, ctx.now)),
    ...(await book.holders(ctx.tx, { unit: site.org, role: 'leader' }, null, ctx.now)),
  ];
  const title = `${site.name}已划入本辖区（或行业有变），未办结事项一并移交，请明确监管责任人`;
  await tell(
    ctx,
    people.map((one) => one.id),
    { name: 'site.moved', kind: 'site.site', subject: site.id, title },
  );
}
