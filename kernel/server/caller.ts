import type { FastifyRequest } from 'fastify';
import { fault } from '../fault.ts';
import type { Principal } from '../permission.ts';

/** A signed-in request. `limited`: must first change the password (or finish the second factor) and may do nothing else. */
export type Caller = { principal: Principal; session: string; limited: boolean };

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before every route under /api and /ogc by the session of the request; undefined when not signed in. */
    caller: Caller | undefined;
  }
}

/** The caller of a route that needs one; answers `auth.required` otherwise. */
export function getCaller(request: FastifyRequest): Caller {
  if (!request.caller || request.caller.limited) throw fault('auth.required');
  return request.caller;
}

/** How requests are recognised; the session module fills it. */
export type Authenticate = (request: FastifyRequest) => Promise<Caller | undefined>;
