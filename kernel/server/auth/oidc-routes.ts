import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Fault, isFault } from '../../fault.ts';
import type { Runtime } from '../context.ts';
import { giveErrand, giveToken, takeErrand } from './cookie.ts';
import { backPath, finishOidc, startOidc } from './oidc.ts';
import { signInAs } from './oidc-sign-in.ts';
import { fromOf } from './request-origin.ts';

const attempts = { rateLimit: { max: 120, timeWindow: '1 minute' } };

const baseOf = (runtime: Runtime, request: FastifyRequest) => runtime.config.publicUrl ?? `${request.protocol}://${request.host}`;

/** `/api/session/oidc?to=/path` sends the browser to the provider; `/api/session/oidc/back` receives it. */
export function addOidc(http: FastifyInstance, runtime: Runtime): void {
  http.get<{ Querystring: { to?: unknown } }>('/api/session/oidc', { config: attempts }, (request, reply) =>
    toPerson(request, reply, async () => {
      const { to } = request.query;
      const { url, sealed } = await startOidc(runtime, baseOf(runtime, request), typeof to === 'string' ? to : undefined);
      giveErrand(reply, runtime.config, sealed);
      return url;
    }),
  );
  http.get(backPath, { config: attempts }, (request, reply) =>
    toPerson(request, reply, async () => {
      const sealed = takeErrand(request, reply, runtime.config);
      const identity = await finishOidc(runtime, new URL(baseOf(runtime, request) + request.url), sealed);
      const { token, expires } = await signInAs(runtime, identity, fromOf(request));
      giveToken(reply, runtime.config, token, expires);
      return identity.to;
    }),
  );
}

/** A person in a browser is led on, and shown what went wrong on the sign-in page; a program gets the fault itself. */
async function toPerson(request: FastifyRequest, reply: FastifyReply, next: () => Promise<string>): Promise<FastifyReply> {
  try {
    return await reply.redirect(await next(), 303);
  } catch (error) {
    if (!isFault(error) || !(request.headers.accept ?? '').includes('text/html')) throw error;
    return reply.redirect(`/sign-in?${faultQuery(error)}`, 303);
  }
}

function faultQuery({ code, details }: Fault): string {
  const words = Object.entries(details).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new URLSearchParams([['fault', code], ...words]).toString();
}
