import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { fault, isFault } from '../../fault.ts';
import { fileFamilies } from '../../file-contract.ts';
import { headBytes, limitFor } from './inspect.ts';

/** A file as it came in: complete, flushed, not yet looked at. */
export type Received = { size: number; sha256: string; name: string };
export type Upload = { file: Received; fields: Readonly<Record<string, string>> };

const mb = 1_048_576;
/** The largest of all; what is too large for its kind is known after its first bytes. */
export const largest = Math.max(...Object.values(fileFamilies).map((family) => family.limit));
const limits = { fileSize: largest, files: 1, fields: 5, fieldSize: 20_000, parts: 8 };

/** Reads a multipart request to its end: the file into `path`, the fields into memory. @throws the faults of files.* */
export async function receive(request: FastifyRequest, path: string): Promise<Upload> {
  if (!request.isMultipart()) throw fault('input.type', { accepted: 'multipart/form-data' });
  let file: Received | undefined;
  const fields: Record<string, string> = {};
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') fields[part.fieldname] = typeof part.value === 'string' ? part.value : JSON.stringify(part.value);
      else if (file !== undefined) throw fault('files.one_only');
      else file = await store(part, path);
    }
  } catch (error) {
    throw asFault(error);
  }
  if (file === undefined) throw fault('files.none');
  return { file, fields };
}

async function store(part: MultipartFile, path: string): Promise<Received> {
  const handle = await open(path, 'wx', 0o600);
  try {
    const written = await writeAll(part, handle);
    await handle.sync();
    return { ...written, name: part.filename ?? '' };
  } finally {
    await handle.close();
  }
}

/**
 * Once it is known to be too large nothing more is written, but the rest is still read: a client that is cut off in the middle of
 * sending never sees the answer.
 */
async function writeAll(part: MultipartFile, handle: FileHandle): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let limit: number | undefined;
  let size = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (limit === undefined) {
      head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      if (head.length >= headBytes) limit = await limitFor(head);
    }
    if (size > (limit ?? largest)) continue;
    hash.update(chunk);
    await handle.write(chunk);
  }
  limit ??= await limitFor(head);
  if (size > limit || part.file.truncated) throw fault('files.too_large', { limit: Math.round(limit / mb) });
  if (size === 0) throw fault('files.empty');
  return { size, sha256: hash.digest('hex') };
}

function asFault(error: unknown): unknown {
  if (isFault(error)) return error;
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return fault('files.no_space');
  if (code === 'FST_REQ_FILE_TOO_LARGE') return fault('files.too_large', { limit: largest / mb });
  if (code === 'FST_FILES_LIMIT') return fault('files.one_only');
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code) && code !== 'ECONNRESET' && code !== 'EPIPE') return error;
  // Whatever else the parser finds wrong (no boundary, no end, too many parts): it is not the form it says it is.
  return fault('files.incomplete');
}
