import { sql } from 'kysely';
import { list, type NoticeLine, noticeModule, read, unreadCount } from '../../notice-contract.ts';
import type { Context } from '../context.ts';
import { findRow, rows, write } from '../db/pool.ts';
import { handleAction, handleQuery, implementModule, type ModuleServer } from '../implement.ts';
import { noticeReader } from './reader.ts';

type Row = Omit<NoticeLine, 'at' | 'read'> & { at: Date; read_at: Date | null };

async function countUnread({ tx, who }: Pick<Context, 'tx' | 'who'>): Promise<number> {
  const row = await findRow(
    tx,
    sql<{ unread: number }>`select count(*)::int as unread from kernel.notice where person = ${who.person} and read_at is null`,
  );
  return row?.unread ?? 0;
}

const listQuery = handleQuery(list, async (ctx, { unread, limit, before }) => {
  const only = unread === undefined ? sql`` : unread ? sql`and n.read_at is null` : sql`and n.read_at is not null`;
  const older =
    before === undefined
      ? sql``
      : sql`and (n.at, n.id) < (select b.at, b.id from kernel.notice b where b.id = ${before} and b.person = ${ctx.who.person})`;
  const found = await rows(
    ctx.tx,
    sql<Row>`select n.id, n.at, n.name, n.kind, n.subject, n.title, n.data, n.read_at from kernel.notice n
      where n.person = ${ctx.who.person} ${only} ${older} order by n.at desc, n.id desc limit ${limit + 1}`,
  );
  const page = found.slice(0, limit);
  return {
    items: page.map(({ read_at, ...row }) => ({ ...row, at: row.at.toISOString(), read: read_at !== null })),
    next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    unread: await countUnread(ctx),
  };
});

const unreadQuery = handleQuery(unreadCount, async (ctx) => ({ unread: await countUnread(ctx) }));

const readAction = handleAction(
  read,
  () => 'self',
  async (ctx, { ids }) => {
    const which = ids === undefined ? sql`true` : sql`id = any(${ids}::uuid[])`;
    const done = await write(
      ctx.tx,
      sql`update kernel.notice set read_at = ${ctx.now} where person = ${ctx.who.person} and read_at is null and ${which}`,
    );
    return { output: { read: done, unread: await countUnread(ctx) } };
  },
);

/** Notices to people about the matters of all given modules. */
export function noticeServer(modules: readonly ModuleServer[]): ModuleServer {
  const kinds = new Set(modules.flatMap((module) => module.contract.workflows.map((workflow) => workflow.kind)));
  return implementModule({
    contract: noticeModule,
    queries: [listQuery, unreadQuery],
    actions: [readAction],
    readers: [noticeReader(kinds)],
  });
}
