import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fault } from '../fault.ts';
import type { Runtime } from './context.ts';
import { nobody } from './db/transaction.ts';
import { metrics } from './metrics.ts';

/** `/healthz`: the process lives. `/readyz`: it can serve, i.e. reach the database. `/metrics`: Prometheus text. */
export function addHealth(http: FastifyInstance, runtime: Runtime): void {
  http.get('/healthz', { config: { rateLimit: false } }, async () => ({
    ok: true,
    role: runtime.config.role,
    uptime: Math.round(process.uptime()),
  }));
  http.get('/readyz', { config: { rateLimit: false } }, async (_request, reply) => {
    try {
      await runtime.db.read(nobody, (tx) => tx.client.query('select 1'));
      return { ok: true, database: true };
    } catch (error) {
      runtime.log.warn({ err: error }, 'not ready');
      return reply.status(503).send({ ok: false, database: false });
    }
  });
  http.get('/metrics', { config: { rateLimit: false } }, async (request, reply) => {
    if (!isLocal(request) && !hasToken(request, runtime.config.metricsToken)) throw fault('auth.forbidden', { permission: 'metrics' });
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}

/** From this machine itself: what a proxy on it passes on comes from elsewhere. */
function isLocal({ socket, headers }: FastifyRequest): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  return /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function hasToken({ headers }: FastifyRequest, token: string | null): boolean {
  return token !== null && timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}
