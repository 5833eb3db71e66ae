import type { FastifyRequest } from 'fastify';
import { fault } from '../../fault.ts';
import type { Authenticate, Caller } from '../caller.ts';
import type { Runtime } from '../context.ts';
import { tokenOf } from './cookie.ts';
import { setRunning, setRuntime } from './running.ts';
import { type Found, findKnown, type Known, touch } from './session-cache.ts';
import { sessionId } from './session-row.ts';

/** Where a session that has run out is no obstacle: to sign in, to sign out, to ask who one is. */
const openPaths = new Set(['/api/session', '/api/session/oidc', '/api/session/oidc/back', '/api/session.options']);

/** What a session may do before the password is changed or the authenticator set up. */
const firstSteps = new Set(['/api/session.password', '/api/session.totpBegin', '/api/session.totpConfirm', '/api/session.me']);

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? '';

/** The session a request comes with, whatever its state. */
export async function findSessionOf(runtime: Runtime, request: FastifyRequest): Promise<Found> {
  const token = tokenOf(request, runtime.config);
  return token === undefined ? undefined : findKnown(runtime, sessionId(token));
}

/**
 * What the browser does by itself keeps no session alive: the live feed that reconnects, and requests that say so
 * (`x-vigil-background`). GB/T 22239-2019 8.1.4.1 b: sessions end when the person is idle, not when the page is closed.
 */
function isActivity(request: FastifyRequest, path: string): boolean {
  return path !== '/api/live' && request.headers['x-vigil-background'] === undefined;
}

/** Recognises requests by cookie or bearer token. One per running server. */
export function makeAuthenticate(runtime: Runtime): Authenticate {
  setRuntime(runtime);
  return async (request) => {
    const path = pathOf(request);
    const found = await findSessionOf(runtime, request);
    if (found === undefined) return undefined;
    if (found === 'expired') {
      if (openPaths.has(path)) return undefined;
      throw fault('auth.expired');
    }
    if (isActivity(request, path)) await touch(runtime, found);
    return callerOf(runtime, found, path);
  };
}

function callerOf(runtime: Runtime, known: Known, path: string): Caller {
  setRunning({ runtime, known });
  const limited = known.mustChange || known.mustEnroll;
  const allowed = firstSteps.has(path) || openPaths.has(path);
  if (limited && !allowed) throw fault(known.mustChange ? 'session.must_change' : 'session.must_enroll');
  return { principal: known.principal, session: known.id, limited: limited && !firstSteps.has(path) };
}
