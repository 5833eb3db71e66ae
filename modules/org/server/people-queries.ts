import { type RawBuilder, sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import type { Context } from '#kernel/server/context.ts';
import { contains, startsWith } from '#kernel/server/db/like.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { book } from '../module.ts';
import { maskPhone, type PersonLine } from '../schema.ts';
import { postsWhere } from './post-row.ts';
import { actingPersons, administers } from './rights.ts';

type PersonRow = Omit<PersonLine, 'leftAt'> & { leftAt: Date | null };

/** The person with the post to show, as of `now`; the telephone comes back only where row-level security lets it. */
function personSelect(now: Date, condition: RawBuilder<unknown>): RawBuilder<PersonRow> {
  return sql<PersonRow>`select p.id, p.name, coalesce(m.title, p.title) as title, m.unit, coalesce(u.name, '') as "unitName",
      p.org, coalesce(a.short, '') as "orgName", p.party, c.phone, p.left_at as "leftAt"
    from org.person p left join org.unit a on a.id = p.org left join org.person_contact c on c.person = p.id
      left join lateral (
        select po.unit, po.title from org.post po where po.person = p.id and org.in_force(po.valid_from, po.valid_to, ${now}::timestamptz)
        order by po.main desc, po.ordering, po.id limit 1
      ) m on true
      left join org.unit u on u.id = m.unit
    where ${condition}`;
}

const masked = (row: PersonRow): PersonLine => ({ ...row, phone: maskPhone(row.phone), leftAt: row.leftAt?.toISOString() ?? null });

async function conditions(
  ctx: Context,
  input: {
    text?: string | undefined;
    unit?: number | undefined;
    area?: number | undefined;
    role?: string | undefined;
    party?: string | undefined;
    left?: boolean | undefined;
  },
) {
  const parts: RawBuilder<unknown>[] = [input.left ? sql`true` : sql`p.left_at is null`];
  const holding = (condition: RawBuilder<unknown>) =>
    sql`exists (select from org.post po where po.person = p.id and org.in_force(po.valid_from, po.valid_to, ${ctx.now}::timestamptz) and ${condition})`;
  if (input.unit !== undefined) parts.push(holding(sql`po.unit = ${input.unit}`));
  if (input.role) parts.push(holding(sql`po.role = ${input.role}`));
  if (input.area !== undefined) parts.push(sql`p.org = any(${await ctx.use(directory).subtree(ctx.tx, input.area)}::int[])`);
  if (input.party) parts.push(sql`p.party = ${input.party}::uuid`);
  if (input.text) {
    const like = contains(input.text);
    const inUnit = sql`po.unit in (select id from org.unit where name like ${like} or short like ${like})`;
    parts.push(sql`(p.name like ${like} or p.initials like ${startsWith(input.text.toLowerCase())} or ${holding(inUnit)})`);
  }
  return sql.join(parts, sql` and `);
}

export const peopleQuery = handleQuery(book.people, async (ctx, input) => {
  const where = await conditions(ctx, input);
  const name = input.text ?? '';
  const [found, total] = await Promise.all([
    rows(
      ctx.tx,
      sql<PersonRow>`${personSelect(ctx.now, where)}
        order by p.name = ${name} desc, p.name like ${contains(name)} desc, p.org, u.ordering, p.name, p.id limit ${input.limit} offset ${input.offset}`,
    ),
    findRow(ctx.tx, sql<{ total: number }>`select count(*)::int as total from org.person p where ${where}`),
  ]);
  return { items: found.map(masked), total: total?.total ?? 0 };
});

type AwayRow = { to: string; name: string; until: Date };

export const personQuery = handleQuery(
  book.person,
  async (ctx, { id }) => {
    const row = await findRow(ctx.tx, personSelect(ctx.now, sql`p.id = ${id}::uuid`));
    if (!row) throw fault('record.not_found', { person: id });
    const [posts, away] = await Promise.all([
      postsWhere(ctx.tx, sql`po.person = ${id}::uuid and (po.valid_to is null or po.valid_to > ${ctx.now}::timestamptz)`),
      findRow(ctx.tx, sql<AwayRow>`select s.id as "to", s.name, s.until from org.stand_in(${id}::uuid, ${ctx.now}::timestamptz) s`),
    ]);
    return {
      ...masked(row),
      phone: row.phone,
      posts,
      away: away ? { ...away, until: away.until.toISOString() } : null,
      mayEdit: administers(ctx, 'sysadmin', row.org),
      mayGivePosts: id !== ctx.who.person && administers(ctx, 'secadmin', row.org),
    };
  },
  ({ id }) => id,
);

export const myPostsQuery = handleQuery(book.myPosts, async (ctx) => {
  const { grants } = ctx.who;
  const found = await postsWhere(ctx.tx, sql`po.person = any(${actingPersons(ctx)}::uuid[])`);
  const names = await ctx.use(directory).personNames(
    ctx.tx,
    grants.flatMap((grant) => grant.behalf ?? []),
  );
  return {
    items: grants.flatMap((grant) => {
      const post = found.find((one) => one.id === grant.post);
      return post ? [{ ...post, behalf: grant.behalf, behalfName: names.find((one) => one.id === grant.behalf)?.name ?? null }] : [];
    }),
  };
});
