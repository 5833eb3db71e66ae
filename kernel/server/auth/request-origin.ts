import type { FastifyRequest } from 'fastify';
import type { From } from './session-row.ts';

/** The address behind trusted proxies, and what the browser calls itself. */
export function fromOf(request: FastifyRequest): From {
  return { ip: request.ip, agent: (request.headers['user-agent'] ?? '').slice(0, 200) };
}
