import { type RawBuilder, sql } from 'kysely';
import { fault } from '#kernel/fault.ts';
import { findRow, rows } from '#kernel/server/db/pool.ts';
import { directory } from '#kernel/server/directory.ts';
import { handleQuery } from '#kernel/server/implement.ts';
import { book } from '../module.ts';
import type { CommitteeDuty } from '../schema.ts';
import { administers } from './rights.ts';

type CommitteeRow = {
  id: number;
  code: string;
  name: string;
  short: string;
  parent: number | null;
  area: number;
  areaName: string;
  lines: string[];
  leads: string[];
  members: number;
};

const committeeSelect = (condition: RawBuilder<unknown>): RawBuilder<CommitteeRow> => sql<CommitteeRow>`
  select u.id, u.code, u.name, u.short, u.parent, u.area, a.short as "areaName", u.lines,
    array(select l.short from org.committee_member m join org.unit l on l.id = m.member where m.committee = u.id and m.duty = 'lead' order by m.ordering) as leads,
    (select count(distinct m.member)::int from org.committee_member m where m.committee = u.id) as members
  from org.unit u join org.unit a on a.id = u.area
  where u.kind = 'committee' and u.valid_to is null and ${condition} order by u.ordering, u.id limit 500`;

export const committeesQuery = handleQuery(book.committees, async (ctx, { area }) => {
  const where = area === undefined ? sql`true` : sql`u.area = any(${await ctx.use(directory).subtree(ctx.tx, area)}::int[])`;
  return { items: await rows(ctx.tx, committeeSelect(where)) };
});

type SeatRow = { unit: number; unitName: string; duty: CommitteeDuty; person: string | null };

export const committeeQuery = handleQuery(book.committee, async (ctx, { id }) => {
  const line = await findRow(ctx.tx, committeeSelect(sql`u.id = ${id}`));
  if (!line) throw fault('record.not_found', { unit: id });
  const [seats, below] = await Promise.all([
    rows(
      ctx.tx,
      sql<SeatRow>`select m.member as unit, u.name as "unitName", m.duty, m.person from org.committee_member m join org.unit u on u.id = m.member
        where m.committee = ${id} order by array_position(array['chair', 'deputy', 'lead', 'member'], m.duty), m.ordering, m.member`,
    ),
    rows(
      ctx.tx,
      sql<{ id: number; name: string }>`select id, short as name from org.unit
        where parent = ${id} and kind = 'committee' and valid_to is null order by ordering, id`,
    ),
  ]);
  const names = await ctx.use(directory).personNames(
    ctx.tx,
    seats.flatMap((seat) => seat.person ?? []),
  );
  const membership = seats.map((seat) => ({ ...seat, personName: names.find((one) => one.id === seat.person)?.name ?? null }));
  return { ...line, membership, below, mayEdit: administers(ctx, 'sysadmin', line.area) };
});
