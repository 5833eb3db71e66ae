import { sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { can } from '#kernel/permission.ts';
import type { Context } from '#kernel/server/context.ts';
import { findRow, write } from '#kernel/server/db/pool.ts';
import { handleAction } from '#kernel/server/implement.ts';
import { close, save } from '../module.ts';
import { getSite } from './public.ts';

const pointText = (point: { lng: number; lat: number } | undefined) => (point ? `(${point.lng},${point.lat})` : null);

type Lies = { org: number; line: string };

/** Who sees an object by one post may not take it to where another post writes: it is moved by those who keep it where it lies. */
async function requireKept(ctx: Context, id: string): Promise<Lies | undefined> {
  const old = await findRow(ctx.tx, sql<Lies>`select org, line from site.site where id = ${id}`);
  if (old && Array.isArray(save.by) && !can(ctx.who, save.by, { ...old, party: id }))
    throw fault('auth.forbidden', { permission: 'site.save' });
  return old;
}

/** Creates or changes: the id is made on the device, so a form sent twice is one object. */
export const saveSite = handleAction(
  save,
  (_ctx, input) => ({ org: input.org, line: input.line, party: input.id }),
  async (ctx, input) => {
    const old = await requireKept(ctx, input.id);
    if (input.creditCode) {
      const other = await findRow(
        ctx.tx,
        sql<{ id: string | null; name: string | null }>`
        select c.id, (select name from site.site where id = c.id) as name from (select site.by_credit_code(${input.creditCode}) as id) c`,
      );
      if (other?.id && other.id !== input.id) throw fault('site.code_taken', { name: other.name ?? '***' });
    }
    const written = await write(
      ctx.tx,
      sql`insert into site.site (id, name, kind, credit_code, industry, org, line, address, point, level, headcount, principal, phone, made_by, changed_at)
        values (${input.id}, ${input.name}, ${input.kind}, ${input.creditCode ?? null}, ${input.industry ?? null}, ${input.org}, ${input.line}, ${input.address},
          ${pointText(input.point)}::point, ${input.level}, ${input.headcount ?? null}, ${input.principal ?? null}, ${input.phone ?? null}, ${ctx.who.person}, ${ctx.now})
        on conflict (id) do update set name = excluded.name, kind = excluded.kind, credit_code = excluded.credit_code, industry = excluded.industry,
          org = excluded.org, line = excluded.line, address = excluded.address, point = excluded.point, level = excluded.level, headcount = excluded.headcount,
          principal = excluded.principal, phone = coalesce(excluded.phone, site.site.phone), changed_at = excluded.changed_at
        where site.site.status = 'active'`,
    );
    if (written === 0) throw fault('site.unknown', { site: input.id });
    const moved = old && (old.org !== input.org || old.line !== input.line) ? { moved: old } : {};
    return { output: { id: input.id }, subject: input.id, kind: 'site.site', data: moved };
  },
);

export const closeSite = handleAction(
  close,
  async (ctx, input) => {
    const site = await getSite(ctx.tx, input.id);
    return { org: site.org, line: site.line, party: site.id };
  },
  async (ctx, input) => {
    const open = await findRow(
      ctx.tx,
      sql<{ count: number }>`select count(*)::int as count from kernel.matter where party = ${input.id} and closed_at is null`,
    );
    if (open && open.count > 0) throw fault('site.open_matters', { count: open.count });
    await write(ctx.tx, sql`update site.site set status = 'closed', changed_at = ${ctx.now} where id = ${input.id}`);
    return { output: { id: input.id }, subject: input.id, kind: 'site.site' };
  },
);
