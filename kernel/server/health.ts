import type { FastifyInstance } from 'fastify';
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
  http.get('/metrics', { config: { rateLimit: false } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}
