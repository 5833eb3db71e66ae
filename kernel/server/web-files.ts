import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../fault.ts';

const built = fileURLToPath(new URL('../../dist/web', import.meta.url));

/**
 * The built web application, looked up on the disk at each request, so that a bundle built anew is served without a restart. Hashed
 * assets are cached for ever; the page itself never, so that a deploy is seen at once.
 */
export async function addWeb(http: FastifyInstance, folder = built): Promise<void> {
  await http.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) =>
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  http.get('/', { config: { rateLimit: false } }, answer);
  http.get('/*', { config: { rateLimit: false } }, answer);
}

/** Every address that names no file is a page of the application; a missing file or endpoint is a missing one. */
async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = request.url.split('?')[0] ?? '/';
  if (path.startsWith('/api/') || path.startsWith('/ogc/')) throw fault('route.unknown', { path });
  const isFile = /\.[a-z0-9]{2,11}$/i.test(path);
  return reply.sendFile(isFile ? path : 'index.html');
}
