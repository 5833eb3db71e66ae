import { readFile, rm } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { fixture } from '#modules/org/fixture.ts';
import { type Client, startTestApp, type TestApp } from '#test/app.ts';
import { uploadPhoto } from '#test/photo.ts';
import { blobPath, thumbPath } from './blob.ts';
import { makeDocx, makeMp3, makePdf } from './sample-files.ts';

let app: TestApp;
let grid: Client;
let officer: Client;
let outsider: Client;
beforeAll(async () => {
  app = await startTestApp();
  [grid, officer, outsider] = (await Promise.all(
    (['quancheng-grid', 'quancheng-officer', 'baotu-officer'] as const).map((login) => app.as(login)),
  )) as [Client, Client, Client];
});
afterAll(() => app.stop());

async function send(bytes: Buffer, name: string): Promise<{ id: string; sha256: string }> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  return (await (await grid.raw('/api/files', { method: 'POST', body: form })).json()) as { id: string; sha256: string };
}

/** A photograph that is evidence of a hazard in 泉城路. */
async function evidence(n: number): Promise<{ photo: string; hazard: string }> {
  const photo = await uploadPhoto(grid, n);
  const hazard = newId();
  const report = { site: fixture.site, description: '消防通道被货物堵塞', photos: [photo] };
  expect((await grid.post('inspection.hazard.report', { id: hazard, input: report })).status).toBe(200);
  return { photo, hazard };
}

const readings = async (file: string) =>
  (await app.owner.query<{ data: unknown }>(`select data from kernel.event where name = 'files.read' and subject = $1`, [file])).rows;

describe('who may see a file', () => {
  it('its uploader, and whoever may see the matter it is evidence of', async () => {
    const lonely = await uploadPhoto(grid, 1);
    const { photo } = await evidence(2);
    const seen = async (client: Client, id: string) => (await client.raw(`/api/files/${id}`)).status;
    expect([await seen(grid, lonely), await seen(officer, lonely), await seen(app.anon, lonely)]).toEqual([200, 404, 401]);
    expect([await seen(grid, photo), await seen(officer, photo), await seen(outsider, photo)]).toEqual([200, 200, 404]);
    expect([await seen(officer, newId()), await seen(officer, 'abc')]).toEqual([404, 404]);
    expect((await outsider.raw(`/api/files/${photo}/thumb`)).status).toBe(404);
  });
});

describe('reading evidence', () => {
  it('is written in the ledger, thumbnails and repeated looks are not', async () => {
    const { photo, hazard } = await evidence(3);
    await officer.raw(`/api/files/${photo}/thumb`);
    expect(await readings(photo)).toEqual([]);
    const first = await officer.raw(`/api/files/${photo}`);
    expect(await readings(photo)).toMatchObject([{ data: { matter: hazard, kind: 'inspection.hazard' } }]);
    const again = await officer.raw(`/api/files/${photo}`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    expect(await readings(photo)).toHaveLength(1);
  });

  it('is asked for each time: what may no longer be seen is not served from what was known', async () => {
    const { photo } = await evidence(4);
    const etag = (await officer.raw(`/api/files/${photo}`)).headers.get('etag') ?? '';
    expect((await outsider.raw(`/api/files/${photo}`, { headers: { 'if-none-match': etag } })).status).toBe(404);
  });
});

describe('how it is served', () => {
  it('as what it is, and as nothing that runs', async () => {
    const photo = await uploadPhoto(grid, 5);
    const { headers } = await grid.raw(`/api/files/${photo}`);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="__5\.jpg"; filename\*=UTF-8''%E7%8E%B0%E5%9C%BA5\.jpg$/);
  });

  it('documents to be saved, pictures and PDF to be seen', async () => {
    const docx = await send(makeDocx(), '通知.docx');
    expect((await grid.raw(`/api/files/${docx.id}`)).headers.get('content-disposition')).toMatch(/^attachment;/);
    const pdf = await send(makePdf(), '报告.pdf');
    const shown = await grid.raw(`/api/files/${pdf.id}`);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline;/);
    expect(shown.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(Buffer.from(await shown.arrayBuffer()).equals(makePdf())).toBe(true);
  });

  it('in parts, for players', async () => {
    const sound = makeMp3(40);
    const { id, sha256 } = await send(sound, '录音.mp3');
    const part = async (range: string, more: Record<string, string> = {}) => {
      const response = await grid.raw(`/api/files/${id}`, { headers: { range, ...more } });
      return { status: response.status, range: response.headers.get('content-range'), bytes: Buffer.from(await response.arrayBuffer()) };
    };
    expect(await part('bytes=100-199')).toEqual({ status: 206, range: `bytes 100-199/${sound.length}`, bytes: sound.subarray(100, 200) });
    expect(await part('bytes=-50')).toMatchObject({ status: 206, bytes: sound.subarray(-50) });
    expect(await part(`bytes=${sound.length}-`)).toMatchObject({ status: 416, range: `bytes */${sound.length}` });
    expect(await part('bytes=0-9', { 'if-range': `"${sha256}"` })).toMatchObject({ status: 206 });
    expect(await part('bytes=0-9', { 'if-range': '"other"' })).toMatchObject({ status: 200, bytes: sound });
  });

  it('as a thumbnail of at most 400 pixels, drawn once', async () => {
    const wide = await sharp({ create: { width: 1600, height: 400, channels: 3, background: '#1c7ed6' } })
      .png()
      .toBuffer();
    const { id, sha256 } = await send(wide, 'a.png');
    const response = await grid.raw(`/api/files/${id}/thumb`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const { width, height, format } = await sharp(bytes).metadata();
    expect([response.headers.get('content-type'), width, height, format]).toEqual(['image/webp', 400, 100, 'webp']);
    expect((await readFile(thumbPath(app.config, sha256))).equals(bytes)).toBe(true);
    const document = await send(makePdf(), 'a.pdf');
    expect((await grid.raw(`/api/files/${document.id}/thumb`)).status).toBe(404);
  });

  it('says so when the content is lost, with a number to quote', async () => {
    const { id, sha256 } = await send(makeDocx(), '丢失.docx');
    await rm(blobPath(app.config, sha256));
    const response = await grid.raw(`/api/files/${id}`);
    expect([response.status, await response.json()]).toMatchObject([500, { fault: { code: 'files.lost', details: { request: id } } }]);
  });
});
