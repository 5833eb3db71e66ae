import sharp from 'sharp';
import type { Client } from './app.ts';

/** A small real JPEG, different for every number. */
export function makePhoto(n: number): Promise<Buffer> {
  return sharp({ create: { width: 320, height: 240, channels: 3, background: { r: (n * 37) % 256, g: (n * 91) % 256, b: 120 } } })
    .jpeg()
    .toBuffer();
}

/** Uploads a photo as the client would; answers its id. */
export async function uploadPhoto(client: Client, n: number): Promise<string> {
  const form = new FormData();
  form.set(
    'taken',
    JSON.stringify({ deviceTime: '2026-11-23T06:05:00.000Z', source: 'camera', gps: { lng: 117.0231, lat: 36.6659, accuracy: 8 } }),
  );
  form.set('file', new Blob([new Uint8Array(await makePhoto(n))], { type: 'image/jpeg' }), `现场${n}.jpg`);
  const response = await client.raw('/api/files', { method: 'POST', body: form });
  const body = (await response.json()) as { id?: string };
  if (response.status !== 200 || !body.id) throw new Error(`upload answered ${response.status} ${JSON.stringify(body)}`);
  return body.id;
}
