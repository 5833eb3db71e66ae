import { sql } from 'kysely';
import { chinaDate } from '#kernel/calendar.ts';
import { write } from '#kernel/server/db/pool.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { getSite } from '#modules/site/server/public.ts';
import { promise } from '../module.ts';

/** 安全承诺公告: every day by the head of the enterprise; said again, the later one stands and the ledger keeps both. */
export const makePromise = handleAction(
  promise,
  async (ctx, input) => {
    const site = await getSite(ctx.tx, input.site);
    return { org: site.org, line: site.line, party: site.id };
  },
  async (ctx, input) => {
    const site = await getSite(ctx.tx, input.site);
    const day = chinaDate(ctx.now);
    await write(
      ctx.tx,
      sql`insert into risk.promise (site, day, org, line, running, stopped, special_work, level, words, by, made_by, at)
        values (${site.id}, ${day}, ${site.org}, ${site.line}, ${input.running}, ${input.stopped}, ${input.specialWork}, ${input.level}, ${input.words},
          ${input.by}, ${ctx.who.person}, ${ctx.now})
        on conflict (site, day) do update set running = excluded.running, stopped = excluded.stopped, special_work = excluded.special_work,
          level = excluded.level, words = excluded.words, by = excluded.by, made_by = excluded.made_by, at = excluded.at`,
    );
    return { output: { day }, subject: site.id, kind: 'site.site' };
  },
);
