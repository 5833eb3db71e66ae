import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../../fault.ts';
import { type Me, signInBody } from '../../session-schema.ts';
import type { Runtime } from '../context.ts';
import { guardOf, signingIn } from '../db/transaction.ts';
import { parseWith } from '../parse.ts';
import { forgetAfterActions } from './affects.ts';
import { findSessionOf } from './authenticate.ts';
import { giveToken, takeToken, tokenOf } from './cookie.ts';
import { tellMe } from './me.ts';
import { addOidc } from './oidc-routes.ts';
import { prepareDecoy } from './password.ts';
import { fromOf } from './request-origin.ts';
import { type Found, findKnown, invalidate } from './session-cache.ts';
import { endSession, sessionId } from './session-row.ts';
import { signIn } from './sign-in.ts';

/** Each attempt costs 50 ms of a core whoever makes it; one office behind one address still gets through in the morning. */
const attempts = { rateLimit: { max: 120, timeWindow: '1 minute' } };

/** Nobody has signed in yet: what strangers may make the server read and parse is kept small. */
const mostCredentials = 8192;

/** `/api/session`: POST signs in, GET says who one is, DELETE signs out. */
export function addSessionRoutes(http: FastifyInstance, runtime: Runtime): void {
  prepareDecoy().catch((error: unknown) => runtime.log.warn({ err: error }, 'password hashing does not work'));
  forgetAfterActions(http);
  http.post('/api/session', { config: attempts, bodyLimit: mostCredentials }, async (request, reply) => {
    const { token: asToken, ...given } = parseWith(signInBody, request.body);
    const opened = await signIn(runtime, given, fromOf(request));
    if (!asToken) giveToken(reply, runtime.config, opened.token, opened.expires);
    const me = await meOf(runtime, await findKnown(runtime, sessionId(opened.token)));
    return asToken ? { ...me, token: opened.token, expires: opened.expires.toISOString() } : me;
  });
  http.get('/api/session', async (request, reply) => {
    const found = await findSessionOf(runtime, request);
    if (found === 'expired') takeToken(reply, runtime.config);
    return meOf(runtime, found);
  });
  http.delete('/api/session', (request, reply) => signOut(runtime, request, reply));
  addOidc(http, runtime);
}

/** @throws fault auth.required, auth.expired */
async function meOf(runtime: Runtime, known: Found): Promise<Me> {
  if (known === undefined) throw fault('auth.required');
  if (known === 'expired') throw fault('auth.expired');
  return runtime.db.read(guardOf(known.principal), (tx) => tellMe(tx, { runtime, known }));
}

/** Signing out twice, or without a session, is no fault: the person is signed out. */
async function signOut(runtime: Runtime, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const token = tokenOf(request, runtime.config);
  if (token !== undefined) {
    const person = await runtime.db.write(signingIn, (tx) => endSession(tx, sessionId(token), 'signed_out', runtime.clock()));
    if (person !== undefined) invalidate(person);
  }
  takeToken(reply, runtime.config);
  return reply.status(204).send();
}
