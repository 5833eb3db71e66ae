import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

const isHttps = (config: Config) => config.publicUrl?.startsWith('https:') ?? false;

/** With the prefix the browser itself refuses the cookie from a sub-domain or over plain http (RFC 6265bis §4.1.3.2). */
export function cookieName(config: Config): string {
  return isHttps(config) ? '__Host-vigil_session' : 'vigil_session';
}

/** Lax, not Strict: a link in a message of another system must open the record for whoever is signed in. */
function settings(config: Config): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(config) };
}

export function giveToken(reply: FastifyReply, config: Config, token: string, expires: Date): void {
  reply.setCookie(cookieName(config), token, { ...settings(config), expires });
}

export function takeToken(reply: FastifyReply, config: Config): void {
  reply.clearCookie(cookieName(config), settings(config));
}

const shape = /^[A-Za-z0-9_-]{43}$/;

/** The token of a request: `Authorization: Bearer` (API clients) before the cookie. Undefined when there is none or it cannot be one. */
export function tokenOf(request: FastifyRequest, config: Config): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? request.cookies[cookieName(config)];
  return token !== undefined && shape.test(token) ? token : undefined;
}

/** The half-way cookie of single sign-on: its content is sealed, it lives ten minutes and goes to its own path only. */
const oidcName = 'vigil_oidc';
const oidcPath = '/api/session/oidc';

export function giveErrand(reply: FastifyReply, config: Config, sealed: string): void {
  reply.setCookie(oidcName, sealed, { ...settings(config), path: oidcPath, maxAge: 600 });
}

export function takeErrand(request: FastifyRequest, reply: FastifyReply, config: Config): string | undefined {
  reply.clearCookie(oidcName, { ...settings(config), path: oidcPath });
  return request.cookies[oidcName];
}
