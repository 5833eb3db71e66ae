import { sql } from 'kysely';
import { z } from 'zod';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { defineJob, handleJob } from '#kernel/server/jobs.ts';
import { sendEvent } from '#kernel/server/ledger.ts';
import { tell } from '#kernel/server/notices/tell.ts';
import { activeOfficials } from '#modules/org/server/public.ts';
import { siteTable } from '#modules/site/server/public.ts';
import { type Side, sides } from '../schema.ts';

/** Sent when somebody stops answering for an object: is anybody left on that side? */
export const lookForOrphan = defineJob('duty.lookForOrphan', z.object({ site: z.uuid() }));

type SiteRow = { name: string; org: number; line: string };

/** An object without anyone on one side (监管盲区) is told at once to the leaders of its area, who must name somebody. */
export const orphanJob = handleJob(lookForOrphan, async (ctx, { site }) => {
  const object = await findRow(
    ctx.tx,
    sql<SiteRow>`select s.name, s.org, s.line from ${siteTable} s where s.id = ${site} and s.status = 'active'`,
  );
  if (!object) return;
  const covered = await rows(
    ctx.tx,
    sql<{
      side: Side;
    }>`select distinct r.side from duty.register r join ${activeOfficials(ctx.now)} o on o.person = r.official and o.unit = r.unit
      where r.site = ${site} and r.until is null`,
  );
  const missing = (Object.keys(sides) as Side[]).filter((side) => !covered.some((row) => row.side === side));
  if (missing.length === 0) return;
  const leaders = await ctx.use(directory).holders(ctx.tx, { unit: object.org, role: 'leader' }, null, ctx.now);
  await sendEvent(ctx.tx.client, {
    name: 'duty.orphaned',
    kind: 'site.site',
    subject: site,
    org: object.org,
    line: object.line,
    party: site,
    data: { missing, people: leaders.map((one) => one.id) },
  });
  const title = `${object.name}：${missing.map((side) => sides[side].zh).join('、')}责任人空缺`;
  await tell(
    ctx,
    leaders.map((one) => one.id),
    { name: 'duty.orphaned', kind: 'site.site', subject: site, title },
  );
});
