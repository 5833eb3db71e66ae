import { sql } from 'kysely';
import type { Context } from '#kernel/server/context.ts';
import { findRow, rows, write } from '#kernel/server/db/pool.ts';
import type { Reader } from '#kernel/server/implement.ts';
import { jobs } from '#kernel/server/jobs.ts';
import { sendEvent } from '#kernel/server/ledger.ts';
import { isMove, siteTable } from '#modules/site/server/public.ts';
import type { Side } from '../schema.ts';
import { fits } from './fits.ts';
import { lookForOrphan } from './orphan-job.ts';

type ReaderContext = Omit<Context, 'who'>;
type Site = { id: string; org: number; line: string };
type Line = { id: string; side: Side; unit: number };

/** Who answered for an object that has moved answers on only where the unit still has to do with it. */
export const movedReader: Reader = {
  name: 'duty.moved',
  wants: isMove,
  async handle(ctx, events) {
    for (const { subject } of events) {
      const site = await findRow(
        ctx.tx,
        sql<Site>`select s.id, s.org, s.line from ${siteTable} s where s.id = ${subject} and s.status = 'active'`,
      );
      if (site) await review(ctx, site);
    }
  },
};

async function review(ctx: ReaderContext, site: Site): Promise<void> {
  const lines = await rows(
    ctx.tx,
    sql<Line>`select id, side, unit from duty.register where site = ${site.id} and until is null order by id for update`,
  );
  for (const line of lines) {
    if (await fits(ctx.tx, line, site))
      await write(ctx.tx, sql`update duty.register set org = ${site.org}, line = ${site.line} where id = ${line.id}`);
    else await outdate(ctx, line, site);
  }
  await ctx.use(jobs).send(ctx.tx, lookForOrphan, { site: site.id }, { key: site.id });
}

async function outdate(ctx: ReaderContext, line: Line, site: Site): Promise<void> {
  const reason = '监管对象已迁出或行业变更';
  await write(ctx.tx, sql`update duty.register set until = ${ctx.now}, ended_why = ${reason} where id = ${line.id}`);
  await sendEvent(ctx.tx.client, {
    name: 'duty.outdated',
    kind: 'duty.register',
    subject: line.id,
    org: site.org,
    line: site.line,
    party: site.id,
    data: { site: site.id, unit: line.unit, side: line.side, reason },
  });
}
