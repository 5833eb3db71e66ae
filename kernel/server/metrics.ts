import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of this process. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics, prefix: 'vigil_' });

const requests = new Counter({
  name: 'vigil_http_requests_total',
  help: 'HTTP requests by route and status',
  labelNames: ['method', 'route', 'status'],
  registers: [metrics],
});
const seconds = new Histogram({
  name: 'vigil_http_request_seconds',
  help: 'HTTP request duration',
  labelNames: ['method', 'route'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metrics],
});

export function countRequest(method: string, route: string, status: number, ms: number): void {
  requests.inc({ method, route, status });
  seconds.observe({ method, route }, ms / 1000);
}

export const readerLag = new Gauge({
  name: 'vigil_reader_handled_total',
  help: 'Ledger rows handled by each reader',
  labelNames: ['reader'],
  registers: [metrics],
});
export const timersFired = new Counter({
  name: 'vigil_timers_total',
  help: 'Deadline timers fired',
  labelNames: ['step'],
  registers: [metrics],
});
export const liveClients = new Gauge({ name: 'vigil_live_clients', help: 'Open live feeds', registers: [metrics] });

export function watchPool(pool: { totalCount: number; idleCount: number; waitingCount: number }): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(read());
      },
    });
  metrics.removeSingleMetric('vigil_db_connections');
  metrics.removeSingleMetric('vigil_db_waiting');
  gauge('vigil_db_connections', 'Open database connections', () => pool.totalCount);
  gauge('vigil_db_waiting', 'Requests waiting for a connection', () => pool.waitingCount);
}
