import { sql } from 'kysely';
import { findRow, write } from '#kernel/server/db/pool.ts';
import type { Reader } from '#kernel/server/implement.ts';
import { isMove, siteTable } from '#modules/site/server/public.ts';

/** What hangs on an object; all of it goes along, so that the new area sees the whole file and the former one none of it. */
const tables = ['risk.point', 'risk.version', 'risk.plan', 'risk.round', 'risk.installation', 'risk.promise'] as const;

export const movedReader: Reader = {
  name: 'risk.moved',
  wants: isMove,
  async handle(ctx, events) {
    for (const { subject } of events) {
      const site = await findRow(
        ctx.tx,
        sql<{
          id: string;
          org: number;
          line: string;
        }>`select s.id, s.org, s.line from ${siteTable} s where s.id = ${subject} and s.status = 'active'`,
      );
      if (!site) continue;
      for (const table of tables)
        await write(ctx.tx, sql`update ${sql.table(table)} set org = ${site.org}, line = ${site.line} where party = ${site.id}`);
    }
  },
};
