import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addWeb } from './web-files.ts';

const place = mkdtempSync(join(tmpdir(), 'vigil-web-'));
const folder = join(place, 'web');
let http: FastifyInstance;

/** As the build leaves it: one page, one hashed script with its compressed twin, one other file. */
function build(into: string, version: string): void {
  mkdirSync(join(into, 'assets'), { recursive: true });
  writeFileSync(join(into, '.stamp'), 'secret');
  writeFileSync(join(into, 'index.html'), `page ${version}`);
  writeFileSync(join(into, 'favicon.svg'), '<svg/>');
  writeFileSync(join(into, `assets/main-${version}.js`), `script ${version}`);
  writeFileSync(join(into, `assets/main-${version}.js.br`), brotliCompressSync(`script ${version}`));
}

beforeAll(async () => {
  build(folder, 'one');
  http = Fastify();
  http.setErrorHandler((error, _request, reply) => reply.status(404).send({ code: (error as { code?: string }).code }));
  await addWeb(http, folder);
});

afterAll(async () => {
  await http.close();
  rmSync(place, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => http.inject({ url, headers });

describe('the files of the web application', () => {
  it('are cached for ever when their name says what is in them, and never otherwise', async () => {
    expect((await get('/assets/main-one.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const path of ['/', '/m/inspection-hazard?x=a.b', '/favicon.svg'])
      expect((await get(path)).headers['cache-control']).toBe('no-cache');
    expect((await get('/people')).body).toBe('page one');
  });

  it('come compressed to whoever takes that', async () => {
    const answer = await get('/assets/main-one.js', { 'accept-encoding': 'br' });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(answer.headers['content-type']).toContain('javascript');
  });

  it('follow the disk: a new build needs no restart, and what is gone is missing', async () => {
    const next = join(place, 'next');
    build(next, 'two');
    renameSync(folder, join(place, 'old'));
    renameSync(next, folder);
    expect((await get('/')).body).toBe('page two');
    expect((await get('/assets/main-two.js')).body).toBe('script two');
    expect((await get('/assets/main-one.js')).statusCode).toBe(404);
  });

  it('are nothing else: no hidden file, nothing above the folder, no endpoint', async () => {
    writeFileSync(join(place, 'above.txt'), 'secret');
    for (const path of ['/.stamp', '/../above.txt', '/%2e%2e/above.txt', '/assets/..%2f..%2fabove.txt', '/api/nothing', '/missing.js']) {
      const answer = await get(path);
      expect(answer.body, path).not.toContain('secret');
      if (path !== '/.stamp') expect(answer.statusCode, path).toBeGreaterThanOrEqual(400);
    }
  });
});
