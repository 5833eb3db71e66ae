import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Fault, type FaultBody, fault, isFault } from '../fault.ts';
import type { Registry } from './registry.ts';

/** PostgreSQL and network codes that mean: not our logic, try again. */
const busy = new Set(['55P03', '57014', '53300', '40001', '40P01']);
const away = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '08001',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '25P03',
  '53100',
  '58030',
]);

/** What the driver says, without a code, of a connection that is gone. */
const broken = /timeout exceeded when trying to connect|Connection terminated|terminating connection|not queryable/;
/** Text PostgreSQL cannot hold (NUL, lone surrogates) is the sender's fault, not ours. */
const unholdable = new Set(['22021', '22P05', '22P02']);
/** So are numbers and dates no column can hold (the year 0, the year 10000, more than an int4). */
const unreachable = new Set(['22003', '22007', '22008', '22009']);

/** Turns whatever was thrown into one coded fault with a status; only the unexpected is logged with its stack. */
export function answerFault(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  registry: Registry,
): FaultBody | { fault: FaultBody } {
  const known = asFault(error, request);
  if (!known || known.code.startsWith('server.')) request.log.error({ err: error, url: request.url.split('?')[0] }, 'request failed');
  const said = known ?? fault('server.error', { request: request.id });
  const status = registry.faults.get(said.code)?.status ?? 500;
  if (status === 429 && typeof said.details.seconds === 'number') reply.header('retry-after', said.details.seconds);
  if (status === 503) reply.header('retry-after', 2);
  reply.status(status);
  return { fault: { code: said.code, details: said.details, request: request.id } };
}

type Thrown = { code?: unknown; statusCode?: unknown; message?: unknown; limit?: unknown };

const sizeText = (bytes: number) => (bytes >= 1_048_576 ? `${Math.round(bytes / 1_048_576)} MB` : `${Math.round(bytes / 1024)} KB`);

function asFault(error: unknown, request: FastifyRequest): Fault | undefined {
  if (isFault(error)) return error;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode, message } = error as Thrown;
  if (typeof code === 'string') {
    if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return fault('input.not_json');
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return fault('input.too_large', { limit: sizeText(request.routeOptions.bodyLimit) });
    if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE')
      return fault('input.type', { accepted: 'application/json' });
    if (code === 'FST_ERR_HANDLER_TIMEOUT') return fault('server.timeout');
    if (
      code.startsWith('FST_ERR_CTP') ||
      code === 'FST_ERR_BAD_URL' ||
      code.startsWith('FST_FILES_LIMIT') ||
      code.startsWith('FST_PARTS_LIMIT')
    ) {
      return fault('input.invalid', { count: 1, issues: [{ path: '', code: 'malformed', params: {} }] });
    }
    if (code === '23505') return fault('record.duplicate');
    if (busy.has(code)) return fault('server.busy');
    if (away.has(code)) return fault('server.database');
    if (unholdable.has(code)) return fault('input.invalid', { count: 1, issues: [{ path: '', code: 'text', params: {} }] });
    if (unreachable.has(code)) return fault('input.invalid', { count: 1, issues: [{ path: '', code: 'range', params: {} }] });
    // Row-level security refused the row: for the person it does not exist.
    if (code === '42501') return fault('auth.forbidden', { permission: '' });
  }
  if (typeof message === 'string' && broken.test(message)) return fault('server.database');
  // Lists in lists in lists: no recursion over the input gets to their end.
  if (error instanceof RangeError && /call stack/.test(error.message)) return fault('input.malformed');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return fault('input.invalid', { count: 1, issues: [{ path: '', code: 'malformed', params: {} }] });
  return undefined;
}
