import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../fault.ts';

const folder = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** The built web application. Hashed assets are cached for ever; the page itself never, so that a deploy is seen at once. */
export async function addWeb(http: FastifyInstance): Promise<void> {
  if (!existsSync(folder)) return;
  await http.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  http.get('/', page);
  http.get('/*', { config: { rateLimit: false } }, page);
}

/** Every address without a file is a page of the application; a missing file or endpoint is a missing one. */
async function page(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = request.url.split('?')[0] ?? '/';
  const isPage = !path.startsWith('/api/') && !path.startsWith('/ogc/') && !/\.[a-z0-9]{2,11}$/i.test(path);
  if (!isPage) throw fault('route.unknown', { path });
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}
