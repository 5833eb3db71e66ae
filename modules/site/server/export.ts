import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type RawBuilder, sql } from 'kysely';
import writeXlsxFile from 'write-excel-file/node';
import { z } from 'zod';
import { fault } from '#kernel/fault.ts';
import { toGcj02 } from '#kernel/geo/datum.ts';
import { hasRole, type Principal } from '#kernel/permission.ts';
import { getCaller } from '#kernel/server/caller.ts';
import { codeBook } from '#kernel/server/code-book.ts';
import type { Runtime } from '#kernel/server/context.ts';
import { contains } from '#kernel/server/db/like.ts';
import { findRow, rows, type Tx } from '#kernel/server/db/pool.ts';
import { guardOf } from '#kernel/server/db/transaction.ts';
import { directory } from '#kernel/server/directory.ts';
import { disposition } from '#kernel/server/files/names.ts';
import { sendEvent } from '#kernel/server/ledger.ts';
import { parseWith } from '#kernel/server/parse.ts';
import type { CodeBook } from '#kernel/sheet/code-book.ts';
import { defuse } from '#kernel/sheet/sheet.ts';
import { type SheetSite, siteCells, siteColumns } from '../columns.ts';
import { contact, list } from '../module.ts';

const page = 2000;
/** A workbook is made in memory; the other two forms are streamed. */
const mostRows = { xlsx: 20_000, csv: 1_000_000, geojson: 1_000_000 } as const;
const exportMs = 15 * 60_000;

const exportInput = list.input.omit({ limit: true, offset: true }).extend({
  format: z.enum(['xlsx', 'csv', 'geojson']).default('xlsx'),
  datum: z.enum(['wgs84', 'gcj02']).default('wgs84'),
  contacts: z.enum(['0', '1']).default('0'),
});
type Asked = z.output<typeof exportInput>;
type Row = SheetSite & { id: string };

async function conditions(runtime: Runtime, tx: Tx, asked: Asked): Promise<RawBuilder<unknown>> {
  const parts: RawBuilder<unknown>[] = [sql`s.status = ${asked.status}`];
  const { text } = asked;
  if (text) parts.push(sql`(s.name like ${contains(text)} or s.credit_code = upper(${text}) or s.address like ${contains(text)})`);
  if (asked.org !== undefined) parts.push(sql`s.org = any(${await runtime.providers.use(directory).subtree(tx, asked.org)}::int[])`);
  if (asked.line) parts.push(sql`s.line = ${asked.line}`);
  if (asked.kind) parts.push(sql`s.kind = ${asked.kind}`);
  if (asked.level !== undefined) parts.push(sql`s.level = ${asked.level}`);
  return sql.join(parts, sql` and `);
}

/** Counts what will go out and writes it in the ledger before the first byte leaves. @throws site.export_too_many */
async function announce(runtime: Runtime, who: Principal, asked: Asked): Promise<CodeBook> {
  return runtime.db.write(guardOf(who), async (tx) => {
    const where = await conditions(runtime, tx, asked);
    const found = await findRow(tx, sql<{ count: number }>`select count(*)::int as count from site.site s where ${where}`);
    const [count, limit] = [found?.count ?? 0, mostRows[asked.format]];
    if (count > limit) throw fault('site.export_too_many', { count, limit });
    await sendEvent(tx.client, { name: 'site.exported', actor: who.person, data: { ...asked, count } });
    return runtime.providers.use(codeBook)(tx);
  });
}

/** Pages by id, each a short transaction under the row-level security of who asks: no long snapshot holds the ledger's readers back. */
async function* readSites(runtime: Runtime, who: Principal, asked: Asked): AsyncGenerator<Row> {
  const phone = asked.contacts === '1' ? sql`s.phone` : sql`null::text`;
  for (let after: string | null = null; ; ) {
    const from: string | null = after;
    const found: Row[] = await runtime.db.read(guardOf(who), async (tx) =>
      rows(
        tx,
        sql<Row>`select s.id, s.name, s.kind, s.credit_code, s.industry, s.org, s.line, s.address, s.point[0] as lng, s.point[1] as lat,
            s.level, s.headcount, s.principal, ${phone} as phone from site.site s
          where ${await conditions(runtime, tx, asked)} and (${from}::uuid is null or s.id > ${from}::uuid) order by s.id limit ${page}`,
      ),
    );
    yield* found.map((row) => (asked.datum === 'gcj02' ? shifted(row) : row));
    after = found.at(-1)?.id ?? null;
    if (found.length < page) return;
  }
}

function shifted(row: Row): Row {
  if (row.lng === null || row.lat === null) return row;
  const [lng, lat] = toGcj02([row.lng, row.lat]);
  return { ...row, lng, lat };
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const header = siteColumns().map((column) => column.title.zh);

async function* asCsv(cells: AsyncIterable<string[]>): AsyncGenerator<string> {
  // Without the mark spreadsheets in China read UTF-8 as GBK.
  yield `\ufeff${header.join(',')}\r\n`;
  for await (const row of cells) yield `${row.map((cell) => csvCell(defuse(cell))).join(',')}\r\n`;
}

async function* asGeoJson(sites: AsyncIterable<Row>, cellsOf: (row: Row) => string[]): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n';
  let comma = '';
  for await (const row of sites) {
    const cells = cellsOf(row);
    const properties = Object.fromEntries(header.map((title, i) => [title, cells[i] ?? '']));
    const geometry = row.lng === null || row.lat === null ? null : { type: 'Point', coordinates: [row.lng, row.lat] };
    yield comma + JSON.stringify({ type: 'Feature', id: row.id, geometry, properties });
    comma = ',\n';
  }
  yield '\n]}\n';
}

async function asXlsx(cells: AsyncIterable<string[]>): Promise<Buffer> {
  const data = [header.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))] as {
    value: string;
    type: StringConstructor;
  }[][];
  for await (const row of cells) data.push(row.map((cell) => ({ value: defuse(cell), type: String })));
  return writeXlsxFile(data, { stickyRowsCount: 1 }).toBuffer();
}

async function* map<A, B>(from: AsyncIterable<A>, to: (one: A) => B): AsyncGenerator<B> {
  for await (const one of from) yield to(one);
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json',
} as const;

/** `GET /api/site/export`: the filtered register with the headings of the import sheet; telephones only when asked for and allowed. */
async function exportSites(runtime: Runtime, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { principal } = getCaller(request);
  const asked = parseWith(exportInput, request.query);
  const by = asked.contacts === '1' ? contact.by : list.by;
  if (!Array.isArray(by) || !hasRole(principal, by)) throw fault('auth.forbidden', { permission: 'site.export' });
  const book = await announce(runtime, principal, asked);
  const codes = new Map(book.areas.map((area) => [area.id, area.code]));
  const cellsOf = (row: Row): string[] => siteCells(row, book, (org) => codes.get(org) ?? '');
  const sites = readSites(runtime, principal, asked);
  const day = new Date(runtime.clock().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  reply.type(types[asked.format]).header('content-disposition', disposition('attachment', `监管对象-${day}.${asked.format}`));
  if (asked.format === 'xlsx') return reply.send(await asXlsx(map(sites, cellsOf)));
  return reply.send(Readable.from(asked.format === 'csv' ? asCsv(map(sites, cellsOf)) : asGeoJson(sites, cellsOf)));
}

export const exportRoutes = (http: FastifyInstance, runtime: Runtime): void => {
  http.get('/api/site/export', { handlerTimeout: exportMs }, (request, reply) => exportSites(runtime, request, reply));
};
