import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../../fault.ts';
import type { Principal } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import type { Tx } from '../db/pool.ts';
import { guardOf } from '../db/transaction.ts';
import { sendEvent } from '../ledger.ts';
import { blobPath, newIncoming, thumbPath, writeDurably } from './blob.ts';
import { makeGate } from './gate.ts';
import { drawThumb } from './image.ts';
import { bareType, disposition } from './names.ts';
import { parseRange, type Range } from './range.ts';

type Row = { id: string; sha256: string; name: string; type: string; size: number };
export type Asked = { id: string; who: Principal; request: FastifyRequest; reply: FastifyReply };

async function getRow(tx: Tx, id: string): Promise<Row> {
  const found = await tx.client.run<Row>('select id, sha256, name, type, size from kernel.file where id = $1', [id]);
  const [row] = found.rows;
  if (!row) throw fault('record.not_found');
  return row;
}

/**
 * Whatever is served is at most looked at: no type is guessed, nothing runs, nothing is fetched. A PDF viewer does not start in
 * a sandboxed document, and has no access to the site without one.
 */
function guardHeaders(reply: FastifyReply, type: string): void {
  const pdf = type === 'application/pdf';
  reply.header('x-content-type-options', 'nosniff');
  reply.header(
    'content-security-policy',
    `default-src 'none'; ${pdf ? "style-src 'unsafe-inline'; object-src 'self'" : 'sandbox'}; frame-ancestors 'self'`,
  );
  reply.header('x-frame-options', 'SAMEORIGIN');
  // Kept by the browser alone, and asked for again each time: rights may have changed.
  reply.header('cache-control', 'private, no-cache');
}

const etagOf = (sha256: string) => `"${sha256}"`;

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');
}

/** `GET /api/files/:id`: the original, whole or in part. Reading evidence of a matter is written in the ledger. */
export async function download(runtime: Runtime, asked: Asked): Promise<FastifyReply> {
  const { id, who, request, reply } = asked;
  const known = request.headers['if-none-match'];
  const row = await runtime.db.write(guardOf(who), async (tx) => {
    const found = await getRow(tx, id);
    const first = request.method === 'GET' && !matches(known, etagOf(found.sha256)) && isBeginning(rangeOf(request, found));
    if (first) await recordReading(tx, found, who);
    return found;
  });
  const type = bareType(row.type);
  guardHeaders(reply, type);
  const etag = etagOf(row.sha256);
  reply.header('etag', etag).header('accept-ranges', 'bytes');
  if (matches(known, etag)) return reply.code(304).send();
  const range = rangeOf(request, row);
  if (range === 'outside') {
    reply.header('content-range', `bytes */${row.size}`);
    throw fault('files.range', { size: row.size });
  }
  reply.type(row.type);
  const inline = type.startsWith('image/') || type === 'application/pdf';
  reply.header('content-disposition', disposition(inline ? 'inline' : 'attachment', row.name));
  return sendContent(runtime, reply, row, range);
}

function rangeOf(request: FastifyRequest, row: Row): ReturnType<typeof parseRange> {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etagOf(row.sha256)) return undefined;
  return parseRange(request.headers.range, row.size);
}

/** A player fetches a film in many parts: it is read once, when it begins. */
const isBeginning = (range: ReturnType<typeof parseRange>) => range === undefined || (range !== 'outside' && range.start === 0);

async function recordReading(tx: Tx, row: Row, who: Principal): Promise<void> {
  const found = await tx.client.run<{ subject: string; kind: string }>(
    'select subject, kind from kernel.attachment where file = $1 order by at limit 1',
    [row.id],
  );
  const [use] = found.rows;
  if (!use) return;
  const { sha256, type } = row;
  await sendEvent(tx.client, {
    name: 'files.read',
    subject: row.id,
    actor: who.person,
    data: { sha256, type, matter: use.subject, kind: use.kind },
  });
}

async function sendContent(runtime: Runtime, reply: FastifyReply, row: Row, range: Range | undefined): Promise<FastifyReply> {
  const path = blobPath(runtime.config, row.sha256);
  await requireContent(runtime, path, row);
  const { start, end } = range ?? { start: 0, end: row.size - 1 };
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${row.size}`);
  reply.header('content-length', end - start + 1);
  return reply.send(createReadStream(path, { start, end }));
}

async function requireContent(runtime: Runtime, path: string, row: Row): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.size === row.size) return;
  runtime.log.error(
    { file: row.id, sha256: row.sha256, size: found?.size ?? null },
    'the content of a file is missing or has the wrong size',
  );
  throw fault('files.lost', { request: row.id });
}

const gate = makeGate(2);

/** `GET /api/files/:id/thumb`: 400 pixels, WebP, drawn at the first look and kept. */
export async function thumb(runtime: Runtime, { id, who, request, reply }: Asked): Promise<FastifyReply> {
  const row = await runtime.db.read(guardOf(who), (tx) => getRow(tx, id));
  if (!row.type.startsWith('image/')) throw fault('files.no_thumb');
  guardHeaders(reply, 'image/webp');
  const etag = etagOf(`${row.sha256}-400`);
  reply.header('etag', etag);
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type('image/webp').send(await keptThumb(runtime, row));
}

async function keptThumb(runtime: Runtime, row: Row): Promise<Buffer> {
  const { config } = runtime;
  const kept = thumbPath(config, row.sha256);
  const known = await readFile(kept).catch(() => undefined);
  if (known && known.length > 0) return known;
  const path = blobPath(config, row.sha256);
  await requireContent(runtime, path, row);
  const drawn = await gate(() => drawThumb(path));
  const incoming = await newIncoming(config);
  try {
    await writeDurably(incoming, drawn);
    await rename(incoming, kept);
  } catch (err) {
    // A full disk must not hide the pictures: next time it is drawn again.
    runtime.log.warn({ err }, 'thumbnail not kept');
    await rm(incoming, { force: true });
  }
  return drawn;
}
