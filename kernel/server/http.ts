import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { z } from 'zod';
import { fault } from '../fault.ts';
import { moveNames } from '../workflow.ts';
import { act } from './act.ts';
import { answerFault } from './answer.ts';
import { begin } from './begin.ts';
import { runAction, runQuery } from './call.ts';
import { type Authenticate, getCaller } from './caller.ts';
import type { Runtime, Words } from './context.ts';
import { requestField } from './log.ts';
import { countRequest } from './metrics.ts';
import { parseWith } from './parse.ts';
import { addRateLimits, noRateLimits } from './rate-limits.ts';
import type { Registry } from './registry.ts';

const actBody = z.strictObject({ request: z.uuid(), id: z.uuid(), version: z.int().min(1).optional(), input: z.unknown().optional() });
const actionBody = z.strictObject({ request: z.uuid(), input: z.unknown().optional() });

/** What the browser may load: only ourselves. antd writes style elements, hence 'unsafe-inline' for styles alone. */
const contentSecurity = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    workerSrc: ["'self'", 'blob:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
  },
};

export type HttpOptions = {
  runtime: Runtime;
  registry: Registry;
  authenticate: Authenticate;
  afterCommit: () => void;
  rateLimit?: boolean;
};

/** The HTTP server: one route per declared action, query and workflow step; nothing is served that is not declared. */
export async function makeHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { runtime, registry } = options;
  const http: FastifyInstance = Fastify({
    loggerInstance: runtime.log as FastifyBaseLogger,
    genReqId: () => randomUUID().slice(0, 13),
    logController: new LogController({ requestIdLogLabel: requestField, disableRequestLogging: true }),
    trustProxy: runtime.config.trustProxy as boolean,
    bodyLimit: 1_048_576,
    connectionTimeout: 20_000,
    // A photo over a bad line takes minutes; what bounds a stalled sender is the silence on the line, the header time and the body's size.
    requestTimeout: 900_000,
    handlerTimeout: 30_000,
    forceCloseConnections: true,
    clientErrorHandler: refuseBroken,
    frameworkErrors: (error, request, reply) =>
      (reply as FastifyReply).send(answerFault(error, request as FastifyRequest, reply as FastifyReply, registry)),
    routerOptions: { maxParamLength: 200 },
  });
  http.server.headersTimeout = 10_000;
  await http.register(helmet, {
    contentSecurityPolicy: contentSecurity,
    strictTransportSecurity: runtime.config.publicUrl?.startsWith('https:') ?? false,
  });
  await http.register(cookie);
  await http.register(multipart, { limits: { fileSize: 60 * 1_048_576, files: 1, fields: 5, fieldSize: 20_000, parts: 8 } });
  const limits = options.rateLimit === false ? noRateLimits : await addRateLimits(http, runtime.config);
  http.decorateRequest('caller', undefined);
  http.addHook('onRequest', async (request) => {
    // By the route that will answer, not by the address as written: `/%61pi/session` is `/api/session` too.
    const route = request.routeOptions.url ?? '';
    await limits.atTheDoor(request);
    if (!route.startsWith('/api/') && !route.startsWith('/ogc/')) return;
    refuseForeign(request);
    request.caller = await options.authenticate(request);
    await limits.inside(request);
  });
  http.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if ((request.routeOptions.url ?? '').startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
  });
  http.addHook('onResponse', async (request, reply) => {
    countRequest(request.method, request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime);
    if (reply.statusCode >= 500) request.log.warn({ method: request.method, url: request.url, status: reply.statusCode }, 'answered');
    else
      request.log.debug(
        { method: request.method, url: request.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
        'answered',
      );
  });
  http.setErrorHandler((error, request, reply) => answerFault(error, request, reply, registry));
  http.setNotFoundHandler((request) => {
    throw fault('route.unknown', { path: request.url.split('?')[0] });
  });
  for (const server of registry.servers) server.routes?.(http, runtime);
  addActions(http, options);
  addQueries(http, options);
  addWorkflows(http, options);
  return http;
}

/** What is no HTTP at all (headers too long, garbage, too slow) gets a coded fault as well, and the line is closed. */
function refuseBroken(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge
    ? '431 Request Header Fields Too Large'
    : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : '400 Bad Request';
  const code = tooLarge ? 'input.too_large' : 'input.malformed';
  const body = JSON.stringify({ fault: { code, details: tooLarge ? { limit: '16 KB' } : {}, request: randomUUID().slice(0, 13) } });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** A browser always says where a request comes from; a form on another site cannot pass for ours (OWASP ASVS 5, 3.5). */
function refuseForeign(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') throw fault('auth.csrf');
  const { origin } = request.headers;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host)) throw fault('auth.csrf');
  const type = request.headers['content-type'] ?? '';
  const hasBody =
    request.headers['content-length'] !== undefined
      ? request.headers['content-length'] !== '0'
      : request.headers['transfer-encoding'] !== undefined;
  if (hasBody && !/^(application\/json|multipart\/form-data)\b/.test(type)) throw fault('input.type', { accepted: 'application/json' });
}

function addActions(http: FastifyInstance, { runtime, registry, afterCommit }: HttpOptions): void {
  for (const server of registry.servers) {
    for (const handler of server.actions ?? []) {
      const name = `${server.contract.name}.${handler.contract.name}`;
      http.post(`/api/${name}`, async (request) => {
        const caller = handler.contract.by === 'public' ? request.caller : getCaller(request);
        const body = parseWith(actionBody, request.body);
        const output = await runAction(runtime, name, handler, caller?.principal, body, request.log as Words);
        afterCommit();
        return output;
      });
    }
  }
}

function addQueries(http: FastifyInstance, { runtime, registry }: HttpOptions): void {
  for (const server of registry.servers) {
    for (const handler of server.queries ?? []) {
      const name = `${server.contract.name}.${handler.contract.name}`;
      http.get(`/api/${name}`, async (request) => {
        const caller = handler.contract.by === 'public' ? request.caller : getCaller(request);
        return runQuery(runtime, name, handler, caller?.principal, request.query, request.id, request.log as Words);
      });
    }
  }
}

function addWorkflows(http: FastifyInstance, { runtime, registry, afterCommit }: HttpOptions): void {
  for (const server of registry.workflows.values()) {
    const { kind, starts, actions } = server.workflow;
    const post = (name: string, run: typeof act) =>
      http.post(`/api/${kind}.${name}`, async (request) => {
        const { principal } = getCaller(request);
        const acted = await run(runtime, server, name, principal, parseWith(actBody, request.body) as never);
        afterCommit();
        return acted;
      });
    for (const name of Object.keys(starts)) post(name, begin);
    for (const name of [...Object.keys(actions), ...moveNames]) post(name, act);
  }
}
